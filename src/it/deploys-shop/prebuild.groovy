import com.sun.net.httpserver.HttpServer
import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)

// The environment serves the old frontend until its webhook is called, and for one more request.
def asked = [].asSynchronized()
def environment = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
environment.createContext('/') { exchange ->
    def path = exchange.requestURI.path
    def isNew = !servers.webhook().requests().isEmpty() && asked.count { it.endsWith(' after') } > 0
    asked << path + (servers.webhook().requests().isEmpty() ? ' before' : ' after')
    def file = new File(basedir, 'dist/web' + path)
    def body = isNew && file.isFile() ? file.bytes : '<!DOCTYPE html><title>Old</title>'.bytes
    exchange.sendResponseHeaders(200, body.length)
    exchange.responseBody.withCloseable { it.write(body) }
}
environment.start()
context.put('environment', environment)
context.put('asked', asked)
new File(basedir, 'test.properties') << "olympe.await.url = http://127.0.0.1:${environment.address.port}/\n"

return true
