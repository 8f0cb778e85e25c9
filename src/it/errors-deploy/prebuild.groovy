import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedWebhook
import io.github.olympe.maven.testing.TestCertificate

def webhook = EmbeddedWebhook.start()
def unknown = EmbeddedWebhook.start(TestCertificate.create(basedir.toPath()).context())
context.put('servers', [webhook, unknown])

def errors = DocumentedErrors.of('docs/deploy.md', basedir)
def url = "<deployUrl>${webhook.url('/acme/production')}</deployUrl>".toString()
def image = '<frontendImage>registry.example.com/acme/shop-frontend:main</frontendImage>'
def backends = '<backendImages><image>registry.example.com/acme/shop-orders:main</image></backendImages>'
def twoBackends = backends.replace('</image>', '</image><image>registry.example.com/acme/shop-billing:main</image>')
def rules = { List rules -> '<deployRules>' + rules.collect {
    "<deployRule><source>${it[0]}</source><target>${it[1]}</target></deployRule>" }.join('') + '</deployRules>' }

errors.provoke("There is no token for the deploy webhook", 'deploy', url + image)
errors.provoke("The image … was not pushed", 'deploy', url)
    .file('target/olympe/images.json', """{"version": 1, "images": [{
        "kind": "frontend", "name": "frontend", "repository": "registry.example.com/acme/shop-frontend", "tags": ["main"],
        "digest": "sha256:${'a' * 64}", "imageId": "sha256:${'b' * 64}", "baseImage": "base", "pushed": false
    }]}""".toString())
errors.provoke("The payload has no image", 'deploy', url)
errors.provoke("The payload lacks the key …", 'deploy', url + image + '<payload>{"noDowntime": {}}</payload>')
errors.provoke("The key '…' … does not exist", 'deploy', url + image + '<payload>{"frontnd": {}}</payload>')
errors.provoke("The key '…' is … in …, but … in the configuration", 'deploy',
    url + image + '<payload>{"noDowntime": {"promotionMode": "manual"}}</payload><promotionMode>auto</promotionMode>')
errors.provoke("Invalid value for 'payload' … It is not JSON: line …, column …", 'deploy', url + image + '<payload>{"noDowntime": {},}</payload>')
errors.provoke("The backend image … is matched by no deploy rule", 'deploy', url + twoBackends + rules([['shop-orders', '.*']]))
errors.provoke("The deploy rule with source … matches none of the backend images", 'deploy',
    url + backends + rules([['shop-orders', '^a'], ['shop-billing', '^b']]))
errors.provoke("The backend … would get 2 images", 'deploy', url + twoBackends + rules([['shop-orders', '.*'], ['shop-billing', '^b']]) +
    '<backendNames><backendName>billing</backendName></backendNames>')
errors.provoke("… It cannot be used in a deploy rule", 'deploy', url + backends + rules([['(shop-orders', '.*']]))
errors.provoke("The parameter 'environments' has 'a' and 'b' for the branch …", 'deploy', image + """<environments>
    <environment><name>a</name><branch>main</branch><url>${webhook.url('/a')}</url></environment>
    <environment><name>b</name><branch>ma.*</branch><url>${webhook.url('/b')}</url></environment>
</environments>""")

def token = '<deployServerId>it-deploy</deployServerId>'
["The webhook … answered 401", "The webhook … answered 403", "The webhook … answered 404", "The webhook … answered 422"].eachWithIndex { error, i ->
    webhook.answer(error.find(/\d+/) as int, '{"message": "no"}')
    errors.provoke(error, 'deploy', url + image + token).run(2 + i)
}
webhook.answer(EmbeddedWebhook.Answer.cut())
errors.provoke("The webhook … the deployment may be running, so it was not sent again", 'deploy', url + image + token).run(6)
errors.provoke("The webhook … cannot be reached …; nothing was sent", 'deploy',
    '<deployUrl>http://127.0.0.1:9/acme</deployUrl>' + image + token).run(7)
errors.provoke("The webhook … has an unknown host, …; nothing was sent", 'deploy',
    '<deployUrl>https://deploy.example.invalid/acme</deployUrl>' + image + token).run(8)
errors.provoke("The webhook … has a certificate that is not trusted …; nothing was sent", 'deploy',
    "<deployUrl>${unknown.url('/acme')}</deployUrl>" + image + token).run(9)

errors.write()
context.put('errors', errors)
return true
