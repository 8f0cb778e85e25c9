import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)

return true
