package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Production is rolled back, from a folder without a branch. */
@Timeout(90)
class RollbackMojoTest {

    @TempDir
    Path folder;

    private DeployedShop shop;

    @BeforeEach
    void deployOnce() throws Exception {
        shop = new DeployedShop(folder);
        shop.deploy("production", shop.frontend("main-1", "1"), shop.codeAsData("main-1", "Price"));
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private JsonNode sent(int number) throws Exception {
        return new ObjectMapper()
                .readTree(shop.production.requests().get(number - 1).body());
    }

    @Test
    void showsTheChangesInDrawsTermsAndSendsTheOldPayload() throws Exception {
        shop.deploy("production", shop.frontend("main-2", "2"), shop.codeAsData("main-2", "Net price"));
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");

        fixture.goal.execute();

        assertThat(sent(3)).isEqualTo(sent(1)).isNotEqualTo(sent(2));
        List<String> lines = fixture.log.lines();
        assertThat(lines)
                .containsSubsequence(
                        "Code as data:",
                        "  Renamed brick 'Net price' to 'Price'",
                        "The environment imports 1 file (0 new bricks, 1 changed brick); 0 files unchanged.",
                        "Deployed: success");
        assertThat(folder.resolve("target/olympe/diff/diff.md"))
                .content()
                .contains("Renamed brick 'Net price' to 'Price'");
        assertThat(lines.get(1)).matches("Rolling back to the record production-\\d{14}-[0-9a-f]{8}, main-1, of .*");
    }

    @Test
    void leavesCodeAsDataThatTheRecordDoesNotHave() throws Exception {
        shop.deploy("production", shop.frontend("main-2", "2"));
        shop.deploy("production", shop.frontend("main-3", "3"), shop.codeAsData("main-3", "Net price"));
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");

        fixture.goal.execute();

        assertThat(sent(4).has("codeAsData")).isFalse();
        assertThat(fixture.log.lines()).contains("The code as data stays unchanged: that deployment had none.");
    }

    @Test
    void findsAMissingTokenBeforePushingATag() throws Exception {
        shop.deploy("production", shop.frontend("main-1", "another"));
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");
        fixture.goal.deployServerId = null;

        assertThatThrownBy(fixture.goal::execute).hasMessageContaining("There is no token for the deploy webhook");
        assertThat(shop.registry.tags("acme/shop-frontend")).containsExactly("main-1");
    }

    @Test
    void aDryRunSendsAndRecordsNothing() throws Exception {
        shop.deploy("production", shop.frontend("main-2", "2"), shop.codeAsData("main-2", "Net price"));
        int tags = shop.registry.tags("acme/shop-deployments").size();
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");
        fixture.goal.dryRun = true;

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .contains("  Renamed brick 'Net price' to 'Price'", "Nothing was sent (olympe.dryRun).");
        assertThat(shop.production.requests()).hasSize(2);
        assertThat(shop.registry.tags("acme/shop-deployments")).hasSize(tags);
    }

    @Test
    void findsAMissingImageBeforeSendingAnything() throws Exception {
        shop.deploy("production", shop.frontend("main-2", "2"));
        shop.registry.removeManifest("acme/shop-frontend", "main-1");

        assertThatThrownBy(shop.rollback("production").goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("is not in its registry any more, so it cannot be deployed again");
        assertThat(shop.production.requests()).hasSize(2);
    }

    @Test
    void needsARecordToGoBackTo() {
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");
        fixture.goal.rollbackTo = "main-1";

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("'main-1' is not a record");
    }

    @Test
    void isSkippedUntilOneOfSeveralEnvironmentsIsChosen() throws Exception {
        GoalFixture<RollbackMojo> fixture = shop.rollback("production");
        fixture.goal.environment = null;

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .singleElement()
                .asString()
                .startsWith("Skipping rollback: ")
                .endsWith("; choose the environment with -Dolympe.environment=<name>.");
        assertThat(shop.production.requests()).hasSize(1);
    }
}
