import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedRegistry
import io.github.olympe.maven.testing.TestBaseImages

def registry = EmbeddedRegistry.start()
context.put('registry', registry)
def base = TestBaseImages.pushTo(registry.host())

def errors = DocumentedErrors.of('docs/images.md', basedir)
// A project with nothing but a frontend.
def frontend = { more = '' -> "<frontend><baseImage>${base.frontend()}</baseImage>$more</frontend><codeAsData><skip>true</skip></codeAsData>".toString() }
def scripts = '{"name": "@acme/shop", "scripts": {"build:draw": "true"}}'
def page = 'dist/web/index.html'
def provoke = { error, configuration ->
    errors.provoke(error, 'image', configuration).file('package.json', scripts).file(page, '<!DOCTYPE html>')
}

provoke("The folder '…/dist/web' (parameter 'frontend/source') does not exist …", frontend()).without(page)
provoke("… is empty, or .dockerignore leaves out all of it", frontend()).file('.dockerignore', 'dist\n')
provoke("The parameter 'frontend' is set, but '…/package.json' has no script 'build:draw' …", frontend())
    .file('package.json', '{"name": "@acme/shop"}')
provoke("… has no user 'x' in its /etc/passwd …", frontend('<owner>x</owner>'))
provoke("'/…' is a file in the base image …", frontend('<target>/etc/passwd/html</target>'))
provoke("'…' cannot be put into an image, where a name that begins with '.wh.' removes another file …", frontend())
    .file('dist/web/.wh.index.html', '')
provoke("Invalid value for 'frontend/modes': '…' …", frontend('<modes>0644</modes>'))
def pipe = provoke("'…' is neither a file nor a folder nor a link …", frontend())
provoke("Invalid value for 'tags' (olympe.tags): '…'. In this build it gives '…', which is not a tag …",
    frontend() + '<tags><tag>1.0.0+3</tag></tags>')
// Java cannot even delete such a file everywhere, and 'mvn clean' would fail.
errors.seenElsewhere("The file name '…' is not valid UTF-8 …", 'SourceTreeTest')
// Only a file that is written to at the right moment gives it.
errors.seenElsewhere("The file '…' changed while its image was assembled …", 'LayerTarTest')
// Only a registry that loses a layer between two goals gives it.
errors.seenElsewhere("The layer '…' is missing: 'image' found it in '…' …", 'PushedLayersTest')

def images = """{"version": 1, "images": [{
    "kind": "frontend", "name": "frontend", "repository": "shop-frontend", "tags": ["main"],
    "digest": "sha256:${'a' * 64}", "imageId": "sha256:${'b' * 64}", "baseImage": "base"
}]}"""
errors.provoke("Missing parameter 'registry' (olympe.registry). …", 'push')
    .file('target/olympe/images.json', images.toString())
errors.provoke("There is no '…/images.json' …", 'push')
def mixed = '{"schemaVersion": 2, "layers": [], "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:' + 'c' * 64 + '"}, "annotations": {' +
    '"org.opencontainers.image.base.name": "base", "org.opencontainers.image.base.digest": "sha256:' + 'd' * 64 + '"}}'
def digest = mixed.digest('SHA-256')
errors.provoke("The image in '…' is not the one of '…/images.json' …", 'push', "<registry>${registry.host()}/acme</registry>")
    .file('target/olympe/images.json', images.toString())
    .file('target/olympe/images/frontend/index.json', """{"manifests": [
        {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:$digest", "size": ${mixed.length()}}
    ]}""".toString())
    .file("target/olympe/images/frontend/blobs/sha256/$digest", mixed)
provoke("The image '…' is not in the local repository, and Maven is offline …", frontend().replace(base.frontend(), base.backend())).run(2)

errors.write()
assert ['mkfifo', 'pipe'].execute(null, new File(pipe.folder(), 'dist/web')).waitFor() == 0
context.put('errors', errors)
return true
