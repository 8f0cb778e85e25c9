import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedRegistry
import io.github.olympe.maven.testing.TestBaseImages

def registry = EmbeddedRegistry.start()
context.put('registry', registry)
def base = TestBaseImages.pushTo(registry.host())

def errors = DocumentedErrors.of('docs/vet.md', basedir)
def part = { name, image -> "<$name><baseImage>$image</baseImage></$name>".toString() }
def images = part('frontend', base.frontend()) + "<backends>${part('backend', base.backend())}</backends>" +
    '<codeAsData><skip>true</skip></codeAsData>'
// In two parts, so that nobody takes it for a token.
def token = 'glpat' + '-Zx9Kq2Lw8Rt5Vb1Nm4Pc'
def provoke = { error, configuration = images ->
    errors.provoke(error, 'vet', configuration)
        .file('package.json', '{"name": "@acme/shop", "scripts": {"build:draw": "true", "build:node": "true"}}')
        .file('dist/web/index.html', '<!DOCTYPE html>')
        .file('dist/node/main.js', '')
        .after('image')
}

provoke("The image '…' serves '/config.json', which has a token of GitLab in line … (gitlab-token); …")
    .file('dist/web/config.json', """{\n"token": "$token"}""".toString())
def linked = provoke("The image '…' has '/home/node/app/…', a link whose target is not in the image (link-outside: …); …")
provoke("Invalid value for 'vetAllow' (olympe.vet.allow): 'x'. Write it as a rule and a path pattern, …", images + '<vetAllow><allow>x</allow></vetAllow>')
provoke("Invalid value for 'vetAllow' (olympe.vet.allow): 'x:y'. There is no rule 'x'. …", images + '<vetAllow><allow>x:y</allow></vetAllow>')
errors.provoke("There is no '…/images.json' …", 'vet', images)
// A damaged blob is for VetPlanTest.
errors.seenElsewhere("Layer sha256:… of the image 'frontend' cannot be read (…). …", 'VetPlanTest')

errors.write()
java.nio.file.Files.createSymbolicLink(new File(linked.folder(), 'dist/node/packages').toPath(), java.nio.file.Path.of('../../packages'))
context.put('errors', errors)
context.put('token', token)
return true
