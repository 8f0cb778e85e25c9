import io.github.olympe.maven.testing.GoalClaims

try {
    context.get('errors').verify()
} finally {
    context.get('servers').each { it.close() }
}
GoalClaims.verify(basedir)
return true
