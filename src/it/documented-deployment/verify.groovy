import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('Pushing registry.example.com/acme/shop-frontend:master-1a2b3c4d with the tags master-1a2b3c4d, master, latest')
assert log.contains('Pushing registry.example.com/acme/shop-backend:master-1a2b3c4d with the tags master-1a2b3c4d, master, latest')
assert log.contains('Deploying to https://deploy.example.com/acme/production')
assert log.contains('  frontend    -> registry.example.com/acme/shop-frontend:master-1a2b3c4d')
assert log.contains('  backends .* -> registry.example.com/acme/shop-backend:master-1a2b3c4d')
GoalClaims.verify(basedir)
return true
