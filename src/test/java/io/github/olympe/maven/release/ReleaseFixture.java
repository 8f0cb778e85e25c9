package io.github.olympe.maven.release;

import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.DeployTarget;
import io.github.olympe.maven.deploy.SilentDeployLog;
import io.github.olympe.maven.deploy.Webhook;
import io.github.olympe.maven.deploy.WebhookToken;
import io.github.olympe.maven.deploy.WebhookWithoutPauses;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A project that deploys the frontend {@code acme/shop-frontend} to one environment, at a time that the test sets. */
final class ReleaseFixture implements AutoCloseable {

    static final String REPOSITORY = LedgerFixture.REPOSITORY;

    final List<String> log = new CopyOnWriteArrayList<>();
    final SecretMask mask = new SecretMask();
    final Registries registries;
    final Ledger ledger;
    Instant now = Records.NOON;
    Optional<String> payload = Optional.empty();
    String draw = "2.9.1";
    private final Path folder;
    private final String registry;
    private final String webhook;

    ReleaseFixture(Path folder, String registry, String webhook) {
        this(folder, registry, webhook, new RegistryFixture(folder));
    }

    /** A project that deploys to a real registry, with the pauses of a build. */
    static ReleaseFixture toRealRegistry(Path folder, String registry, String webhook) {
        return new ReleaseFixture(folder, registry, webhook, new RegistryFixture(folder).withRealPauses());
    }

    ReleaseFixture(Path folder, String registry, String webhook, RegistryFixture open) {
        this.folder = folder;
        this.registry = registry;
        this.webhook = webhook;
        this.registries = open.open();
        this.ledger = new Ledger(
                registries, ImageReference.ofRepository("registry", registry + "/" + REPOSITORY), imageLog()::warn);
    }

    ImageLog imageLog() {
        return new ImageLog() {
            @Override
            public void info(String line) {
                log.add(line);
            }

            @Override
            public void warn(String line) {
                log.add("WARN " + line);
            }

            @Override
            public void debug(String line) {}
        };
    }

    String image(String tag) {
        return registry + "/acme/shop-frontend:" + tag;
    }

    DeploySettings settings() {
        return new DeploySettings(
                List.of(new DeployTarget(
                        Optional.empty(),
                        Optional.of(webhook),
                        Optional.empty(),
                        payload.map(text -> new DeployTarget.Payload("payload", text)))),
                new DeployBranches(BranchPattern.of("deployBranches", "main"), List.of(), Optional.empty()),
                PayloadSettings.of(List.of(), null, null, null, null, true),
                List.of(),
                false,
                Duration.ofSeconds(10),
                false,
                true,
                false,
                folder,
                folder.resolve("deploy"));
    }

    static BuildContext build(String system, String branch) {
        return new BuildContext(
                system,
                Optional.of(branch),
                Optional.of("1a2b3c4d".repeat(5)),
                Optional.empty(),
                Optional.of("17"),
                Optional.empty());
    }

    DeployPlan plan(String tag) {
        DeployImage frontend = DeployImage.named("frontend", "the test", image(tag));
        return DeployPlan.of(
                settings(),
                build("GitLab CI", "main"),
                new DeployImages(Optional.of(frontend), List.of(), Optional.empty()));
    }

    Recorder recorder() {
        Deployer deployer = Deployer.of(
                build("GitLab CI", "main"),
                Map.of("GITLAB_USER_LOGIN", "jane", "CI_JOB_URL", "https://u:p@git.example.com/acme/shop/-/jobs/9?t=1"),
                "0.1.0",
                Optional.of(draw),
                mask);
        InstantSource clock = () -> now;
        return new Recorder(ledger, registries, deployer, mask, imageLog(), clock);
    }

    void deploy(DeployPlan plan) {
        Recorder recorder = recorder();
        recorder.run(
                plan,
                DeploymentRecord.Action.DEPLOY,
                null,
                recorder.replaced(plan),
                webhook(),
                token(),
                new SilentDeployLog());
    }

    Webhook webhook() {
        return WebhookWithoutPauses.hiding(mask);
    }

    static WebhookToken token() {
        return new WebhookToken(Secret.of("the-token-of-the-webhook"), "the test");
    }

    @Override
    public void close() {
        registries.close();
    }
}
