package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryMojoTest {

    @TempDir
    Path folder;

    private DeployedShop shop;

    @BeforeEach
    void start() {
        shop = new DeployedShop(folder);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private List<String> history(String environment, int count) throws Exception {
        GoalFixture<HistoryMojo> fixture = shop.goal(new HistoryMojo(), environment);
        fixture.goal.historyCount = count;
        fixture.goal.execute();
        return fixture.log.lines();
    }

    private JsonNode records() throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve("target/olympe/history.json").toFile())
                .path("records");
    }

    @Test
    void showsWhatWasDeployedAndMarksWhatRuns() throws Exception {
        shop.deploy("codev", shop.frontend("develop-1", "1"));
        shop.deploy("production", shop.frontend("main-1", "1"));
        shop.production.answer(500, "");
        assertThatThrownBy(() -> shop.deploy("production", shop.frontend("main-2", "2")));

        List<String> lines = history(null, 20);

        assertThat(lines.get(0)).matches("  record +time \\(UTC\\) +environment +tag +commit");
        assertThat(lines.subList(1, 4)).anyMatch(line -> line.matches("> production-\\S+ .* main-1"));
        assertThat(lines.subList(1, 4)).anyMatch(line -> line.matches("> codev-\\S+ .* develop-1"));
        assertThat(lines.subList(1, 4))
                .anyMatch(line -> line.matches("  production-\\S+ .* main-2 +unknown whether it was accepted"));
        assertThat(records()).hasSize(3);
        assertThat(records().findValuesAsText("current")).containsExactlyInAnyOrder("true", "true", "false");
    }

    @Test
    void showsOneEnvironmentAndAtMostTheRequestedNumber() throws Exception {
        shop.deploy("codev", shop.frontend("develop-1", "1"));
        shop.deploy("production", shop.frontend("main-1", "1"));
        shop.deploy("production", shop.frontend("main-2", "2"));

        List<String> lines = history("production", 1);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("> production-");
        assertThat(records()).hasSize(1);
    }

    @Test
    void aBrokenRecordIsAWarningOnceInABuild() throws Exception {
        shop.deploy("production", shop.frontend("main-1", "1"));
        shop.deploy("production", shop.frontend("main-2", "2"));
        shop.deploy("production", shop.frontend("main-3", "3"));
        String repository = "acme/shop-deployments";
        String broken = shop.registry.tags(repository).stream()
                .filter(tag -> !tag.endsWith(".sent"))
                .sorted()
                .toList()
                .get(1);
        for (String tag : List.of(broken, broken + ".sent")) {
            shop.registry.layers(repository, tag).forEach(layer -> shop.registry.removeBlob(repository, layer));
        }

        GoalFixture<HistoryMojo> history = shop.goal(new HistoryMojo(), "production");
        history.goal.historyCount = 20;
        history.goal.execute();
        GoalFixture<RollbackMojo> rollback = shop.rollback("production").inBuildOf(history);
        rollback.goal.execute();

        assertThat(history.log.lines().stream()
                        .filter(line -> line.startsWith("WARN "))
                        .toList())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("WARN The entry '" + broken + "' of the ledger '"),
                        line -> assertThat(line).startsWith("WARN The entry '" + broken + ".sent' of the ledger '"));
        assertThat(history.log.lines()).contains("Deployed: success");
    }

    @Test
    void aMissingLedgerHasNoDeployments() throws Exception {
        assertThat(history("codev", 20))
                .containsExactly(
                        "The ledger '" + shop.registry.host() + "/acme/shop-deployments' has no deployment to codev.");
        assertThat(records()).isEmpty();
    }

    @Test
    void theCountIsChecked() {
        assertThatThrownBy(() -> history("codev", 0))
                .hasMessage("Invalid value for 'historyCount' (olympe.history.count): '0'. Use a number from 1.");
    }
}
