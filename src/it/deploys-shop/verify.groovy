import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    servers.assertDeployed(basedir)
    // The old content, before and after the deployment, then the new one.
    def asked = context.get('asked')
    assert asked*.split(' ')*.last() == ['before', 'after', 'after'] && asked*.split(' ')*.first().toSet().size() == 1
    assert ProjectServers.log(basedir) =~ /Recorded as default-\d{14}-[0-9a-f]{8}\./
    assert ProjectServers.log(basedir).contains('serves the frontend just deployed, after ')
} finally {
    context.get('environment').stop(0)
    servers.close()
}

def report = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/olympe/report.json'))
def module = report.modules[0]
def results = module.goals.collectEntries { [it.name, it.result] }
assert results['image'] == 'SUCCEEDED' && results['push'] == 'SUCCEEDED' && results['deploy'] == 'SUCCEEDED' && results['await'] == 'SUCCEEDED'
def (pushed, left) = module.images.split { it.pushed }
assert pushed*.name == ['backend', 'frontend'] && pushed.every { it.layers.every { layer -> layer.outcome == 'SENT' } }
assert left*.name == ['codeasdata'] && left.every { it.layers.every { layer -> layer.outcome == 'ASSEMBLED' } }
assert module.deployment.answer == 'HTTP status 200'
assert new File(basedir, 'target/olympe/report.html').text.contains(': <span class="succeeded">Succeeded</span>')
GoalClaims.verify(basedir)
return true
