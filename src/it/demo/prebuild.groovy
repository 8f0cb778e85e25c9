import io.github.olympe.maven.testing.EmbeddedRegistry
import io.github.olympe.maven.testing.EmbeddedWebhook
import io.github.olympe.maven.testing.ProjectRepository
import io.github.olympe.maven.testing.TestBaseImages

// The registry and the webhook of the demo, on loopback for this run, and the base images that Olympe would offer.
def registry = EmbeddedRegistry.start()
def webhook = EmbeddedWebhook.start()
def base = TestBaseImages.pushTo(registry.host())
context.put('registry', registry)
context.put('webhook', webhook)
context.put('base', base)
context.put('commit', ProjectRepository.commitAll(basedir, 'main'))

new File(basedir, 'test.properties').text = """\
olympe.registry = ${registry.host()}/acme
olympe.deploy.url = ${webhook.url("/acme/production")}
olympe.frontend.baseImage = ${base.frontend()}
olympe.backend.baseImage = ${base.backend()}
olympe.codeAsData.baseImage = ${base.codeAsData()}
"""
return true
