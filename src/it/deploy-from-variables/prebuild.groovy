import io.github.olympe.maven.testing.EmbeddedWebhook

def webhook = EmbeddedWebhook.start()
context.put('webhook', webhook)
new File(basedir, 'test.properties').text = "olympe.deploy.url = ${webhook.url()}\n"
return true
