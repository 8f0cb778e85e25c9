import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    def images = new ObjectMapper().readTree(new File(basedir, 'target/olympe/images.json')).get('images')
    assert images.collect { it.get('name').asText() } == ['frontend', 'orders', 'billing', 'codeasdata']
    assert images.collect { it.get('reference').asText() } ==
        ['shop-frontend:1.0.0', 'shop-orders:1.0.0', 'shop-billing:1.0.0', 'shop-codeasdata:1.0.0']
    assert images.every { !it.get('pushed').asBoolean() }
    assert images.get(0).get('layers').collect { it.get('content').asText() } == ['assets', '.']
    // The frontend is without what its configuration excludes.
    assert new File(basedir, 'dist/web/app.js.map').delete()
    [
        servers.assertArchive(basedir, 'frontend', 'dist/web', 'usr/share/nginx/html', '101:0'),
        servers.assertArchive(basedir, 'orders', 'dist/orders', 'home/node/app', '0:0'),
        servers.assertArchive(basedir, 'billing', 'dist/billing', 'home/node/app', '1000:1000'),
        servers.assertArchive(basedir, 'codeasdata', 'dist/codeAsData', 'root/patches', '1000:1000'),
    ].each { assert it.at('/config/Labels/team').asText() == 'shop' }
    ['frontend', 'orders', 'billing', 'codeasdata'].each {
        assert new File(basedir, "target/olympe/images/$it/index.json").file
    }
    servers.assertNothingSent()
    // Nothing was pushed, so there is nothing that another job could deploy.
    assert !new File(basedir, 'target/olympe/build.env').text.contains('IMAGE')
    assert new File(basedir, 'build.log').text.contains('docker load -i target/olympe/images/frontend.tar')
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
