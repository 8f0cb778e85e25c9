import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedRegistry
import io.github.olympe.maven.testing.TestImage

def registry = EmbeddedRegistry.start()
context.put('servers', [registry])
TestImage.create().file('usr/share/nginx/html/index.html', 0, 0, 0644, '<html>').pushTo(registry.host(), 'acme/shop-frontend', 'main')

def errors = DocumentedErrors.of('docs/releases.md', basedir)

errors.provoke("Invalid value for 'awaitUrl': '…'. Write a URL", 'await', '<awaitUrl>shop.example.com</awaitUrl>')
errors.provoke("The credential of 'awaitServerId' would be sent there unencrypted", 'await',
    '<awaitUrl>http://shop.example.com/</awaitUrl><awaitServerId>it-deploy</awaitServerId>')
errors.provoke("Missing parameter 'registry' … Set it to the registry that has the records of deployments", 'history')
errors.provoke("Invalid value for 'ledger' (olympe.ledger): '…'. This goal needs the records of deployments", 'history',
    '<registry>registry.example.com/acme</registry><ledger>false</ledger>')
errors.provoke("'…' is not a record", 'rollback',
    '<registry>registry.example.com/acme</registry><deployUrl>https://deploy.example.com/acme</deployUrl><rollbackTo>main</rollbackTo>')
errors.seenElsewhere("… has no earlier deployment to '…' of other images than those that run", 'RollbackTest')
errors.provoke("Missing parameter 'promoteFrom'", 'promote', '<registry>registry.example.com/acme</registry>')
errors.seenElsewhere("It is not known whether the last deployment to '…' … was accepted. Deploy there again", 'PromotePlanTest')
errors.seenElsewhere("It is not known whether the last deployment to '…' … was accepted. Look at the instance's deployments", 'RollbackTest')
errors.seenElsewhere("What was deployed to '…' last … was found not to run", 'PromotePlanTest')
errors.seenElsewhere("… has no deployment to '…', so there is nothing to promote", 'PromotePlanTest')
errors.seenElsewhere("The ledger '…' cannot be … the registry requires a credential, but none was sent", 'LedgerAccessTest')
errors.seenElsewhere("The ledger '…' cannot be … the registry refuses the credentials of …", 'LedgerAccessTest')
errors.seenElsewhere("The ledger '…' cannot be … the credentials of … are not enough for that", 'LedgerAccessTest')
errors.seenElsewhere("The ledger '…' cannot be … the user of … may not do that", 'LedgerAccessTest')
errors.seenElsewhere("The ledger '…' cannot be … this needs credentials", 'LedgerAccessTest')
errors.seenElsewhere("The ledger '…' cannot be … the registry does not list tags", 'LedgerAccessTest')
errors.seenElsewhere("The image '…' of the record '…' is not in its registry any more", 'RecordedImagesTest')
errors.seenElsewhere("Missing parameter 'awaitUrl'", 'AwaitMojoTest')
errors.seenElsewhere("The frontend's image has no such file", 'AwaitMojoTest')
// Nothing listens on port 9.
errors.provoke("… did not change to the new frontend within …: it …", 'await',
    '<awaitUrl>http://127.0.0.1:9/</awaitUrl><awaitTimeout>1</awaitTimeout>')
    .file('target/olympe/deploy/payload.json', """{"frontend": {"image": "${registry.host()}/acme/shop-frontend:main"}}""".toString())
    .file('target/olympe/deploy/response.json', '{"status": 200}')
    .run(2)

errors.write()
context.put('errors', errors)
return true
