import io.github.olympe.maven.testing.GoalClaims

def registry = context.get('registry')
try {
    context.get('errors').verify()
    assert registry.versions('@acme/bricks') == ['1.0.0']
} finally {
    registry.close()
}
GoalClaims.verify(basedir)
return true
