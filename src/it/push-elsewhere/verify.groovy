import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def servers = context.get('servers')
try {
    def registry = servers.registry()
    ['frontend', 'orders', 'billing'].each {
        assert registry.tags("acme/shop-$it") as Set == ['main-1a2b3c4d', 'main', 'latest'] as Set
        assert registry.config("acme/shop-$it", 'main').get('config').get('Labels').get('team').asText() == 'shop'
    }
    assert registry.tags('acme/shop-codeasdata').isEmpty()
    def images = new ObjectMapper().readTree(new File(basedir, 'target/olympe/images.json')).get('images')
    assert images.collect { it.get('pushed').asBoolean() } == [true, true, true, false]
    def env = new Properties()
    new File(basedir, 'target/olympe/build.env').withInputStream { env.load(it) }
    assert env.keySet() == ['FRONTEND_IMAGE', 'ORDERS_BACKEND_IMAGE', 'BILLING_BACKEND_IMAGE'] as Set
    assert env.ORDERS_BACKEND_IMAGE == "${registry.host()}/acme/shop-orders:main-1a2b3c4d"
} finally {
    servers.close()
}
GoalClaims.verify(basedir)
return true
