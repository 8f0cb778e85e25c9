import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains('half built')
    assert log.contains("exit code 3")
    assert !log.contains(':build-backend ')
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
