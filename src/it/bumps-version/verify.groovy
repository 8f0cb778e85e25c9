import io.github.olympe.maven.testing.GoalClaims

// Every other character is kept.
assert new File(basedir, 'package.json').text == '''{ "name": "@acme/shop",
  "version":   "1.2.3-main-1a2b3c4d", "private": true }
'''
def log = new File(basedir, 'build.log').text
assert log.contains('Dry run: the version would be 1.2.3-main-1a2b3c4d.')
assert log.contains('Version 1.2.3-main-1a2b3c4d (was 1.2.3)')
assert log =~ /Node\.js \d+\.\d+\.\d+ \(/
assert log.contains('olympe:build-code-as-data')
GoalClaims.verify(basedir)
return true
