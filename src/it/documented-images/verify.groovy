import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('  image registry.example.com/acme/shop-frontend:master-1a2b3c4d (also master, latest): dist/web in /usr/share/nginx/html of docker.io/olympeio/frontend-base:stable')
assert log.contains('  image registry.example.com/acme/shop-backend:master-1a2b3c4d (also master, latest): dist/node in /home/node/app of docker.io/olympeio/backend-base:18-stable')
assert log.contains('  image registry.example.com/acme/shop-codeasdata:master-1a2b3c4d (also master, latest): dist/codeAsData in /root/patches of docker.io/olympeio/codeasdata-base:stable')
assert log.contains('Pushing registry.example.com/acme/shop-frontend:master-1a2b3c4d with the tags master-1a2b3c4d, master, latest')
assert log.contains('Pushing registry.example.com/acme/shop-backend:master-1a2b3c4d with the tags master-1a2b3c4d, master, latest')
assert log.contains("The image 'codeasdata' is not pushed")
assert log.contains("Skipping deploy: neither 'deployUrl' nor 'environments' is set.")
GoalClaims.verify(basedir)
return true
