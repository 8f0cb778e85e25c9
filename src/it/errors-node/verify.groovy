import io.github.olympe.maven.testing.GoalClaims

context.get('errors').verify()
assert new File(basedir, 'build.log').text.contains('ENOTCACHED')
GoalClaims.verify(basedir)
return true
