import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
new File(basedir, 'snapshot/10000000000000000000/Home').deleteDir()
return true
