import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
servers.webhook().answer(401, '{"message": "no, for the reason 401"}')
return true
