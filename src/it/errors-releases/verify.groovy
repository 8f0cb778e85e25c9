import io.github.olympe.maven.testing.GoalClaims

try {
    context.get('errors').verify()
    assert !new File(basedir, 'build.log').text.contains('deploy-token')
} finally {
    context.get('servers')*.close()
}
GoalClaims.verify(basedir)
return true
