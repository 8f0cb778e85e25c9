import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    // The folder's .dockerignore leaves out the pictures.
    assert new File(basedir, 'app/dist/web/images').deleteDir()
    servers.assertPushed(basedir, 'frontend', 'app/dist/web', 'usr/share/nginx/html', '101:0')
    servers.assertPushed(basedir, 'backend', 'app/dist/node', 'home/node/app', '0:0')
    assert servers.webhook().requests().size() == 1
    def payload = new ObjectMapper().readTree(servers.webhook().requests()[0].body())
    def prefix = "${servers.registry().host()}/acme/shop"
    assert payload.path('frontend').path('image').asText() == "$prefix-frontend:main-1a2b3c4d"
    assert payload.path('backends').path('images').collect { it.asText() } == ["$prefix-backend:main-1a2b3c4d".toString()]
    assert payload.at('/backends/deployRules/0/target').asText() == '.*'
    assert payload.at('/noDowntime/promotionMode').asText() == 'manual'

    // Everything of the project is in its folder, and what the plugin hands over in Maven's.
    ['app/node_modules', 'app/dist/web/index.html', 'app/dist/node', 'app/dist/codeAsData', 'target/olympe/images.json'].each {
        assert new File(basedir, it).exists() : it
    }
    ['node_modules', 'dist', 'app/target', 'package-lock.json'].each {
        assert !new File(basedir, it).exists() : it
    }
    def log = new File(basedir, 'build.log').text
    def second = log.substring(log.lastIndexOf(':check ('))
    ['frontend', 'backend', 'code as data', 'test'].each {
        assert second.contains("Skipping $it: ") : it
    }
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
