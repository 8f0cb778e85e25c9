import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains("Deploying to https://deploy.example.com/acme/production (environment 'production'), as the branch 'master' matches 'main|master'")
assert log.contains('  frontend    -> registry.example.com/acme/shop-frontend:master-1a2b3c4d')
GoalClaims.verify(basedir)
return true
