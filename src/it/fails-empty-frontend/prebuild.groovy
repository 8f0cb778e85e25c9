import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
new File(basedir, 'build.js').text = 'require("node:fs").mkdirSync(process.argv[3], { recursive: true })'
return true
