import io.github.olympe.maven.testing.GoalClaims

// failOnChange fails the build after it has written what changed.
def log = new File(basedir, 'build.log').text
assert log.contains('[ERROR]') && log.contains('failOnChange')
def diff = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/olympe/diff/diff.json'))
assert diff.changes*.change == ['renamed']
assert diff.changes[0].name == 'Net price'
GoalClaims.verify(basedir)
return true
