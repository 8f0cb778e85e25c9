import io.github.olympe.maven.testing.GoalClaims

def log = new File(basedir, 'build.log').text
assert log.contains("Skipping snapshot: 'orchestratorHost' (olympe.orchestrator.host) is not set.")
assert !new File(basedir, 'node_modules').exists()
assert !new File(basedir, 'target/olympe/snapshot').exists()
GoalClaims.verify(basedir)
return true
