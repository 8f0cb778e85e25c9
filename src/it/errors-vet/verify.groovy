import io.github.olympe.maven.testing.GoalClaims

try {
    context.get('errors').verify()
    assert !new File(basedir, 'build.log').text.contains(context.get('token'))
    def written = new File(basedir, 'run-1').listFiles().collect { new File(it, 'target/olympe') }
    assert written.any { new File(it, 'vet.json').exists() && new File(it, 'vet-code-quality.json').exists() }
    written.collectMany { [new File(it, 'vet.json'), new File(it, 'vet-code-quality.json')] }.findAll { it.exists() }.each {
        assert !it.text.contains(context.get('token'))
    }
} finally {
    context.get('registry').close()
}
GoalClaims.verify(basedir)
return true
