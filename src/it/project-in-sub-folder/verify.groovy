import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    ['frontend', 'backend'].each {
        assert servers.registry().tags("acme/shop-$it") as Set == ['main-1a2b3c4d', 'main', 'latest'] as Set
    }
    assert servers.webhook().requests().size() == 1
    def payload = new ObjectMapper().readTree(servers.webhook().requests()[0].body())
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
