import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("Found 1 folder for project's code as data") : 'those of the packages are there already'
    assert !new File(basedir, 'dist/codeAsData').exists() : 'what the failed run left behind is removed'
    assert !log.contains(':image ')
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
