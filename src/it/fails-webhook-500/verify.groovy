import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("The webhook ${servers.webhook().url('/acme/production')} answered 500")
    assert log.contains('no, for the reason 500') : 'the answer is shown'
    assert !log.contains(ProjectServers.TOKEN)
    // The images are there, and all of the deployment was asked for, once.
    servers.assertDeployed(basedir)
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
