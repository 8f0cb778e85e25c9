import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
new File(basedir, 'test.properties') << 'olympe.registry = 127.0.0.1:9/acme\n'
return true
