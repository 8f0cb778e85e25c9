import io.github.olympe.maven.testing.GoalClaims

def log = new File(basedir, 'build.log').text
assert log.contains('Failed connect to the server within 15000 ms. Check that the orchestrator \'draw.example.com:443\' is')
assert !log.contains('Caused by: java.lang.NullPointerException')
// The old snapshot is what it was, and so is its configuration.
assert new File(basedir, 'snapshot/10000000000000000000/Home/Old/.Old.newInst.json').text == '{"operations": []}\n'
assert new File(basedir, 'snapshot/snapshot-config.json').length() > 0
assert new File(basedir, 'snapshot/README.md').length() > 0
GoalClaims.verify(basedir)
return true
