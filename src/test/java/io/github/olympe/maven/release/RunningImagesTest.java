package io.github.olympe.maven.release;

import static io.github.olympe.maven.release.Records.accepted;
import static io.github.olympe.maven.release.Records.backend;
import static io.github.olympe.maven.release.Records.codeAsData;
import static io.github.olympe.maven.release.Records.frontend;
import static io.github.olympe.maven.release.Records.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.olympe.maven.registry.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningImagesTest {

    private static final String REGISTRY = "registry.example.com/acme/";

    @TempDir
    Path folder;

    private final DeployedImage web = frontend(REGISTRY + "shop-frontend:1");
    private final DeployedImage newWeb = frontend(REGISTRY + "shop-frontend:2");
    private final DeployedImage orders = backend("orders", REGISTRY + "shop-orders:1");
    private final DeployedImage newOrders = backend("orders", REGISTRY + "shop-orders:2");
    private final DeployedImage mail = backend("mail", REGISTRY + "shop-mail:1");

    private static RunningImages after(DeploymentRecord... newestFirst) {
        return RunningImages.of(List.of(newestFirst));
    }

    @Test
    void aBackendMissingInTheLastDeploymentStillRuns() {
        assertThat(after(accepted("test", 2, newWeb, newOrders), accepted("test", 1, web, orders, mail))
                        .byName())
                .containsOnlyKeys("frontend", "orders", "mail")
                .containsEntry("frontend", newWeb)
                .containsEntry("orders", newOrders)
                .containsEntry("mail", mail);
    }

    @Test
    void deploymentsThatWereNotAcceptedDoNotCount() {
        DeploymentRecord unknown = mark("test", 3, newWeb);
        DeploymentRecord refused = mark("test", 2, newWeb).ended(DeploymentRecord.Outcome.REJECTED, null);

        assertThat(after(unknown, refused, accepted("test", 1, web)).byName()).containsExactly(entry("frontend", web));
    }

    @Test
    void anImageIsReplacedByOneWithItsNameInAnotherRegistry() {
        DeployedImage elsewhere = backend("orders", "other.example.com/shop-orders:2");

        assertThat(after(accepted("test", 2, elsewhere), accepted("test", 1, orders))
                        .byName())
                .containsExactly(entry("orders", elsewhere));
    }

    @Test
    void anImageIsReplacedByOneFromItsRepositoryWithAnotherName() {
        DeployedImage ofVariable = backend("shop-orders", REGISTRY + "shop-orders:2");

        assertThat(after(accepted("test", 2, ofVariable), accepted("test", 1, orders))
                        .byName())
                .containsExactly(entry("shop-orders", ofVariable));
    }

    /** Like a registry with one repository for a project, in which tags distinguish the images. */
    @Test
    void severalImagesOfOneRepositoryRunTogether() {
        DeployedImage oneWeb = frontend(REGISTRY + "shop:web-1");
        DeployedImage newOneWeb = frontend(REGISTRY + "shop:web-2");
        DeployedImage oneOrders = backend("orders", REGISTRY + "shop:orders-1");
        DeployedImage newOneOrders = backend("orders", REGISTRY + "shop:orders-2");
        DeployedImage oneMail = backend("mail", REGISTRY + "shop:mail-1");

        assertThat(after(accepted("test", 2, newOneOrders), accepted("test", 1, oneWeb, oneOrders, oneMail))
                        .byName()
                        .values())
                .containsExactlyInAnyOrder(oneWeb, newOneOrders, oneMail);
        assertThat(after(accepted("test", 2, newOneWeb), accepted("test", 1, oneOrders))
                        .byName()
                        .values())
                .containsExactlyInAnyOrder(newOneWeb, oneOrders);
    }

    @Test
    void allImagesWithTheSameNameInARecordAreKept() {
        List<String> references = List.of(
                REGISTRY + "shop-orders:1",
                REGISTRY + "shop:1",
                "other.example.com/shop:1",
                REGISTRY + "web:1",
                REGISTRY + "web:2");
        DeployedImage[] images = references.stream()
                .map(reference -> backend("backend", reference))
                .toArray(DeployedImage[]::new);

        assertThat(after(accepted("test", 1, images)).byName())
                .containsOnlyKeys(
                        "shop-orders",
                        REGISTRY + "shop",
                        "other.example.com/shop",
                        REGISTRY + "web:1",
                        REGISTRY + "web:2");
    }

    @Test
    void theSameImagesUnderOtherTagsAlreadyRun() {
        DeployedImage sameWeb = new DeployedImage(
                DeployedImage.Kind.FRONTEND, "frontend", REGISTRY + "shop-frontend:copy", web.digest());
        DeploymentRecord first = accepted("test", 1, web, orders);
        RunningImages running = after(accepted("test", 2, sameWeb), first);

        assertThat(running.hasAll(first)).isTrue();
        assertThat(running.hasAll(accepted("test", 0, newWeb, orders))).isFalse();
        assertThat(running.hasAll(accepted("test", 0, web, mail))).isFalse();
    }

    @Test
    void anImageDoesNotRunOnlyBecauseAnotherHasItsContent() {
        Digest same = Digest.of("same");
        DeployedImage one = new DeployedImage(DeployedImage.Kind.BACKEND, "orders", orders.reference(), same);
        DeployedImage other = new DeployedImage(DeployedImage.Kind.BACKEND, "mail", mail.reference(), same);
        DeploymentRecord both = accepted("test", 1, one, other);

        assertThat(after(accepted("test", 2, newOrders), both).hasAll(both)).isFalse();
    }

    private void withLedger(Consumer<Ledger> test) {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            test.accept(fixture.ledger);
        }
    }

    @Test
    void theImagesOfAnEnvironmentAreThoseOfItsRecords() {
        withLedger(ledger -> {
            ledger.append(accepted("test", 1, web, orders));
            ledger.append(accepted("test", 2, newWeb));
            ledger.append(accepted("production", 3, mail));

            assertThat(RunningImages.read(ledger, "test").byName())
                    .containsOnly(entry("frontend", newWeb), entry("orders", orders));
        });
    }

    @Test
    void laterDeploymentsDoNotCountForAnEarlierOne() {
        withLedger(ledger -> {
            DeploymentRecord second = accepted("test", 2, newWeb);
            ledger.append(accepted("test", 1, web, orders));
            ledger.append(second);
            ledger.append(accepted("test", 3, mail));

            assertThat(RunningImages.since(second, ledger).byName())
                    .containsOnly(entry("frontend", newWeb), entry("orders", orders));
        });
    }

    @Test
    void theCodeAsDataIsThatOfTheNewestDeploymentWithSome() {
        DeployedImage data = codeAsData(REGISTRY + "shop-data:1");
        withLedger(ledger -> {
            assertThat(RunningImages.codeAsData(ledger, "test")).isEmpty();
            ledger.append(accepted("test", 1, web, codeAsData(REGISTRY + "shop-data:0")));
            ledger.append(accepted("test", 2, web, data));
            ledger.append(mark("test", 3, codeAsData(REGISTRY + "shop-data:2"))
                    .ended(DeploymentRecord.Outcome.REJECTED, null));
            ledger.append(accepted("test", 4, newWeb));
            assertThat(RunningImages.codeAsData(ledger, "test")).contains(data);
            assertThat(RunningImages.codeAsData(ledger, "production")).isEmpty();

            ledger.append(mark("test", 5, codeAsData(REGISTRY + "shop-data:3")));
            assertThat(RunningImages.codeAsData(ledger, "test"))
                    .as("it is not known whether the last one was accepted")
                    .isEmpty();
        });
    }

    @Test
    void theCodeAsDataOfVeryOldDeploymentsIsNotLookedFor() {
        withLedger(ledger -> {
            ledger.append(accepted("test", 0, codeAsData(REGISTRY + "shop-data:1")));
            for (int i = 1; i <= RunningImages.MOST; i++) {
                ledger.append(accepted("test", i, web));
            }

            assertThat(RunningImages.codeAsData(ledger, "test")).isEmpty();
        });
    }

    @Test
    void withoutDigestsReferencesAreCompared() {
        DeployedImage odd = new DeployedImage(
                DeployedImage.Kind.BACKEND, "orders", "r.example.com/a@sha512:" + "0".repeat(128), null);
        DeploymentRecord record = accepted("test", 1, odd);

        assertThat(after(record).hasAll(record)).isTrue();
        assertThat(after(accepted("test", 2, newOrders), record).hasAll(record)).isFalse();
    }
}
