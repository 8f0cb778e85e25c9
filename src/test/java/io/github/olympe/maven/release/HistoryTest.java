package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryTest {

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private ReleaseFixture fixture;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start();
        fixture = new ReleaseFixture(folder, registry.host(), "http://127.0.0.1:9/acme");
    }

    @AfterEach
    void stop() {
        fixture.close();
        registry.close();
    }

    private DeploymentRecord add(DeploymentRecord record) {
        fixture.ledger.append(record);
        return record;
    }

    @Test
    void showsATableWithTheNewestFirst() {
        DeploymentRecord first = add(Records.accepted("codev", 0, Records.frontend("r.io/acme/shop-frontend:main-1")));
        DeploymentRecord second =
                add(Records.accepted("production", 60, Records.frontend("r.io/acme/shop-frontend:main-20")));
        DeploymentRecord third = add(Records.mark("production", 120));
        DeploymentRecord fourth =
                add(Records.mark("codev", 180).ended(Outcome.REJECTED, new DeploymentRecord.Answer(401, "")));

        assertThat(History.read(fixture.ledger, List.of("codev", "production"), 20)
                        .lines())
                .containsExactly(
                        "  record                              time (UTC)        environment  tag       commit",
                        "  " + fourth.id() + "       2026-11-26 12:03  codev        no image  11111111  rejected (401)",
                        "  " + third.id()
                                + "  2026-11-26 12:02  production   no image  11111111  unknown whether it was accepted",
                        "> " + second.id() + "  2026-11-26 12:01  production   main-20   11111111",
                        "> " + first.id() + "       2026-11-26 12:00  codev        main-1    11111111");
    }

    @Test
    void saysWhatADeploymentRepeatsAndWhatAwaitFound() {
        DeploymentRecord first = add(Records.accepted("production", 0));
        DeploymentRecord rollback = add(Records.rollback(60, first));
        DeploymentRecord promotion = add(Records.repeating(DeploymentRecord.Action.PROMOTE, "production", 120, first));
        DeploymentRecord broken = add(Records.accepted("production", 180));
        fixture.ledger.append(broken.id(), new Awaited(false, "2026-11-26T12:10:00Z", "It does not answer."));
        DeploymentRecord running = add(Records.accepted("production", 240));
        fixture.ledger.append(running.id(), new Awaited(true, "2026-11-26T12:10:00Z", "It runs."));
        add(Records.mark("production", 300).ended(Outcome.REJECTED, null));

        assertThat(History.read(fixture.ledger, List.of("production"), 20).lines().stream()
                        .skip(1)
                        .map(line -> line.replaceFirst(".*11111111", "").strip()))
                .containsExactly(
                        "not sent",
                        "",
                        "found not to run: It does not answer.",
                        "promotes " + first.id(),
                        "back to " + first.id(),
                        "");
        assertThat(rollback.id()).isNotEqualTo(promotion.id());
    }

    @Test
    void anOlderRecordRunsIfTheNewestFailed() {
        DeploymentRecord first = add(Records.accepted("production", 0));
        for (int second = 1; second < 4; second++) {
            add(Records.mark("production", second).ended(Outcome.REJECTED, null));
        }
        History history = History.read(fixture.ledger, List.of("production"), 2);
        // Running records are shown in addition to the requested number.
        assertThat(history.records())
                .hasSize(3)
                .last()
                .extracting(DeploymentRecord::id)
                .isEqualTo(first.id());
        assertThat(history.current()).containsExactly(first.id());
    }

    @Test
    void theFileContainsTheRecords() throws Exception {
        DeploymentRecord record = add(Records.accepted("production", 0));
        History.read(fixture.ledger, List.of("production"), 20).write(folder);
        JsonNode json = Json.parse(Files.readString(folder.resolve("history.json")));
        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("records").path(0).path("current").asBoolean()).isTrue();
        assertThat(json.path("records").path(0).path("digest").asText())
                .isEqualTo(
                        registry.digest(ReleaseFixture.REPOSITORY, record.id().toString()));
        assertThat(json.path("records").path(0).path("record").path("id").asText())
                .isEqualTo(record.id().toString());
    }
}
