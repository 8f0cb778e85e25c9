import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
servers.webhook().answer(500, '{"message": "no, for the reason 500"}')
return true
