import io.github.olympe.maven.testing.GoalClaims

def webhook = context.get('webhook')
try {
    assert webhook.requests().isEmpty()
    def log = new File(basedir, 'build.log').text
    def url = webhook.url('/acme')

    assert log.contains("Deploying to $url/codev (environment 'codev'), as ")
    assert log.contains('frontend -> registry.example.com/acme/shop-frontend:tag')
    assert log.contains('"image" : "registry.example.com/acme/shop-frontend:tag"')
    assert log.contains('Nothing was sent (olympe.dryRun).')
    assert new File(basedir, 'target/olympe/deploy/payload.json').exists()
    assert !new File(basedir, 'target/olympe/deploy/response.json').exists()

    assert log.contains('Skipping deploy: this build is for merge request !12, and those are never pushed or deployed.')
    assert log.contains("Skipping deploy: the branch 'topic' matches no environment;"
            + " these branches are deployed: 'develop' (to codev), 'main|master' (to production).")
    assert log.contains("of the parameter 'environments.production.payload' is not JSON: line 4, column 3:")
    assert log.contains('Skipping promote: this build is for merge request !13, and those are never pushed or deployed.')
    assert log.contains('Skipping rollback: this build is for merge request !13, and those are never pushed or deployed.')
    assert log.contains('There is no token for the deploy webhook;')
} finally {
    webhook.close()
}
GoalClaims.verify(basedir)
return true
