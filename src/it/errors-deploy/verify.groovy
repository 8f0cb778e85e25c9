import io.github.olympe.maven.testing.GoalClaims

def (webhook, unknown) = context.get('servers')
try {
    context.get('errors').verify()
    assert webhook.requests().size() == 5
    assert unknown.requests().isEmpty()
    assert !new File(basedir, 'build.log').text.contains('deploy-token')
} finally {
    webhook.close()
    unknown.close()
}
GoalClaims.verify(basedir)
return true
