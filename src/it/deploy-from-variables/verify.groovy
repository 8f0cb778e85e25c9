import com.fasterxml.jackson.databind.ObjectMapper
import io.github.olympe.maven.testing.GoalClaims

def webhook = context.get('webhook')
try {
    assert webhook.requests().size() == 2
    assert webhook.requests().every { "${it.method()} ${it.path()}" == 'POST /acme/production' }
    assert webhook.requests()*.header('Authorization').toSet() == ['Bearer token-of-the-variable'] as Set
    def request = webhook.requests().first()
    assert request.header('Content-Type') == 'application/json'
    assert request.header('User-Agent').startsWith('olympe-maven-plugin/')

    def json = new ObjectMapper()
    assert json.readTree(request.body()) == json.readTree('''{
      "noDowntime": {"promotionMode": "manual"},
      "frontend": {"image": "registry.example.com/acme/shop-frontend:main-1a2b3c4d"},
      "backends": {
        "images": [
          "registry.example.com/acme/shop-orders:main-1a2b3c4d",
          "registry.example.com/acme/shop-stock-count:main-1a2b3c4d"
        ],
        "deployRules": [
          {"source": "^registry\\\\.example\\\\.com\\\\/acme\\\\/shop-orders:main-1a2b3c4d$", "target": "^orders-.*$"},
          {"source": "^registry\\\\.example\\\\.com\\\\/acme\\\\/shop-stock-count:main-1a2b3c4d$", "target": "^stock$"}
        ]
      }
    }''')
    // The second differs in nothing but the frontend.
    def second = webhook.requests()[1].body()
    def changed = json.readTree(request.body())
    changed.path('frontend').put('image', 'registry.example.com/acme/other:1')
    assert json.readTree(second) == changed
    assert new File(basedir, 'target/olympe/deploy/payload.json').text == second
    def response = json.readTree(new File(basedir, 'target/olympe/deploy/response.json'))
    assert response.path('status').asInt() == 200
    assert response.path('body').path('message').asText() == 'success'

    def log = new File(basedir, 'build.log').text
    assert log.contains('orders-2 -> registry.example.com/acme/shop-orders:main-1a2b3c4d')
    assert log.contains('stock    -> registry.example.com/acme/shop-stock-count:main-1a2b3c4d')
    assert log.contains('mail     -> (no rule: stays unchanged)')
    assert log.contains('Code as data is not deployed')
    assert log.contains('Deployed: success')
    assert !log.contains('token-of-the-variable')
} finally {
    webhook.close()
}
GoalClaims.verify(basedir)
return true
