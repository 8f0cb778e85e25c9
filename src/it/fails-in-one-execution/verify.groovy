import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("check (default-check) on project shop: The parameter 'promotionMode' is 'sometimes'; use 'auto' or 'manual'.")
    assert !new File(basedir, 'node_modules').exists()
    assert !new File(basedir, 'target').exists()
    servers.assertNothingSent()
} finally {
    servers.close()
}
return true
