import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
new File(basedir, 'build.js').text = 'console.log("half built"); process.exit(3)'
return true
