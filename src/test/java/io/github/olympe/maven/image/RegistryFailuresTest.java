package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer;
import io.github.olympe.maven.testing.EmbeddedRegistry.Request;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is logged, and how often, if a registry refuses, is unreachable, or never finishes its answer. */
@Timeout(60)
class RegistryFailuresTest {

    private static final String PASSWORD = "not-the-right-one";

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final EmbeddedRegistry bases = EmbeddedRegistry.start();
    private RegistryFixture fixture;

    @BeforeEach
    void fill() {
        TestBaseImages.pushTo(bases.host());
        bases.forgetRequests();
        fixture = new RegistryFixture(folder);
    }

    @AfterEach
    void close() {
        registry.close();
        bases.close();
    }

    private String base() {
        return bases.host() + "/olympeio/backend-base:18-stable";
    }

    private PushRequest request(Registries registries, String name) {
        List<BaseImage> images =
                registries.baseImages(fixture.cache(), false).resolve(RegistryFixture.reference(base()), List.of());
        ImageLayout layout =
                LayoutFixture.of(folder.resolve(name), images, Map.of(name, name.getBytes(StandardCharsets.UTF_8)));
        return new PushRequest(layout, target(name), List.of("1", "main", "latest"));
    }

    private ImageReference target(String name) {
        return ImageReference.ofRepository("registry", registry.host() + "/acme/" + name);
    }

    private void push(String... names) {
        try (Registries registries = fixture.open()) {
            registries
                    .pusher(fixture.cache())
                    .push(List.of(names).stream()
                            .map(name -> request(registries, name))
                            .toList());
        }
    }

    private List<Request> withCredential() {
        return registry.requests().stream()
                .filter(request ->
                        request.headers().getOrDefault("Authorization", "").startsWith("Basic "))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedPasswordIsTriedOnce(boolean token) {
        if (token) {
            registry.requireToken("ci", "right");
        } else {
            registry.requireBasic("ci", "right");
        }
        fixture.server(registry.host(), "ci", PASSWORD);

        assertThatThrownBy(() -> push("shop", "desk", "till"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not allow it with the credentials of server '" + registry.host()
                        + "' of settings.xml (401")
                .hasMessageNotContaining(PASSWORD);

        assertThat(withCredential()).hasSize(1);
        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void aRefusedPushLogsNoOtherWarnings() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(3);
        registry.intercept(request -> {
            if (!request.method().equals("PATCH")) {
                return Optional.empty();
            }
            waiting.countDown();
            boolean first = waiting.getCount() == 0;
            await(first ? waiting : refused);
            return first ? Optional.of(new Answer(403, Map.of(), "no")) : Optional.empty();
        });

        assertThatThrownBy(() -> push("shop", "desk"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("403");
        refused.countDown();

        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anUnreachableRegistryIsTriedThreeTimesForAllImages() {
        String reference = "127.0.0.1:9/acme/base:1";
        try (Registries registries = fixture.open()) {
            BaseImages baseImages = registries.baseImages(fixture.cache(), false);

            IntStream.range(0, 6)
                    .parallel()
                    .forEach(i -> assertThatThrownBy(() -> baseImages.resolve(
                                    RegistryFixture.reference(i % 2 == 0 ? reference : reference + i), List.of()))
                            .isInstanceOf(OlympeException.class)
                            .hasMessageContaining("nothing listens at the registry '127.0.0.1:9'"));
        }

        assertThat(fixture.log)
                .filteredOn(line -> line.contains("trying again"))
                .hasSize(2);
    }

    @Test
    void aCredentialThatWasNotRequestedIsNotReportedAsRefused() {
        registry.intercept(request ->
                request.path().equals("/v2/") ? Optional.empty() : Optional.of(new Answer(403, Map.of(), "no")));
        fixture.server(registry.host(), "ci", PASSWORD);

        assertThatThrownBy(() -> push("shop"))
                .hasMessageContaining("does not allow it without credentials (403")
                .hasMessageContaining("did not ask for those of server '" + registry.host() + "' of settings.xml");
    }

    @Test
    void credentialsAreTriedBeforeAPush() {
        registry.requireToken("ci", "right");
        fixture.server(registry.host(), "ci", PASSWORD);
        try (Registries registries = fixture.open()) {
            assertThatThrownBy(() -> registries.tryCredentials(List.of(target("shop"), target("desk"))))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("The image '" + registry.host() + "/acme/shop' cannot be pushed")
                    .hasMessageContaining("with the credentials of server '" + registry.host() + "' of settings.xml");
        }
        fixture.server(registry.host(), "ci", "right");
        try (Registries registries = fixture.open()) {
            registries.tryCredentials(List.of(target("shop"), target("desk")));
        }

        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
        assertThat(registry.requests("PUT|POST|PATCH")).isEmpty();
    }

    @Test
    void credentialsThatCannotBeTriedAreAWarning() {
        try (Registries registries = fixture.open()) {
            registries.tryCredentials(List.of(ImageReference.ofRepository("registry", "127.0.0.1:9/acme/shop")));
            registries.tryCredentials(List.of(ImageReference.ofRepository("registry", "registry.invalid/acme/shop")));
        }

        assertThat(fixture.log)
                .filteredOn(line -> line.startsWith("WARN"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("The credentials for the registry '127.0.0.1:9' could not be tried")
                                .contains("nothing listens"),
                        line -> assertThat(line)
                                .contains("No credentials for the registry 'registry.invalid' were found in"));
    }

    @Test
    void fetchesNoMoreOfABaseLayerThanItsSize() {
        try (Registries registries = fixture.open()) {
            PushRequest request = request(registries, "shop");
            String digest = bases.layers("olympeio/backend-base", "18-stable").get(0);
            bases.corruptBlob(digest, new byte[50_000_000]);

            assertThatThrownBy(() -> registries.pusher(fixture.cache()).push(List.of(request)))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("the blob is longer than its ");
        }
        assertThat(fixture.cache()).satisfies(cache -> assertThat(size(cache)).isLessThan(1_000_000));
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void aManifestThatIsNotTheAssembledOneIsNotPushed() throws IOException {
        try (Registries registries = fixture.open()) {
            PushRequest request = request(registries, "shop");
            Path manifest =
                    request.layout().blob(request.layout().root().digest()).orElseThrow();
            Files.writeString(manifest, Files.readString(manifest).replace("schemaVersion\":2", "schemaVersion\":3"));

            assertThatThrownBy(() -> registries.pusher(fixture.cache()).push(List.of(request)))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("is damaged); run 'mvn olympe:image' again");
        }
        assertThat(registry.requests("PUT")).isEmpty();
    }

    /** Where a registry begins to send single bytes. */
    private enum Drips {
        HEADERS("HTTP/1.1 200 OK\r\n"),
        CONTENT("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");

        private final String atOnce;

        Drips(String atOnce) {
            this.atOnce = atOnce;
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotWaitForARegistryThatDrips(Drips drips) {
        fixture.timeouts = new HttpTimeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Optional.empty());
        fixture.retries = fixture.retries.withAttempts(2);
        try (LoopbackListener server = LoopbackListener.open()) {
            server.serve(client -> {
                String request = LoopbackListener.head(client.getInputStream());
                OutputStream out = client.getOutputStream();
                if (request.startsWith("GET /v2/ ")) {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                out.write(drips.atOnce.getBytes(StandardCharsets.US_ASCII));
                // Until the client gives up.
                while (true) {
                    Waiting.delay(Duration.ofMillis(50));
                    out.write('x');
                }
            });

            try (Registries registries = fixture.open()) {
                assertThatThrownBy(() -> registries
                                .baseImages(fixture.cache(), false)
                                .resolve(RegistryFixture.reference(server.authority() + "/acme/base:1"), List.of()))
                        .isInstanceOf(OlympeException.class)
                        .hasMessageContaining("still fails after several attempts")
                        .hasMessageMatching("(?s).*(no content|only [0-9]+ bytes?) in 0 seconds.*");
            }
        }
    }
}
