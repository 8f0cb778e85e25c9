import io.github.olympe.maven.testing.GoalClaims

try {
    context.get('errors').verify()
    assert !new File(basedir, 'build.log').text.contains('draw-pa55word')
} finally {
    context.get('open').each { it.close() }
}
GoalClaims.verify(basedir)
return true
