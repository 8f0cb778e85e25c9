import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def registry = servers.registry()
    def requests = servers.webhook().requests()
    assert requests.collect { "${it.method()} ${it.path()}".toString() } ==
        ['codev', 'production', 'codev', 'codev'].collect { "POST /acme/$it".toString() }
    assert requests.every { it.header('Authorization') == "Bearer $ProjectServers.TOKEN" }

    // What is promoted, and what is gone back to, is the first deployment; the second one is of other images.
    def images = { tag -> ['frontend', 'orders'].collect { "${registry.host()}/acme/shop-$it:$tag".toString() } }
    def payloads = requests.collect { new ObjectMapper().readTree(it.body()) }
    def deployed = payloads.collect { [it.path('frontend').path('image').asText()] + it.path('backends').path('images')*.asText() }
    assert deployed[0] == images('develop-1a2b3c4d') && deployed[2] == images('develop-2a2b3c4d')
    assert payloads[0].at('/backends/deployRules/0/target').asText() == '^orders$'
    assert payloads[1] == payloads[0] && payloads[3] == payloads[0]
    ['frontend', 'orders'].each {
        assert registry.digest("acme/shop-$it", 'develop-1a2b3c4d') != registry.digest("acme/shop-$it", 'develop-2a2b3c4d')
    }

    def log = ProjectServers.log(basedir)
    assert log =~ /It runs the record codev-\d{14}-[0-9a-f]{8}, develop-1a2b3c4d\./
    assert log =~ /Rolling back to the record codev-\d{14}-[0-9a-f]{8}, develop-1a2b3c4d, /
    assert !log.contains(ProjectServers.TOKEN)
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
