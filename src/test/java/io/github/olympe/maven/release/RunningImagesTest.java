package io.github.olympe.maven.release;

import static io.github.olympe.maven.release.Records.accepted;
import static io.github.olympe.maven.release.Records.backend;
import static io.github.olympe.maven.release.Records.frontend;
import static io.github.olympe.maven.release.Records.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.olympe.maven.registry.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningImagesTest {

    private static final String REGISTRY = "registry.example.com/acme/";

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

    @Test
    void withoutDigestsReferencesAreCompared() {
        DeployedImage odd = new DeployedImage(
                DeployedImage.Kind.BACKEND, "orders", "r.example.com/a@sha512:" + "0".repeat(128), null);
        DeploymentRecord record = accepted("test", 1, odd);

        assertThat(after(record).hasAll(record)).isTrue();
        assertThat(after(accepted("test", 2, newOrders), record).hasAll(record)).isFalse();
    }
}
