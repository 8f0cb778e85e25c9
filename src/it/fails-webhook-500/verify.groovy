import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("The webhook ${servers.webhook().url('/acme/production')} answered 500")
    assert log.contains('no, for the reason 500') : 'the answer is shown'
    assert !log.contains(ProjectServers.TOKEN)
    assert servers.webhook().requests().size() == 1
    assert servers.registry().tags('acme/shop-frontend').contains('latest')
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
