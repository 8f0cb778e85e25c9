package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.Deployment;
import io.github.olympe.maven.deploy.SilentDeployLog;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private EmbeddedWebhook webhook;
    private ReleaseFixture fixture;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start();
        webhook = EmbeddedWebhook.start();
        fixture = new ReleaseFixture(folder, registry.host(), webhook.url("/acme/production?key=1"));
    }

    @AfterEach
    void stop() {
        fixture.close();
        webhook.close();
        registry.close();
    }

    private DeploymentRecord newest() {
        return fixture.ledger.records(DeploymentRecord.ONLY, 1).get(0);
    }

    private Digest pushed(String tag) {
        return fixture.registries.pulling(
                fixture.ledger.repository(),
                "image",
                client -> LedgerArtifact.push(
                        client, "acme/shop-frontend", tag, "text/plain", tag.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aDeploymentIsRecorded() {
        Digest digest = pushed("main-1");
        fixture.deploy(fixture.plan("main-1"));

        DeploymentRecord record = newest();
        assertThat(record.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(record.id().toString()).matches("default-20261126120000-[0-9a-f]{8}");
        assertThat(record.url()).isEqualTo(webhook.url("/acme/production"));
        assertThat(record.payload().path("frontend").path("image").asText()).isEqualTo(fixture.image("main-1"));
        assertThat(record.images())
                .containsExactly(
                        new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", fixture.image("main-1"), digest));
        assertThat(record.source())
                .isEqualTo(new DeploymentRecord.Source(
                        "GitLab CI",
                        "main",
                        null,
                        "1a2b3c4d".repeat(5),
                        "17",
                        "https://git.example.com/acme/shop/-/jobs/9"));
        assertThat(record.by()).isEqualTo("jane");
        assertThat(record.plugin()).isEqualTo("0.1.0");
        assertThat(record.drawVersion()).isEqualTo("2.9.1");
        assertThat(record.answer()).isEqualTo(new DeploymentRecord.Answer(200, "{\"message\": \"success\"}"));
        assertThat(record.previous()).isNull();
        assertThat(fixture.log).containsExactly("Recorded as " + record.id() + ".");
    }

    @Test
    void theMarkIsWrittenBeforeTheWebhookIsCalled() {
        webhook.answer(EmbeddedWebhook.Answer.cut());
        assertThatThrownBy(() -> fixture.deploy(fixture.plan("main-1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("may be running");
        assertThat(webhook.requests()).hasSize(1);
        assertThat(newest().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void aFailedServerMayHaveDeployed() {
        webhook.answer(502, "");
        assertThatThrownBy(() -> fixture.deploy(fixture.plan("main-1"))).hasMessageContaining("answered 502");
        assertThat(newest().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void aRefusalIsRecorded() {
        webhook.answer(401, "no");
        assertThatThrownBy(() -> fixture.deploy(fixture.plan("main-1"))).hasMessageContaining("answered 401");
        assertThat(newest().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(newest().answer()).isEqualTo(new DeploymentRecord.Answer(401, "no"));
    }

    @Test
    void aWebhookThatWasNotReachedIsRecorded() {
        DeployPlan plan = fixture.plan("main-1");
        webhook.close();
        assertThatThrownBy(() -> fixture.deploy(plan)).hasMessageContaining("nothing was sent");
        assertThat(newest().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(newest().answer()).isNull();
    }

    @Test
    void saysWhatItReplaces() {
        fixture.deploy(fixture.plan("main-1"));
        DeploymentRecord first = newest();
        fixture.log.clear();
        fixture.now = Records.NOON.plus(Duration.ofDays(3)).plusSeconds(7);
        fixture.deploy(fixture.plan("main-2"));
        assertThat(fixture.log).startsWith("Replaces the record " + first.id() + ", main-1, of 3 days ago.");
        assertThat(newest().previous()).isEqualTo(first.digest());
    }

    @Test
    void aRepeatedDeploymentIsRecordedWithItsOwnCommitAndDraw() {
        DeploymentRecord old = Records.accepted("codev", 1);
        DeployPlan plan = fixture.plan("main-1");
        Recorder recorder = fixture.recorder();
        Deployment deployment = recorder.run(
                plan,
                DeploymentRecord.Action.PROMOTE,
                old,
                recorder.replaced(plan),
                fixture.webhook(),
                ReleaseFixture.token(),
                new SilentDeployLog());
        assertThat(deployment.answer().status()).isEqualTo(200);

        DeploymentRecord record = newest();
        assertThat(record.repeats()).isEqualTo(old.id());
        assertThat(record.drawVersion()).isEqualTo(old.drawVersion()).isNotEqualTo("2.9.1");
        assertThat(record.source().commit()).isEqualTo(old.source().commit()).isNotEqualTo("1a2b3c4d".repeat(5));
        assertThat(record.source().branch()).isEqualTo(old.source().branch());
        assertThat(record.source().build()).isEqualTo("17");
    }

    @Test
    void noSecretIsRecorded() {
        fixture.mask.add(Secret.of("open sesame \"1\""));
        fixture.mask.add(Secret.of("12345678901"));
        fixture.payload = Optional.of(
                "{\"more\": {\"open sesame \\\"1\\\"\": [\"x open sesame \\\"1\\\" y\", 12345678901, true, null, 1.50]},"
                        + " \"at\": \"https://jane:pw@example.com/\"}");
        fixture.deploy(fixture.plan("main-1"));
        assertThat(webhook.requests().get(0).body()).contains("12345678901");
        assertThat(Json.text(newest().payload().path("more")))
                .isEqualTo("{\"***\":[\"x *** y\",\"***\",true,null,1.50]}");
        assertThat(newest().payload().path("at").asText()).isEqualTo("https://***@example.com/");
    }

    @Test
    void anUnwritableLedgerIsAWarning() {
        registry.intercept(request -> request.method().equals("PUT")
                        || request.method().equals("POST")
                ? Optional.of(new EmbeddedRegistry.Answer(
                        405, Map.of(), "{\"errors\": [{\"code\": \"UNSUPPORTED\", \"message\": \"only images\"}]}"))
                : Optional.empty());
        fixture.deploy(fixture.plan("main-1"));
        assertThat(webhook.requests()).hasSize(1);
        assertThat(fixture.log)
                .containsExactly("WARN The deployment is not recorded. The ledger '" + fixture.ledger.repository()
                        + "' cannot be written to: the registry refuses it (405 Method Not Allowed: UNSUPPORTED: only images);"
                        + " set 'ledger' (olympe.ledger) to false if it keeps only images.");
    }

    @Test
    void aRecordThatCannotBeWrittenAfterItsMarkIsAWarning() {
        registry.intercept(request -> request.method().equals("PUT")
                        && request.path().contains("/manifests/")
                        && !request.path().endsWith(".sent")
                ? Optional.of(new EmbeddedRegistry.Answer(403, Map.of(), ""))
                : Optional.empty());
        fixture.deploy(fixture.plan("main-1"));

        assertThat(fixture.log)
                .singleElement()
                .asString()
                .startsWith("WARN The deployment is not recorded. The ledger '" + fixture.ledger.repository()
                        + "' cannot be written to: ");
        assertThat(newest().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void anUnlistableLedgerIsAWarning() {
        registry.intercept(request -> request.path().endsWith("/tags/list")
                ? Optional.of(new EmbeddedRegistry.Answer(403, Map.of(), ""))
                : Optional.empty());
        fixture.deploy(fixture.plan("main-1"));
        assertThat(fixture.log).hasSize(2);
        assertThat(fixture.log.get(0))
                .startsWith("WARN It is not known what this deployment replaces. The ledger '"
                        + fixture.ledger.repository() + "' cannot be listed: ");
        assertThat(fixture.log.get(1)).startsWith("Recorded as ");
        assertThat(registry.tags(ReleaseFixture.REPOSITORY)).hasSize(2);
    }

    @Test
    void aMissingImageIsRecordedWithoutADigest() {
        fixture.deploy(fixture.plan("main-1"));
        assertThat(newest().images()).extracting(DeployedImage::digest).containsExactly((Digest) null);
    }

    @Test
    void itsTagsNeverMove() {
        registry.makeTagsImmutable();
        for (String tag : List.of("main-1", "main-2", "main-3")) {
            fixture.deploy(fixture.plan(tag));
        }
        assertThat(registry.tags(ReleaseFixture.REPOSITORY)).hasSize(6);
        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
    }
}
