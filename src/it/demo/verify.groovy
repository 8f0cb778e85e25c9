import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def registry = context.get('registry')
def webhook = context.get('webhook')
def base = context.get('base')
def commit = context.get('commit')
def json = new ObjectMapper()
try {
    def first = "main-${commit.take(8)}"
    def tags = [first, 'main', 'latest'] as Set
    def drawVersion = json.readTree(new File(basedir, 'node_modules/@olympeio/draw/package.json')).get('version').asText()

    // The images: under each tag, on top of their base images.
    ['frontend': base.frontend(), 'backend': base.backend()].each { name, baseImage ->
        def repository = "acme/shop-$name".toString()
        assert registry.tags(repository) as Set == tags
        def digests = tags.collect { registry.digest(repository, it) } as Set
        assert digests.size() == 1

        def (baseRepository, baseTag) = baseImage.substring(baseImage.indexOf('/') + 1).split(':')
        def baseLayers = registry.layers(baseRepository, baseTag)
        def layers = registry.layers(repository, first)
        assert layers.take(baseLayers.size()) == baseLayers
        assert layers.size() > baseLayers.size()

        def config = registry.config(repository, first).get('config')
        def baseConfig = registry.config(baseRepository, baseTag).get('config')
        assert config.get('Env') == baseConfig.get('Env')
        assert config.get('Entrypoint') == baseConfig.get('Entrypoint')
        assert config.get('User') == baseConfig.get('User')

        def labels = config.get('Labels')
        assert labels.get('draw_version').asText() == drawVersion
        assert labels.get('org.opencontainers.image.revision').asText() == commit
        assert labels.get('org.opencontainers.image.version').asText() == '1.0.0'
        assert labels.get('org.opencontainers.image.base.name').asText() == baseImage
        assert labels.get('org.opencontainers.image.base.digest').asText() == registry.digest(baseRepository, baseTag)
    }
    assert registry.tags('acme/shop-codeasdata').isEmpty() : 'code as data is pushed only when asked for'

    // The deployment: one request, with the documented payload.
    assert webhook.requests().size() == 1
    def request = webhook.requests().first()
    assert request.method() == 'POST'
    assert request.header('Authorization') == 'Bearer demo-token'
    assert request.header('Content-Type').startsWith('application/json')
    def payload = json.readTree(request.body())
    def backend = "${registry.host()}/acme/shop-backend:$first".toString()
    assert payload.get('frontend').get('image').asText() == "${registry.host()}/acme/shop-frontend:$first"
    assert payload.get('backends').get('images').collect { it.asText() } == [backend]
    def rules = payload.get('backends').get('deployRules')
    assert rules.size() == 1
    assert backend ==~ rules.get(0).get('source').asText()
    assert rules.get(0).get('target').asText() == '.*'
    assert !payload.has('codeAsData')

    // What is handed over.
    ['images.json', 'build.env', 'deploy/payload.json', 'deploy/response.json'].each {
        assert new File(basedir, "target/olympe/$it").length() > 0 : it
    }
    def env = new Properties()
    new File(basedir, 'target/olympe/build.env').withInputStream { env.load(it) }
    assert env.BACKEND_IMAGE == backend
    assert env.DRAW_VERSION == drawVersion

    def log = new File(basedir, 'build.log').text
    assert log.contains('tests 2') : 'the project has its tests run'
    assert !log.contains('demo-token')
} finally {
    webhook.close()
    registry.close()
}
GoalClaims.verify(basedir)
return true
