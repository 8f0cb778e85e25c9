import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("has no script 'build:draw'")
    assert !new File(basedir, 'node_modules').exists() : 'it is found before anything runs'
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
