import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains("Deploying to https://deploy.example.com/acme/production (environment 'production'), as the branch 'master' matches 'master'")
assert log.contains('Node.js 22.11.0, installed privately')
GoalClaims.verify(basedir)
return true
