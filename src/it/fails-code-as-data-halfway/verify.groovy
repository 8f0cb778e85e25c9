import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains('buildCodeAsData')
    assert !new File(basedir, 'dist/codeAsData').exists() : 'what the failed run left behind is removed'
    assert !log.contains(':image ')
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
