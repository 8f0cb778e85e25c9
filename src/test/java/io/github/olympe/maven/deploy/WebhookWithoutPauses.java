package io.github.olympe.maven.deploy;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import java.time.Duration;

/** A client for webhooks that tries again at once. */
public final class WebhookWithoutPauses {

    private WebhookWithoutPauses() {}

    /** Returns one whose answers must come within ten seconds. */
    public static Webhook hiding(SecretMask mask) {
        return new Webhook("test", Duration.ofSeconds(10), HttpProxies.none(), mask, pause -> {});
    }
}
