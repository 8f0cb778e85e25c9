def log = new File(basedir, 'build.log').text
assert log.contains("No snapshot is taken, since no orchestrator is configured (parameter 'orchestratorHost', olympe.orchestrator.host).")
assert !new File(basedir, 'node_modules').exists()
assert !new File(basedir, 'target/olympe').exists()
return true
