import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert log.contains('127.0.0.1:9')
    assert !log.contains(':deploy (')
    assert servers.webhook().requests().isEmpty()
    assert servers.registry().repositories().every { it.startsWith('olympeio/') }
} finally {
    servers.close()
}
return true
