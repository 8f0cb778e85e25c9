import io.github.olympe.maven.testing.ProjectServers
import io.github.olympe.maven.testing.ShopProject

context.put('servers', ProjectServers.start(basedir))
ShopProject.writeBuilt(basedir.toPath())
def properties = new File(basedir, 'test.properties')
properties.text = properties.readLines().findAll { !it.startsWith('olympe.registry') }.join('\n') +
    '\nolympe.tags = {branch}-{tag},{version}\n'
return true
