import io.github.olympe.maven.testing.EmbeddedNpmRegistry

def registry = EmbeddedNpmRegistry.start('npm-token')
context.put('registry', registry)
new File(basedir, 'test.properties').text = "olympe.npmRegistry = ${registry.url()}\n"
return true
