import io.github.olympe.maven.testing.GoalClaims

// The first run says what changed, in a sentence; the second one finds no change and so does not fail.
def log = new File(basedir, 'build.log').text
assert log.contains("'Price' to 'Net price'")
assert log.contains('1 renamed')
def diff = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/olympe/diff/diff.json'))
assert diff.changes == []
assert new File(basedir, 'target/olympe/diff/diff.md').text.contains('No changes')
GoalClaims.verify(basedir)
return true
