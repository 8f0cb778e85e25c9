import io.github.olympe.maven.testing.ProjectServers

def servers = ProjectServers.startForShop(basedir)
context.put('servers', servers)
def json = new File(basedir, 'package.json')
json.text = json.text.replace('build:draw', 'build:web')
return true
