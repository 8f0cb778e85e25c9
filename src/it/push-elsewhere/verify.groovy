import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    def registry = servers.registry()
    // The frontend is without what its configuration excludes.
    assert new File(basedir, 'dist/web/app.js.map').delete()
    [
        servers.assertPushed(basedir, 'frontend', 'dist/web', 'usr/share/nginx/html', '101:0'),
        servers.assertPushed(basedir, 'orders', 'dist/orders', 'home/node/app', '0:0'),
        servers.assertPushed(basedir, 'billing', 'dist/billing', 'home/node/app', '1000:1000'),
    ].each { assert it.at('/config/Labels/team').asText() == 'shop' }
    assert registry.tags('acme/shop-codeasdata').isEmpty()
    def images = new ObjectMapper().readTree(new File(basedir, 'target/olympe/images.json')).get('images')
    assert images.collect { it.get('pushed').asBoolean() } == [true, true, true, false]
    def env = new Properties()
    new File(basedir, 'target/olympe/build.env').withInputStream { env.load(it) }
    assert env.keySet() == ['FRONTEND_IMAGE', 'ORDERS_BACKEND_IMAGE', 'BILLING_BACKEND_IMAGE'] as Set
    assert env.FRONTEND_IMAGE == "${registry.host()}/acme/shop-frontend:main-1a2b3c4d"
    assert env.BILLING_BACKEND_IMAGE == "${registry.host()}/acme/shop-billing:main-1a2b3c4d"
    assert env.ORDERS_BACKEND_IMAGE == "${registry.host()}/acme/shop-orders:main-1a2b3c4d"
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
