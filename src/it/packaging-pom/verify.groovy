import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    servers.assertDeployed(basedir)
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
