package io.github.olympe.maven.image.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.LayoutFixture;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryPusherTest {

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private RegistryFixture fixture;
    private Registries registries;
    private TestBaseImages bases;

    @BeforeEach
    void open() {
        fixture = new RegistryFixture(folder);
        registries = fixture.open();
        bases = TestBaseImages.pushTo(registry.host());
        registry.forgetRequests();
    }

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private List<BaseImage> base(String reference) {
        return registries.baseImages(fixture.cache(), false).resolve(RegistryFixture.reference(reference), List.of());
    }

    private PushRequest request(String name, ImageLayout layout, String... tags) {
        return new PushRequest(
                layout, ImageReference.ofRepository("registry", registry.host() + "/acme/" + name), List.of(tags));
    }

    private ImageLayout layout(String name, String baseReference, String... contents) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String content : contents) {
            byte[] bytes = new byte[40_000];
            new Random(content.hashCode()).nextBytes(bytes);
            files.put(content, bytes);
        }
        files.put("small", name.getBytes(StandardCharsets.UTF_8));
        return LayoutFixture.of(folder.resolve("images").resolve(name), base(baseReference), files);
    }

    @Test
    void pushesImagesUnderAllTheirTags() {
        ImageLayout layout = layout("shop", bases.backend(), "one", "two");

        List<PushResult> results =
                registries.pusher(fixture.cache()).push(List.of(request("shop", layout, "main-1", "main", "latest")));

        assertThat(registry.tags("acme/shop")).containsExactly("latest", "main", "main-1");
        assertThat(registry.digest("acme/shop", "latest"))
                .isEqualTo(layout.root().digest().value());
        assertThat(results.get(0).count(PushResult.Outcome.UPLOADED)).isEqualTo(4);
        assertThat(results.get(0).count(PushResult.Outcome.MOUNTED)).isEqualTo(2);
        assertThat(fixture.log)
                .filteredOn(line -> line.contains("Pushed "))
                .singleElement()
                .asString()
                .startsWith("INFO Pushed " + registry.host() + "/acme/shop:main-1 ("
                        + layout.root().digest().shortHex() + "): ")
                .contains(" uploaded, ")
                .endsWith(" mounted from other images; also as main, latest.");
    }

    @Test
    void sendsNothingWhenNothingChanged() {
        ImageLayout layout = layout("shop", bases.backend(), "one", "two");
        List<PushRequest> requests = List.of(request("shop", layout, "main-1", "main", "latest"));
        registries.pusher(fixture.cache()).push(requests);
        registry.forgetRequests();

        List<PushResult> results = registries.pusher(fixture.cache()).push(requests);

        assertThat(registry.requests())
                .hasSize(3)
                .allMatch(request -> request.method().equals("HEAD"));
        assertThat(results.get(0).count(PushResult.Outcome.PRESENT)).isEqualTo(6);
    }

    private List<PushResult> push(PushRequest... requests) {
        return registries.pusher(fixture.cache()).push(List.of(requests));
    }

    @Test
    void sendsOnlyTheLayerThatChanged() {
        push(request("shop", layout("shop", bases.backend(), "one", "two"), "main-1", "main"));
        registry.forgetRequests();

        List<PushResult> results =
                push(request("shop", layout("shop2", bases.backend(), "one", "three"), "main-2", "main"));

        // The layer, the configuration, and the file with the image's name.
        assertThat(results.get(0).count(PushResult.Outcome.UPLOADED)).isEqualTo(3);
        assertThat(registry.requests("PUT .*/blobs/")).hasSize(3);
        assertThat(registry.uploadedBytes()).isLessThan(50_000);
        assertThat(registry.digest("acme/shop", "main")).isEqualTo(registry.digest("acme/shop", "main-2"));
    }

    @Test
    void movesTagsToAnExistingImageWithoutAskingForItsBlobs() {
        ImageLayout layout = layout("shop", bases.backend(), "one");
        push(request("shop", layout, "main-1"));
        registry.forgetRequests();

        push(request("shop", layout, "main-2", "latest"));

        assertThat(registry.requests("blobs")).isEmpty();
        assertThat(registry.requests("PUT .*/manifests/")).hasSize(2);
        assertThat(registry.tags("acme/shop")).containsExactly("latest", "main-1", "main-2");
    }

    @Test
    void sendsALayerOfSeveralImagesOnceAndMountsItInTheOthers() {
        List<PushResult> results = push(
                request("one", layout("one", bases.backend(), "same"), "1"),
                request("two", layout("two", bases.backend(), "same"), "1"),
                request("three", layout("three", bases.backend(), "same"), "1"));

        String shared = results.get(0).blobs().stream()
                .filter(blob -> blob.descriptor().size() > 20_000)
                .map(blob -> blob.descriptor().digest().value())
                .findFirst()
                .orElseThrow();
        assertThat(registry.requests("PUT .*digest=sha256:" + shared.substring(7)))
                .hasSize(1);
        assertThat(results.stream().mapToInt(result -> result.count(PushResult.Outcome.MOUNTED)))
                .containsExactly(2, 3, 3);
    }

    @Test
    void mountsFromAnImageOfAnEarlierBuild() {
        push(request("one", layout("one", bases.backend(), "same"), "1"));

        List<PushResult> results = push(request("two", layout("two", bases.backend(), "same"), "1"));

        assertThat(results.get(0).count(PushResult.Outcome.MOUNTED)).isEqualTo(3);
        assertThat(registry.requests("POST .*acme/two/blobs/uploads/\\?mount=.*from=acme/one"))
                .hasSize(1);
    }

    @Test
    void uploadsBlobsThatTheRegistryDoesNotMount() {
        push(request("one", layout("one", bases.backend(), "same"), "1"));
        registry.intercept(request -> request.query().contains("mount=")
                ? Optional.of(new EmbeddedRegistry.Answer(405, Map.of(), "no mounts here"))
                : Optional.empty());

        List<PushResult> results = push(request("two", layout("two", bases.backend(), "same"), "1"));

        assertThat(results.get(0).count(PushResult.Outcome.MOUNTED)).isZero();
        assertThat(registry.tags("acme/two")).containsExactly("1");
    }

    @Test
    void fetchesBaseLayersOnlyIfTheyAreMissing() {
        try (EmbeddedRegistry target = EmbeddedRegistry.start()) {
            ImageLayout layout = layout("shop", bases.backend(), "one");
            registry.forgetRequests();
            PushRequest request = new PushRequest(
                    layout, ImageReference.ofRepository("registry", target.host() + "/acme/shop"), List.of("1"));

            push(request);
            assertThat(registry.requests("GET .*/blobs/")).hasSize(2);
            assertThat(target.layers("acme/shop", "1")).hasSize(4);

            registry.forgetRequests();
            target.removeTag("acme/shop", "1");
            push(request(layout, target.host() + "/acme/shop", "2"));
            assertThat(registry.requests()).isEmpty();
        }
    }

    private static PushRequest request(ImageLayout layout, String repository, String... tags) {
        return new PushRequest(layout, ImageReference.ofRepository("registry", repository), List.of(tags));
    }

    @Test
    void otherTagsDoNotMoveUntilEveryImageIsThere() {
        push(
                request("one", layout("one", bases.backend(), "a"), "main-1", "main", "latest"),
                request("two", layout("two", bases.frontend(), "b"), "main-1", "main", "latest"));
        String before = registry.digest("acme/one", "latest");
        registry.intercept(
                request -> request.method().equals("PUT") && request.path().endsWith("/two/manifests/main-2")
                        ? Optional.of(new EmbeddedRegistry.Answer(
                                403, Map.of(), "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"quota\"}]}"))
                        : Optional.empty());

        assertThatThrownBy(() -> push(
                        request("one", layout("one2", bases.backend(), "c"), "main-2", "main", "latest"),
                        request("two", layout("two2", bases.frontend(), "d"), "main-2", "main", "latest")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("403")
                .hasMessageContaining("DENIED: quota");

        for (String tag : List.of("main", "latest")) {
            assertThat(registry.digest("acme/one", tag)).isEqualTo(before);
            assertThat(registry.digest("acme/two", tag)).isEqualTo(registry.digest("acme/two", "main-1"));
        }
        registry.intercept(request -> Optional.empty());
        push(
                request("one", layout("one2", bases.backend(), "c"), "main-2", "main", "latest"),
                request("two", layout("two2", bases.frontend(), "d"), "main-2", "main", "latest"));
        assertThat(registry.digest("acme/one", "latest")).isEqualTo(registry.digest("acme/one", "main-2"));
        assertThat(registry.digest("acme/two", "latest")).isEqualTo(registry.digest("acme/two", "main-2"));
    }

    @Test
    void restartsALostUploadAndSendsNothingElseAgain() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        registry.intercept(request -> {
            boolean upload = request.method().equals("PUT") && request.path().contains("/blobs/uploads/");
            String digest = request.query().replaceAll(".*digest=", "");
            return upload && failed.size() < 2 && failed.add(digest)
                    ? Optional.of(new EmbeddedRegistry.Answer(
                            failed.size() == 1 ? 404 : 400,
                            Map.of(),
                            "{\"errors\":[{\"code\":\""
                                    + (failed.size() == 1 ? "BLOB_UPLOAD_UNKNOWN" : "DIGEST_INVALID") + "\"}]}"))
                    : Optional.empty();
        });

        push(request("shop", layout("shop", bases.backend(), "one", "two", "three"), "1"));

        // Five blobs, two of them twice, each time to a new upload.
        assertThat(registry.requests("PUT .*/blobs/uploads/")).hasSize(7);
        assertThat(registry.requests("PUT .*/blobs/uploads/"))
                .extracting(EmbeddedRegistry.Request::path)
                .doesNotHaveDuplicates();
        assertThat(fixture.log)
                .filteredOn(line -> line.contains("trying again"))
                .hasSize(2);
    }

    @Test
    void doesNotResendABlobIfOnlyTheAnswerWasLost() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        registry.interceptAfter(request -> request.method().equals("PUT")
                && request.path().contains("/blobs/uploads/")
                && lost.add(request.query().replaceAll(".*digest=", "")));

        push(request("shop", layout("shop", bases.backend(), "one", "two"), "1"));

        assertThat(registry.requests("PUT .*/blobs/uploads/")).hasSize(4);
        assertThat(registry.tags("acme/shop")).containsExactly("1");
    }

    @Test
    void doesNotRetryWithoutTheRight() {
        registry.intercept(request -> request.method().equals("POST")
                ? Optional.of(new EmbeddedRegistry.Answer(403, Map.of(), "no"))
                : Optional.empty());

        assertThatThrownBy(() -> push(request("shop", layout("shop", bases.codeAsData()), "1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The image '" + registry.host() + "/acme/shop' cannot be pushed: the registry '"
                        + registry.host())
                .hasMessageContaining("does not allow it without credentials (403")
                .hasMessageContaining("registryServerId");
        assertThat(fixture.log).noneMatch(line -> line.contains("trying again"));
    }

    @Test
    void saysWhatToDoAboutALayerThatIsTooLarge() {
        registry.intercept(
                request -> request.method().equals("PUT") && request.path().contains("/blobs/")
                        ? Optional.of(new EmbeddedRegistry.Answer(
                                413, Map.of(), "<html><head><title>413 Request Entity Too Large</title></head></html>"))
                        : Optional.empty());

        assertThatThrownBy(() -> push(request("shop", layout("shop", bases.codeAsData()), "1")))
                .hasMessageContaining("(413")
                .hasMessageContaining("client_max_body_size")
                .hasMessageNotContaining("<html>");
    }

    @Test
    void saysThatARegistryStaysDown() {
        ImageLayout layout = layout("shop", bases.backend());
        registry.intercept(request -> Optional.of(new EmbeddedRegistry.Answer(503, Map.of(), "maintenance")));

        assertThatThrownBy(() -> push(request("shop", layout, "1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("still fails after several attempts (503");
        assertThat(fixture.log)
                .filteredOn(line -> line.contains("trying again"))
                .isNotEmpty();
    }

    @Test
    void saysThatNothingListensAtThePort() {
        ImageLayout layout = layout("shop", bases.backend());

        assertThatThrownBy(() -> push(request(layout, "127.0.0.1:9/acme/shop", "1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("nothing listens at the registry '127.0.0.1:9'")
                .hasMessageContaining("the parameter 'registry'");
        assertThatThrownBy(() -> push(request(layout, "registry.invalid/acme/shop", "1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("the host of the registry 'registry.invalid' is not known");
    }

    @Test
    void reportsADamagedAssembledImage() throws IOException {
        ImageLayout layout = layout("shop", bases.backend(), "one");
        Path blob =
                layout.blob(layout.manifests().get(0).layers().get(2).digest()).orElseThrow();
        byte[] bytes = Files.readAllBytes(blob);
        bytes[100]++;
        Files.write(blob, bytes);

        assertThatThrownBy(() -> push(request("shop", layout, "1")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The file '" + blob + "' of the assembled image is damaged");
    }

    @Test
    void pushesAnIndexWithItsManifests() {
        List<BaseImage> images = registries
                .baseImages(fixture.cache(), false)
                .resolve(
                        RegistryFixture.reference(TestBaseImages.multiPlatform(bases.frontend())),
                        List.of(Platform.of("platforms", "linux/amd64"), Platform.of("platforms", "linux/arm64")));
        ImageLayout layout = LayoutFixture.of(
                folder.resolve("multi"), images, Map.of("index.html", "hello".getBytes(StandardCharsets.UTF_8)));

        push(request("shop", layout, "1", "latest"));

        assertThat(registry.manifest("acme/shop", "latest").path("manifests")).hasSize(2);
        for (ImageLayout.Manifest manifest : layout.manifests()) {
            assertThat(registry.layers(
                            "acme/shop", manifest.descriptor().digest().value()))
                    .hasSize(3);
        }
    }

    @Test
    void authorizesWithTokensForBothRepositoriesOfAMount() {
        registry.requireToken("ci", "secret-word");
        fixture.server(registry.host(), "ci", "secret-word");

        push(
                request("one", layout("one", bases.backend(), "same"), "1"),
                request("two", layout("two", bases.backend(), "same"), "1"));

        assertThat(registry.requests("GET /token"))
                .extracting(EmbeddedRegistry.Request::query)
                .anyMatch(
                        query -> query.contains("scope=repository:acme/two:pull,push&scope=repository:acme/one:pull"));
        assertThat(fixture.log).noneMatch(line -> line.contains("secret-word") || line.contains("token-"));
    }
}
