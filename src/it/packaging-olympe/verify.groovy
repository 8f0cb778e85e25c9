import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('No registry is configured: each image is written as a tar that docker loads.')
assert log.contains("Skipping deploy: neither 'deployUrl' nor 'environments' is set.")
assert log.contains("frontend: 'npm run build:draw' makes dist/web")
assert log.contains("backend: 'npm run build:node' makes dist/node")
assert log.contains("code as data: 'npx olympe buildCodeAsData' makes dist/codeAsData")
GoalClaims.verify(basedir)
return true
