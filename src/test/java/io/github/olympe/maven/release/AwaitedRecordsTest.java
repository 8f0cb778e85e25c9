package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.await.AwaitedRecords;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AwaitedRecordsTest {

    private static final String REPOSITORY = "registry.example.com/acme/shop-frontend:";

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

    @Test
    void theOldFrontendComesFromTheNewestEarlierRecordWithOne() {
        DeploymentRecord before = Records.accepted("production", 0, Records.frontend(REPOSITORY + "main-1"));
        ledger.append(before);
        ledger.append(Records.accepted("production", 1)); // Without a frontend.
        for (int second = 2; second < 13; second++) {
            ledger.append(Records.mark("production", second).ended(DeploymentRecord.Outcome.REJECTED, null));
        }
        DeploymentRecord current = Records.accepted("production", 13, Records.frontend(REPOSITORY + "main-2"));
        ledger.append(current);

        AwaitedRecords records = AwaitedRecords.find(ledger, "production", REPOSITORY + "main-2");

        assertThat(records.current().map(DeploymentRecord::id)).contains(current.id());
        assertThat(records.before().map(DeploymentRecord::id)).contains(before.id());
        assertThat(records.frontendBefore().map(ImageReference::toString))
                .hasValueSatisfying(text -> assertThat(text).startsWith(REPOSITORY + "main-1"));
        assertThat(records.nameOfBefore()).isEqualTo("the record '" + before.id() + "'");
    }

    @Test
    void aFrontendWhoseDigestIsNotKnownCannotBeComparedWith() {
        DeploymentRecord before = Records.accepted("production", 0, Records.frontend(REPOSITORY + "main-1"));
        ledger.append(before);
        ledger.append(Records.accepted(
                "production",
                1,
                new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", REPOSITORY + "main-2", null)));
        ledger.append(Records.accepted("production", 2, Records.frontend(REPOSITORY + "main-3")));

        assertThat(AwaitedRecords.find(ledger, "production", REPOSITORY + "main-3")
                        .before()
                        .map(DeploymentRecord::id))
                .contains(before.id());
    }

    @Test
    void theRecordOfAnotherFrontendIsNotThatOfTheAwaitedOne() {
        ledger.append(Records.accepted("production", 0, Records.frontend(REPOSITORY + "main-1")));
        AwaitedRecords other = AwaitedRecords.find(ledger, "production", REPOSITORY + "main-2");
        assertThat(other.current()).isEmpty();
        assertThat(other.before()).isEmpty();
        assertThat(other.frontendBefore()).isEmpty();
        assertThat(other.nameOfBefore()).isEqualTo("the frontend before");

        AwaitedRecords only = AwaitedRecords.find(ledger, "production", REPOSITORY + "main-1");
        assertThat(only.current()).isPresent();
        assertThat(only.before()).isEmpty();
    }
}
