import io.github.olympe.maven.testing.ProjectServers
import io.github.olympe.maven.testing.ShopProject

def servers = ProjectServers.start(basedir)
context.put('servers', servers)
ShopProject.writeBuilt(basedir.toPath())
def properties = new File(basedir, 'test.properties')
properties.text = properties.readLines().findAll { !it.startsWith('olympe.deploy.url') }.join('\n') +
    "\nwebhook.url = ${servers.webhook().url('/acme')}\n"
return true
