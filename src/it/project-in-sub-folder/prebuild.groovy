import io.github.olympe.maven.testing.ProjectServers
import io.github.olympe.maven.testing.ShopProject

context.put('servers', ProjectServers.start(basedir))
def app = new File(basedir, 'app')
ShopProject.writeTo(app.toPath())
new File(app, 'payload.json').text = '{"noDowntime": {"promotionMode": "manual"}}'
new File(app, '.dockerignore').text = '**/*.svg\n'
return true
