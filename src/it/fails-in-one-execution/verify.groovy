import io.github.olympe.maven.testing.GoalClaims
import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    [
        "Invalid value for 'imageName' (olympe.imageName): '${servers.registry().host()}/acme/Shop-frontend'. It is not",
        "Invalid value for 'deployBranches' (olympe.deployBranches): '(main'. It is not a regular expression",
        "Invalid value for 'promotionMode' (olympe.promotionMode): 'sometimes'. Use 'auto' or 'manual'.",
    ].each { assert log.contains("check (default-check) on project shop: $it") }
    assert !new File(basedir, 'node_modules').exists()
    assert !new File(basedir, 'target/olympe/images').exists()
    servers.assertNothingSent()
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
