import io.github.olympe.maven.testing.EmbeddedWebhook

def webhook = EmbeddedWebhook.start()
context.put('webhook', webhook)
new File(basedir, 'test.properties').text = "webhook.url = ${webhook.url('/acme')}\n"
return true
