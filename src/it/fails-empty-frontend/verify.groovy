import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log =~ /dist\/web.*empty/
    assert !log.contains(':build-backend ')
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
