import io.github.olympe.maven.testing.ProjectServers

context.put('servers', ProjectServers.start(basedir))
['dist/web/assets': 'app.js', 'dist/web': 'index.html', 'dist/orders': 'main.js', 'dist/billing': 'main.js',
 'dist/codeAsData/olympeio.core': 'core.json', 'dist/codeAsData': 'import_order.json'].each { folder, file ->
    new File(basedir, folder).mkdirs()
    new File(basedir, "$folder/$file").text = "$folder/$file"
}
new File(basedir, 'dist/web/app.js.map').text = '{}'
new File(basedir, 'elsewhere').mkdirs()
def properties = new File(basedir, 'test.properties')
properties.text = properties.readLines().findAll { !it.startsWith('olympe.registry') }.join('\n') +
    '\nolympe.tags = {branch}-{tag},{version}\n'
return true
