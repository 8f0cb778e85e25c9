package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.DeployTarget;
import io.github.olympe.maven.deploy.SilentDeployLog;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.release.DeploymentRecord.Action;
import io.github.olympe.maven.release.rollback.RollbackPlan;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RollbackTest {

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private EmbeddedWebhook webhook;
    private ReleaseFixture fixture;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start();
        webhook = EmbeddedWebhook.start();
        fixture = new ReleaseFixture(folder, registry.host(), webhook.url("/acme"));
    }

    @AfterEach
    void stop() {
        fixture.close();
        webhook.close();
        registry.close();
    }

    private void deploy(String tag, String content) {
        TestImage.create().file("index.html", 0, 0, 0644, content).pushTo(registry.host(), "acme/shop-frontend", tag);
        fixture.now = fixture.now.plus(Duration.ofDays(1));
        fixture.deploy(fixture.plan(tag));
    }

    private RollbackPlan plan(String to) {
        return RollbackPlan.of(fixture.settings(), ReleaseFixture.build("git", "topic"), Optional.ofNullable(to));
    }

    private void rollBack(String to) {
        RollbackPlan plan = plan(to);
        RollbackPlan.Way way = plan.find(fixture.ledger);
        RecordedImages.Ready images = new RecordedImages(
                        fixture.registries,
                        fixture.registries.pusher(folder.resolve("cache")),
                        folder.resolve("rollback"),
                        false,
                        fixture.imageLog())
                .find(way.to().id(), way.to().images(), Optional.empty());
        DeployPlan deployment = plan.deployment(way.to(), images.images());
        images.push();
        fixture.now = fixture.now.plusSeconds(1);
        Recorder recorder = fixture.recorder();
        recorder.run(
                deployment,
                Action.ROLLBACK,
                way.to(),
                recorder.replaced(deployment),
                fixture.webhook(),
                ReleaseFixture.token(),
                new SilentDeployLog());
    }

    private String sent() {
        return webhook.requests().get(webhook.requests().size() - 1).body();
    }

    private List<DeploymentRecord> records() {
        return fixture.ledger.records(DeploymentRecord.ONLY, 20);
    }

    @Test
    void theRecordBeforeTheLastIsSentAgain() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        rollBack(null);
        assertThat(sent()).isEqualTo(first);
        assertThat(records().get(0).action()).isEqualTo(Action.ROLLBACK);
        assertThat(records().get(0).repeats()).isEqualTo(records().get(2).id());
        assertThat(records().get(0).images()).isEqualTo(records().get(2).images());
    }

    @Test
    void aSecondRollbackGoesFurtherBack() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        String second = sent();
        deploy("main-3", "3");
        List<RecordId> deployed = records().stream().map(DeploymentRecord::id).toList();
        rollBack(null);
        assertThat(sent()).isEqualTo(second);

        RecordId rollback = records().get(0).id();
        assertThat(plan(null).find(fixture.ledger).lines(fixture.now))
                .containsExactly(
                        "Rolling back to the record " + deployed.get(2) + ", main-1, of 2 days ago.",
                        "  it replaces the record " + rollback
                                + ", main-2, of less than a minute ago, which went back to " + deployed.get(1));
        rollBack(null);
        assertThat(sent()).isEqualTo(first);
        assertThatThrownBy(() -> rollBack(null))
                .isInstanceOf(OlympeException.class)
                .hasMessageEndingWith(
                        "so there is nothing to go back to. See 'mvn olympe:history', and name the record to"
                                + " deploy with 'rollbackTo' (olympe.rollback.to).");
    }

    @Test
    void aRollbackUndoneByNameLeadsBackToTheRecordBefore() {
        deploy("main-1", "1");
        deploy("main-2", "2");
        String second = sent();
        deploy("main-3", "3");
        String third = sent();
        RecordId undone = records().get(0).id();
        rollBack(null);
        rollBack(undone.toString());
        assertThat(sent()).isEqualTo(third);
        rollBack(null);
        assertThat(sent()).isEqualTo(second);
    }

    @Test
    void laterRollbacksSkipUndoneDeployments() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        String second = sent();
        deploy("main-3", "3");
        rollBack(null);
        deploy("main-4", "4");
        rollBack(null);
        assertThat(sent()).isEqualTo(second);
        assertThat(records().get(0).repeats()).isEqualTo(records().get(2).id()); // The first rollback.
        rollBack(null);
        assertThat(sent()).isEqualTo(first);
    }

    /** Like the job "deploy code as data" after a rollback. */
    @Test
    void redeployingTheSameImagesAfterARollbackKeepsUndoneDeploymentsSkipped() {
        DeploymentRecord first = append(1, "1");
        DeploymentRecord second = append(2, "2");
        append(3, "3");
        fixture.ledger.append(Records.rollback(4, second));
        append(5, "2", Records.codeAsData("registry.example.com/shop-codeasdata:2"));

        assertThat(plan(null).find(fixture.ledger).to().id()).isEqualTo(first.id());
    }

    /** Like a job of a CI that is run again. */
    @Test
    void aDeploymentThatRepeatsTheLastOneIsSkipped() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        deploy("main-2", "2");
        rollBack(null);
        assertThat(sent()).isEqualTo(first);
    }

    /** Like the job "deploy code as data" of the documented pipelines, which runs after the one that deploys. */
    @Test
    void aDeploymentThatOnlyAddsCodeAsDataIsSkipped() {
        DeploymentRecord old = append(1, "old");
        append(2, "new");
        DeploymentRecord last = append(3, "new", Records.codeAsData("registry.example.com/shop-codeasdata:new"));

        RollbackPlan.Way way = plan(null).find(fixture.ledger);

        assertThat(way.from()).map(DeploymentRecord::id).hasValue(last.id());
        assertThat(way.to().id()).isEqualTo(old.id());
    }

    @Test
    void unchangedCodeAsDataIsNotDeployedAgain() {
        DeploymentRecord old = append(1, "old");
        append(2, "new", Records.codeAsData("registry.example.com/shop-codeasdata:new"));
        append(3, "new");

        assertThat(plan(null).find(fixture.ledger).to().id()).isEqualTo(old.id());
    }

    private DeploymentRecord append(int second, String tag, DeployedImage... more) {
        List<DeployedImage> images = new ArrayList<>(List.of(
                Records.frontend("registry.example.com/shop-frontend:" + tag),
                Records.backend("backend", "registry.example.com/shop-backend:" + tag)));
        images.addAll(List.of(more));
        DeploymentRecord record = Records.accepted(DeploymentRecord.ONLY, second, images.toArray(DeployedImage[]::new));
        fixture.ledger.append(record);
        return record;
    }

    @Test
    void anImageWhoseTagHasMovedGetsItsOwnTag() throws Exception {
        deploy("main", "1");
        String digest = registry.digest("acme/shop-frontend", "main");
        deploy("main", "2");
        rollBack(null);
        String reference = Json.parse(sent()).path("frontend").path("image").asText();
        assertThat(reference).isNotEqualTo(fixture.image("main")).startsWith(fixture.image("main-"));
        assertThat(registry.digest("acme/shop-frontend", reference.substring(reference.lastIndexOf(':') + 1)))
                .isEqualTo(digest);
    }

    @Test
    void anyRecordCanBeNamed() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        deploy("main-3", "3");
        RecordId id = records().get(2).id();
        assertThat(plan(id.toString()).find(fixture.ledger).lines(fixture.now))
                .containsExactly(
                        "Rolling back to the record " + id + ", main-1, of 2 days ago.",
                        "  it replaces the record " + records().get(0).id() + ", main-3, of less than a minute ago",
                        "  it also goes back over the record "
                                + records().get(1).id() + ", main-2, of 1 day ago");
        rollBack(id.toString());
        assertThat(sent()).isEqualTo(first);
    }

    @Test
    void readsNoRecordOlderThanTheOneToGoBackTo() {
        for (int i = 1; i <= 5; i++) {
            fixture.ledger.append(
                    Records.accepted(DeploymentRecord.ONLY, i, Records.frontend("registry.example.com/shop:" + i)));
        }
        fixture.ledger.append(Records.mark(DeploymentRecord.ONLY, 6).ended(DeploymentRecord.Outcome.REJECTED, null));
        List<DeploymentRecord> records = records();
        registry.forgetRequests();
        RollbackPlan.Way way = plan(null).find(fixture.ledger);
        assertThat(way.from()).map(DeploymentRecord::id).hasValue(records.get(1).id());
        assertThat(way.to().id()).isEqualTo(records.get(2).id());
        assertThat(way.between()).isEmpty();
        assertThat(registry.requests("manifests/default-")).hasSize(3);

        registry.forgetRequests();
        RecordId named = records.get(3).id();
        assertThat(plan(named.toString()).find(fixture.ledger).between())
                .extracting(DeploymentRecord::id)
                .containsExactly(records.get(2).id());
        assertThat(registry.requests(
                        "manifests/default-.*-" + records.get(4).id().rest()))
                .isEmpty();
    }

    @Test
    void aSecretOfThePayloadComesFromTheConfiguration() {
        fixture.payload = Optional.of("{\"more\": {\"key\": \"the-secret-key\"}}");
        fixture.mask.add(Secret.of("the-secret-key"));
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        rollBack(null);
        assertThat(sent()).isEqualTo(first).contains("the-secret-key");
        fixture.payload = Optional.empty();
        String named = records().get(1).id().toString();
        assertThatThrownBy(() -> rollBack(named))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not have the secret in the key 'more.key' of its payload");
    }

    @Test
    void withoutAnEarlierRecordThereIsNothingToGoBackTo() {
        deploy("main-1", "1");
        assertThatThrownBy(() -> rollBack(null))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("has no earlier deployment to 'default' of other images than those that run,"
                        + " so there is nothing to go back to");
    }

    @Test
    void readsNoMoreRecordsThanOtherGoals() {
        for (int i = 0; i <= RunningImages.MOST; i++) {
            append(i, "same");
        }
        registry.forgetRequests();

        assertThatThrownBy(() -> plan(null).find(fixture.ledger))
                .hasMessageContaining("so there is nothing to go back to");
        assertThat(registry.requests("manifests/default-")).hasSize(RunningImages.MOST);
    }

    @Test
    void withoutAnAnswerToTheLastDeploymentTheRecordMustBeNamed() {
        deploy("main-1", "1");
        String first = sent();
        deploy("main-2", "2");
        DeploymentRecord unknown = Records.mark(DeploymentRecord.ONLY, 3 * 86_400);
        fixture.ledger.append(unknown);
        fixture.ledger.append(Records.mark(DeploymentRecord.ONLY, 4 * 86_400)
                .ended(DeploymentRecord.Outcome.REJECTED, new DeploymentRecord.Answer(401, null)));
        assertThatThrownBy(() -> rollBack(null))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "It is not known whether the last deployment to 'default' (record '" + unknown.id()
                                + "') was accepted. Look at the instance's deployments, and name the record to go back to with 'rollbackTo' (olympe.rollback.to).");
        fixture.now = fixture.now.plus(Duration.ofDays(5));
        rollBack(records().get(3).id().toString());
        assertThat(sent()).isEqualTo(first);
    }

    @Test
    void aRecordOfAnotherEnvironmentIsRefused() {
        DeploymentRecord other = Records.accepted("codev", 0);
        fixture.ledger.append(other);
        assertThatThrownBy(() -> rollBack(other.id().toString()))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "The record '" + other.id() + "' is one of the environment 'codev', not of 'default'.");
    }

    @Test
    void aPersonRollsBackFromAnyBranchAndACiFromItsDeployBranches() {
        assertThat(plan(null).isEmpty()).isFalse();
        RollbackPlan inCi =
                RollbackPlan.of(fixture.settings(), ReleaseFixture.build("GitLab CI", "topic"), Optional.empty());
        assertThat(inCi.isEmpty()).isTrue();
        assertThat(inCi.describe().get(0)).startsWith("Skipping rollback: the branch 'topic' does not match");
    }

    @Test
    void aPromotionFromAnotherEnvironmentUndoesNothing() {
        DeploymentRecord elsewhere =
                Records.accepted("codev", 2, Records.frontend("registry.example.com/shop-frontend:promoted"));
        append(1, "1");
        DeploymentRecord before = append(3, "3");
        DeploymentRecord promotion = Records.repeating(Action.PROMOTE, DeploymentRecord.ONLY, 4, elsewhere);
        fixture.ledger.append(promotion);

        RollbackPlan.Way way = plan(null).find(fixture.ledger);

        assertThat(way.to().id()).isEqualTo(before.id());
        assertThat(way.over()).extracting(DeploymentRecord::id).containsExactly(promotion.id());
    }

    /** Two environments, of which {@code -Dolympe.environment} chooses one. */
    private RollbackPlan planOf(String environment) {
        DeploySettings one = fixture.settings();
        DeploySettings settings = new DeploySettings(
                List.of(target("codev"), target("production")),
                new DeployBranches(
                        BranchPattern.of("deployBranches", "main"),
                        List.of(
                                new DeployBranches.Environment("codev", Optional.empty()),
                                new DeployBranches.Environment("production", Optional.empty())),
                        Optional.of(environment)),
                one.payload(),
                List.of(),
                false,
                one.timeout(),
                false,
                true,
                false,
                folder,
                folder.resolve("deploy"));
        return RollbackPlan.of(settings, ReleaseFixture.build("GitLab CI", "main"), Optional.empty());
    }

    private DeployTarget target(String environment) {
        return new DeployTarget(
                Optional.of(environment),
                Optional.of(webhook.url("/" + environment)),
                Optional.empty(),
                Optional.of(new DeployTarget.Payload("payload", "{\"more\": {\"key\": \"of " + environment + "\"}}")));
    }

    @Test
    void theSecretsAreThoseOfTheEnvironmentThatIsRolledBack() {
        fixture.payload = Optional.of("{\"more\": {\"key\": \"the-secret-key\"}}");
        fixture.mask.add(Secret.of("the-secret-key"));
        deploy("main-1", "1");
        DeploymentRecord record = records().get(0);

        assertThat(planOf("production").describe())
                .containsExactly("Rolling back the environment 'production', as the environment 'production' was chosen"
                        + " by olympe.environment.");
        assertThat(planOf("production")
                        .deployment(record, record.images())
                        .payload()
                        .json()
                        .path("more")
                        .path("key")
                        .asText())
                .isEqualTo("of production");
    }

    @Test
    void allImagesOfARecordAreDeployedAgain() {
        List<DeployedImage> images = List.of(
                Records.codeAsData("registry.example.com/shop-data:1"),
                Records.backend("orders", "registry.example.com/shop-orders:1"),
                Records.frontend("registry.example.com/shop-frontend:1"),
                Records.backend("mail", "registry.example.com/shop-mail:1"));
        DeploymentRecord record = Records.accepted(DeploymentRecord.ONLY, 1, images.toArray(DeployedImage[]::new));

        assertThat(plan(null).deployment(record, images).images())
                .extracting(DeployImage::name)
                .containsExactly("frontend", "orders", "mail", "codeasdata");
    }

    @Test
    void aMergeRequestIsNeverRolledBack() {
        BuildContext build = new BuildContext(
                "GitLab CI",
                Optional.of("main"),
                Optional.of("1a2b3c4d".repeat(5)),
                Optional.empty(),
                Optional.of("17"),
                Optional.of("merge request !12"));
        RollbackPlan plan = RollbackPlan.of(fixture.settings(), build, Optional.empty());
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.describe())
                .containsExactly(
                        "Skipping rollback: this build is for merge request !12, and those are never pushed or deployed.");
    }

    @Test
    void anotherVersionOfDrawIsAWarning() {
        deploy("main-1", "1");
        deploy("main-2", "2");
        assertThat(plan(null).find(fixture.ledger).warnings()).isEmpty();

        fixture.draw = "2.10.0";
        deploy("main-3", "3");

        assertThat(plan(null).find(fixture.ledger).warnings())
                .containsExactly("The record '" + records().get(1).id()
                        + "' was built with Draw 2.9.1, and what runs now with Draw 2.10.0. Check that the environment can run"
                        + " the older one.");
    }
}
