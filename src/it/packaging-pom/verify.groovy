import io.github.olympe.maven.testing.ProjectServers

def servers = context.get('servers')
try {
    def log = ProjectServers.log(basedir)
    assert servers.registry().tags('acme/shop-frontend') as Set == ['main-1a2b3c4d', 'main', 'latest'] as Set
    assert servers.webhook().requests().size() == 1
    assert new File(basedir, 'target/olympe/images.json').text.contains('"pushed" : true')
} finally {
    servers.close()
}
return true
