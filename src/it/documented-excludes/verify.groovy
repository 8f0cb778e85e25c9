import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('  image registry.example.com/acme/shop-frontend:master-1a2b3c4d (also master, latest): dist/web in /usr/share/nginx/html of docker.io/olympeio/frontend-base:stable')
GoalClaims.verify(basedir)
return true
