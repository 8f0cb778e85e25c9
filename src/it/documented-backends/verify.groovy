import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def log = ProjectServers.log(basedir)
assert log.contains('  image registry.example.com/acme/shop-orders:master-1a2b3c4d (also master, latest): dist/node in /home/node/app of docker.io/olympeio/backend-base:18-stable')
assert log.contains('  image registry.example.com/acme/shop-others:master-1a2b3c4d (also master, latest): dist/node in /home/node/app of docker.io/olympeio/backend-base:18-stable')
assert log.contains('  orders-1 -> registry.example.com/acme/shop-orders:master-1a2b3c4d')
assert log.contains('  mail     -> registry.example.com/acme/shop-others:master-1a2b3c4d')
GoalClaims.verify(basedir)
return true
