import io.github.olympe.maven.testing.GoalClaims

def registry = context.get('registry')
try {
    assert registry.versions('@acme/bricks') == ['1.0.0']
    assert registry.tags('@acme/bricks') == [next: '1.0.0']
    assert new File(basedir, 'target/olympe/acme-bricks-1.0.0.tgz').length() > 0

    def log = new File(basedir, 'build.log').text
    assert log.contains("Published @acme/bricks@1.0.0 to ${registry.url()}")
    assert log.contains("@acme/bricks@1.0.0 is published already in ${registry.url()}: nothing to do.")
    assert !log.contains('npm-token')
} finally {
    registry.close()
}
GoalClaims.verify(basedir)
return true
