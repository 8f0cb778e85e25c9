import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedRegistry
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer
import io.github.olympe.maven.testing.EmbeddedWebhook
import io.github.olympe.maven.testing.TestBaseImages
import io.github.olympe.maven.testing.TestCertificate

// Open to all; for those with a password; ones that refuse a push, each in its own way; one with an untrusted certificate.
def open = EmbeddedRegistry.start()
def base = TestBaseImages.pushTo(open.host())
def closed = EmbeddedRegistry.start().requireBasic('nina', 'pa55word')
def answering = { status, code -> EmbeddedRegistry.start().intercept { request ->
    request.method() in ['GET', 'HEAD'] ? Optional.empty() :
        Optional.of(new Answer(status, ['Content-Type': 'application/json'], """{"errors": [{"code": "$code"}]}""".toString()))
} }
def forbidding = answering(403, 'DENIED').requireBasic('nina', 'expired-pa55word')
def strange = answering(404, 'NAME_UNKNOWN')
def small = answering(413, 'SIZE')
def unknown = EmbeddedWebhook.start(TestCertificate.create(basedir.toPath()).context())
def silent = answering(403, 'DENIED')
def immutable = EmbeddedRegistry.start().makeTagsImmutable()
TestBaseImages.frontend('amd64').pushTo(immutable.host(), 'acme/shop-frontend', 'stable')
def dockers = EmbeddedRegistry.start().refuseManifests { it.contains('oci') }
def leading = EmbeddedRegistry.start().locations { it.replaceFirst('http://[^/]*', "http://${closed.host()}") }
context.put('servers', [open, closed, forbidding, strange, small, silent, immutable, dockers, leading, unknown])

def errors = DocumentedErrors.of('docs/registries.md', basedir)
def image = { error, baseImage, more = '' ->
    errors.provoke(error, 'image', "<frontend><baseImage>$baseImage</baseImage>$more</frontend><codeAsData><skip>true</skip></codeAsData>".toString())
        .file('package.json', '{"scripts": {"build:draw": "true"}}')
        .file('dist/web/index.html', '<!DOCTYPE html>')
}
def push = { error, host, more = '' ->
    def config = "<registry>$host/acme</registry><codeAsData><skip>true</skip></codeAsData><frontend><baseImage>${base.frontend()}</baseImage></frontend>$more".toString()
    errors.provoke(error, 'push', config).after('image')
        .file('package.json', '{"scripts": {"build:draw": "true"}}')
        .file('dist/web/index.html', '<!DOCTYPE html>')
}

image("… does not allow it without credentials (401 …), and none were found in …", "${closed.host()}/acme/base:1")
push("… does not allow it with the credentials of … (401 …)", closed.host(), '<registryServerId>it-registry</registryServerId>')
push("… does not allow it with the credentials of … (403 …)", forbidding.host(), '<registryServerId>it-registry</registryServerId>')
push("… does not allow it without credentials (…), and did not ask for those of …", silent.host(), '<registryServerId>it-registry</registryServerId>')
push("The tag '…' of '…' cannot be moved to this build's image …", immutable.host(), '<imageName>shop</imageName><tags><tag>stable</tag></tags>')
push("… does not accept manifests of this format (…)", dockers.host())
push("… the host '…', which it leads to, refused the request: …", leading.host())
image("… does not have it (404 …)", "${open.host()}/olympeio/frontend-base:none")
push("… does not know this repository (404 …)", strange.host())
image("… the certificate of the registry … is not trusted", "127.0.0.1:${unknown.port()}/acme/base:1")
// A registry that is not on this machine, and a proxy, need more than a project can have.
errors.seenElsewhere("… does not use TLS", 'RegistryProxyTest')
errors.seenElsewhere("… the proxy on the way to the registry … refuses the connection", 'RegistryProxyTest')
image("… the host of the registry … is not known", 'registry.example.invalid/acme/base:1')
image("… nothing listens at the registry …", '127.0.0.1:9/acme/base:1')
push("… refuses a layer of this size (413 …)", small.host())
// It takes two minutes.
errors.seenElsewhere("… still fails after several attempts (…)", 'RegistryPusherTest')
image("… is not in the local repository, and Maven is offline (-o)", base.codeAsData()).run(2)
image("… does not exist for the platform …", base.frontend(), '<platforms><platform>linux/s390x</platform></platforms>')

errors.write()
context.put('errors', errors)
return true
