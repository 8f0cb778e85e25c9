import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains("has no script 'build:draw'")
    assert servers.webhook().requests().isEmpty()
    assert servers.registry().repositories().every { it.startsWith('olympeio/') }
} finally {
    servers.close()
}
return true
