package io.github.olympe.maven.deploy;

import static io.github.olympe.maven.testing.Mutations.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.deploy.payload.RuleExpression;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.testing.RawServer;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input and answers of deployments, from {@code src/test/resources/bad/deploy}. */
class BadInputTest {

    @TempDir
    Path folder;

    @Corpus("deploy/payload")
    void payload(BadInput input) throws Exception {
        input.check(folder, () -> merged(input.text()));
    }

    @Corpus("deploy/payload-keys")
    void payloadKeys(BadInput input) throws Exception {
        input.check(folder, () -> previewed(input.text()));
    }

    @Corpus("deploy/payload-file")
    void payloadFile(BadInput input) throws Exception {
        input.write(folder.resolve("payload.json"));
        input.check(folder, () -> merged("payload.json"));
    }

    /** No base payload is not a mistake: the images may come from elsewhere. */
    private String merged(String payload) {
        PayloadBase base = PayloadBase.of("payload", payload, folder);
        return base.json().isEmpty()
                ? "nothing"
                : Payload.of(base, images(), settings(null, null)).toJson();
    }

    private String previewed(String payload) {
        Payload merged = Payload.of(PayloadBase.of("payload", payload, folder), images(), settings(null, null));
        return DeployPreview.of(merged, List.of("orders", "mail")).lines().toString();
    }

    private static DeployImages images() {
        return DeployImages.none();
    }

    private static PayloadSettings settings(@Nullable String name, @Nullable String value) {
        return PayloadSettings.of(
                List.of(),
                "promotionMode".equals(name) ? value : null,
                "updateMode".equals(name) ? value : null,
                "skipUpdateVersions".equals(name) ? value : null,
                "extraArgs".equals(name) && value != null ? List.of(value) : null,
                false);
    }

    @Corpus("deploy/image-reference")
    void imageReference(BadInput input) throws Exception {
        input.check(folder, () -> DeployImage.ofParameter("frontendImage (olympe.frontendImage)", input.text()));
    }

    @Corpus("deploy/deploy-url")
    void deployUrl(BadInput input) throws Exception {
        input.check(folder, () -> DeployUrl.of("deployUrl", input.text(), false));
    }

    @Corpus("deploy/rule")
    void rule(BadInput input) throws Exception {
        input.check(
                folder,
                () -> RuleExpression.of("deployRules.source", input.parts().get(0))
                        .matches(input.parts().get(1)));
    }

    @Corpus("deploy/settings")
    void setting(BadInput input) throws Exception {
        input.check(folder, () -> settings(input.parts().get(0), input.parts().get(1)));
    }

    @Corpus("deploy/answer")
    void answer(BadInput input) throws Exception {
        Path sent = Files.createDirectories(folder.resolve("target/olympe")).resolve("deploy");
        SecretMask mask = new SecretMask();
        Secret token = Secret.of("s3cr3tM4rk");
        mask.add(token);
        Warnings warnings = new Warnings();
        try (RawServer server = RawServer.answering(input.content())) {
            Webhook webhook = new Webhook("test", Duration.ofSeconds(5), HttpProxies.none(), mask, pause -> {});
            DeployRequest deployment = new DeployRequest(
                    DeployUrl.of("deployUrl", server.url("/acme"), false),
                    Payload.of(
                            PayloadBase.none(), DeployFixture.images("a/b:1", List.of(), null), settings(null, null)),
                    sent);
            input.check(folder, () -> {
                deployment.prepare("{}");
                deployment.send(webhook, new WebhookToken(token, "OLYMPE_DEPLOY_TOKEN"), warnings);
                return warnings;
            });
            assertThat(server.requests()).as("how often it was sent").isEqualTo(1);
        }
        assertThat(sent.resolve("payload.json")).exists();
    }

    /** The message about an accepted answer. */
    private static final class Warnings extends SilentDeployLog {

        private final List<String> sentences = new ArrayList<>();

        @Override
        public void acceptedOddly(DeployUrl url, String sentence) {
            sentences.add(sentence);
        }

        @Override
        public String toString() {
            return sentences.toString();
        }
    }

    @Test
    void randomPayloadsCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of("""
                {"frontend": {"image": "a/b:1"}, "noDowntime": {"promotionMode": "auto"}, "extraArgs": ["--force-sync"]}""", """
                {"backends": {"images": ["a/b:1", "a/c:1"], "deployRules": [{"source": "/b:", "target": "^orders$"},
                {"source": "/c:", "target": "^mail$"}]}, "skipUpdateVersions": true}""");
        Mutations.survive(1500, good, text(this::previewed));
    }

    @Test
    void randomPayloadFilesCauseNoUnexpectedError() throws Exception {
        Mutations.survive(200, List.of("{\"frontend\": {\"image\": \"a/b:1\"}}"), payload -> {
            Files.write(folder.resolve("payload.json"), payload);
            merged("payload.json");
        });
    }

    @Test
    void randomRulesCauseNoUnexpectedError() throws Exception {
        List<String> good =
                List.of("^orders-(a|b)+$", "[a-z]{1,3}(?=x)\\d*", "\\/shop\\.backend:[\\w-]+$", "(?<name>a+)(?:b|c)*?");
        Mutations.survive(
                1000,
                good,
                text(rule ->
                        RuleExpression.of("deployRules.source", rule).matches("a/shop.backend:main-aaaaaaaaaaaaaaaa")));
    }

    @Test
    void randomReferencesAndUrlsCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "https://deploy.example.com:8443/acme/production?x=1#y",
                "registry.example.com:5000/acme/shop:main-1a2b3c4d");
        Mutations.survive(3000, good, text(value -> DeployUrl.of("deployUrl", value, false)));
        Mutations.survive(
                3000, good, text(value -> DeployImage.ofParameter("frontendImage (olympe.frontendImage)", value)));
    }
}
