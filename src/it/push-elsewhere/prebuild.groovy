import io.github.olympe.maven.testing.ProjectServers
import io.github.olympe.maven.testing.ShopProject

context.put('servers', ProjectServers.start(basedir))
ShopProject.writeBuilt(basedir.toPath())
new File(basedir, 'elsewhere').mkdirs()
return true
