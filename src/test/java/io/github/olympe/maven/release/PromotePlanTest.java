package io.github.olympe.maven.release;

import static io.github.olympe.maven.release.Records.accepted;
import static io.github.olympe.maven.release.Records.backend;
import static io.github.olympe.maven.release.Records.codeAsData;
import static io.github.olympe.maven.release.Records.frontend;
import static io.github.olympe.maven.release.Records.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.release.promote.PromotePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PromotePlanTest {

    private static final DeployedImage IMAGE = frontend("registry.example.com/acme/shop-frontend:main-1");

    @TempDir
    Path folder;

    private LedgerFixture fixture;
    private Ledger ledger;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture(folder);
        ledger = fixture.ledger;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static PromotePlan plan(String from, String to, boolean force, Optional<String> mergeRequest) {
        return PromotePlan.of(
                Optional.ofNullable(from),
                force,
                new DeployBranches(
                        BranchPattern.of("deployBranches", "main"),
                        List.of(
                                new DeployBranches.Environment("codev", Optional.empty()),
                                new DeployBranches.Environment("production", Optional.empty())),
                        Optional.ofNullable(to)),
                new BuildContext(
                        "GitLab CI",
                        Optional.of("feature/x"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        mergeRequest));
    }

    private DeploymentRecord promoted(boolean force) {
        return found(force).record();
    }

    private PromotePlan.Promoted found(boolean force) {
        return plan("codev", "production", force, Optional.empty()).find(ledger);
    }

    @Test
    void promotesFromAnyBranchButNotFromAMergeRequest() {
        PromotePlan plan = plan("codev", "production", false, Optional.empty());
        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.to()).isEqualTo("production");
        assertThat(plan.describe()).containsExactly("Promoting what the environment 'codev' runs to 'production'.");

        PromotePlan skipped = plan("codev", "production", false, Optional.of("the merge request !7"));
        assertThat(skipped.isEmpty()).isTrue();
        assertThat(skipped.describe())
                .containsExactly(
                        "Skipping promote: this build is for the merge request !7, and those are never pushed or deployed.");
    }

    @Test
    void aMissingOrInvalidParameterIsAnError() {
        assertError(
                null,
                "production",
                "Missing parameter 'promoteFrom' (olympe.promote.from). Set it to the environment whose"
                        + " deployment you want to promote.");
        assertError(
                "codev",
                null,
                "Missing parameter 'environment' (olympe.environment). Set it to the environment that you want"
                        + " to promote to.");
        assertError(
                "test",
                "production",
                "Invalid value for 'promoteFrom' (olympe.promote.from): 'test'. Use one of the"
                        + " 'environments': codev, production.");
        assertError(
                "codev",
                "codev",
                "Invalid value for 'promoteFrom' (olympe.promote.from): 'codev'. It is the environment that"
                        + " you want to promote to. Name another one.");
        assertError(
                "codev",
                "test",
                "Invalid value for 'environment' (olympe.environment): 'test'. It is not one of the 'environments'. Use"
                        + " 'codev' or 'production'.");
    }

    private static void assertError(String from, String to, String message) {
        assertThatThrownBy(() -> plan(from, to, false, Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessage(message);
    }

    @Test
    void promotesWhatTheEnvironmentRuns() {
        ledger.append(accepted("codev", 0, IMAGE));
        DeploymentRecord current = accepted("codev", 10, IMAGE);
        ledger.append(current);
        ledger.append(mark("codev", 20, IMAGE).ended(DeploymentRecord.Outcome.REJECTED, null));
        ledger.append(accepted("production", 30, IMAGE));

        assertThat(promoted(false).id()).isEqualTo(current.id());
        assertThat(found(false).line()).isEqualTo("It runs the record " + current.id() + ", main-1.");
    }

    @Test
    void findsTheRunningDeploymentBehindAnyNumberOfRejectedOnes() {
        DeploymentRecord current = accepted("codev", 0, IMAGE);
        ledger.append(current);
        for (int i = 1; i <= 25; i++) {
            ledger.append(mark("codev", i, IMAGE).ended(DeploymentRecord.Outcome.REJECTED, null));
        }

        assertThat(promoted(false).id()).isEqualTo(current.id());
    }

    @Test
    void aBackendMissingInTheLastDeploymentIsPromotedWithTheRest() {
        DeployedImage orders = backend("orders", "registry.example.com/acme/shop-orders:1");
        DeployedImage mail = backend("mail", "registry.example.com/acme/shop-mail:1");
        DeployedImage data = codeAsData("registry.example.com/acme/shop-codeasdata:1");
        DeployedImage newOrders = backend("orders", "registry.example.com/acme/shop-orders:2");
        ledger.append(accepted("codev", 0, IMAGE, orders, mail, data));
        ledger.append(accepted("codev", 10, newOrders));
        PromotePlan plan = plan("codev", "production", false, Optional.empty());

        assertThat(plan.running(promoted(false), ledger, false)).containsExactlyInAnyOrder(IMAGE, newOrders, mail);
        assertThat(plan.running(promoted(false), ledger, true)).containsExactlyInAnyOrder(IMAGE, newOrders, mail, data);
    }

    @Test
    void findsTheRunningDeploymentBehindAnyNumberOfFailedOnes() {
        DeploymentRecord current = accepted("codev", 0, IMAGE);
        ledger.append(current);
        for (int i = 1; i <= RunningImages.MOST; i++) {
            ledger.append(mark("codev", i, IMAGE).ended(DeploymentRecord.Outcome.REJECTED, null));
        }
        PromotePlan plan = plan("codev", "production", false, Optional.empty());

        assertThat(plan.running(promoted(false), ledger, true)).containsExactly(IMAGE);
    }

    @Test
    void anEnvironmentWithoutADeploymentIsAnError() {
        ledger.append(accepted("production", 0, IMAGE));

        assertThatThrownBy(() -> promoted(true))
                .hasMessage("The ledger '" + fixture.registry.host()
                        + "/acme/shop-deployments' has no deployment to 'codev', so there is"
                        + " nothing to promote. Deploy to it first, or name another environment by 'promoteFrom'.");
    }

    @Test
    void aDeploymentThatMayHaveBeenAcceptedIsPromotedOnlyByForce() {
        DeploymentRecord before = accepted("codev", 0, IMAGE);
        ledger.append(before);
        DeploymentRecord unknown = mark("codev", 10, IMAGE);
        ledger.append(unknown);

        assertThatThrownBy(() -> promoted(false))
                .hasMessage(
                        "It is not known whether the last deployment to 'codev' (record '" + unknown.id()
                                + "') was accepted."
                                + " Deploy there again, or set 'promoteForce' (olympe.promote.force) to promote the one before.");
        assertThat(promoted(true).id()).isEqualTo(before.id());
        assertThat(found(true).line())
                .isEqualTo("The last one known to be accepted is the record " + before.id() + ", main-1.");
    }

    @Test
    void withoutADeploymentKnownToBeAcceptedThereIsNothingToForce() {
        ledger.append(mark("codev", 0, IMAGE));

        assertThatThrownBy(() -> promoted(true))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("has no deployment to 'codev', so there is nothing to promote.");
    }

    @Test
    void aDeploymentFoundNotToRunIsPromotedOnlyByForce() {
        DeploymentRecord current = accepted("codev", 0, IMAGE);
        ledger.append(current);
        ledger.append(current.id(), new Awaited(false, "2026-11-26T12:10:00Z", "It answers with an error."));

        assertThatThrownBy(() -> promoted(false))
                .hasMessage(
                        "What was deployed to 'codev' last (record '" + current.id()
                                + "') was found not to run: It answers"
                                + " with an error. Deploy there again, or set 'promoteForce' (olympe.promote.force) to promote it anyway.");
        assertThat(promoted(true).id()).isEqualTo(current.id());

        ledger.append(current.id(), new Awaited(true, "2026-11-26T12:20:00Z", "It runs."));
        assertThat(promoted(false).id()).isEqualTo(current.id());
    }
}
