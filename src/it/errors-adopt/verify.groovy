import io.github.olympe.maven.testing.GoalClaims

context.get('errors').verify()
// A project that is not understood gets no files.
assert new File(basedir, 'run-1').listFiles().findAll { it.directory }.every { !new File(it, 'mvnw').exists() && !new File(it, 'pom.olympe.xml').exists() }
GoalClaims.verify(basedir)
return true
