import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('  backends billing   -> registry.example.com/acme/shop-billing:master-1a2b3c4d')
assert log.contains('  backends orders-.* -> registry.example.com/acme/shop-orders:master-1a2b3c4d')
assert log.contains(': dist/billing in /home/node/app of docker.io/olympeio/backend-base:18-stable')
assert log.contains(': dist/orders in /home/node/app of docker.io/olympeio/backend-base:18-stable')
GoalClaims.verify(basedir)
return true
