import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    servers.assertDeployed(basedir)
    assert ProjectServers.log(basedir) =~ /> default-\d{14}-[0-9a-f]{8}  .* main-1a2b3c4d  1a2b3c4d/
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
