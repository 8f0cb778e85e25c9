import io.github.olympe.maven.testing.ProjectServers

context.put('servers', ProjectServers.startForShop(basedir))
return true
