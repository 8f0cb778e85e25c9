package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryBaseImagesTest {

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private TestBaseImages bases;
    private RegistryFixture fixture;

    @BeforeEach
    void push() {
        bases = TestBaseImages.pushTo(registry.host());
        registry.forgetRequests();
        fixture = new RegistryFixture(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private List<BaseImage> resolve(String reference, boolean offline, String... platforms) {
        try (Registries registries = fixture.open()) {
            return registries
                    .baseImages(fixture.cache(), offline)
                    .resolve(
                            RegistryFixture.reference(reference),
                            Stream.of(platforms)
                                    .map(platform -> Platform.of("platforms", platform))
                                    .toList());
        }
    }

    private static byte[] content(BaseImage image, int layer) {
        try (InputStream in = image.open(image.layers().get(layer))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isPinnedAndComplete() {
        BaseImage image = resolve(bases.backend(), false).get(0);

        assertThat(image.reference())
                .hasToString(bases.backend() + "@" + registry.digest("olympeio/backend-base", "18-stable"));
        assertThat(image.platform()).isEqualTo(Platform.LINUX_AMD64);
        assertThat(image.layers())
                .extracting(layer -> layer.blob().digest().value())
                .isEqualTo(registry.layers("olympeio/backend-base", "18-stable"));
        assertThat(new String(image.configuration())).contains("NODE_VERSION=18.20.8");
    }

    @Test
    void fetchesLayersWhenTheyAreOpenedAndOnce() {
        try (Registries registries = fixture.open()) {
            BaseImage image = registries
                    .baseImages(fixture.cache(), false)
                    .resolve(RegistryFixture.reference(bases.backend()), List.of())
                    .get(0);
            assertThat(registry.requests("GET .*/blobs/")).hasSize(1); // the configuration

            byte[] layer = content(image, 1);
            content(image, 1);

            assertThat(Digest.of(layer)).isEqualTo(image.layers().get(1).blob().digest());
            assertThat(registry.requests("GET .*/blobs/")).hasSize(2);
        }
    }

    @Test
    void requestsOnlyTheDigestIfNothingChanged() {
        resolve(bases.backend(), false);
        registry.forgetRequests();

        resolve(bases.backend(), false);

        assertThat(registry.requests("manifests"))
                .singleElement()
                .satisfies(request -> assertThat(request.method()).isEqualTo("HEAD"));
        assertThat(registry.requests("blobs")).isEmpty();
    }

    @Test
    void requestsNothingForAKnownDigest() {
        Digest digest =
                resolve(bases.backend(), false).get(0).reference().digest().orElseThrow();
        registry.forgetRequests();

        resolve(bases.backend() + "@" + digest, false);

        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void noticesThatATagMoved() {
        Digest before =
                resolve(bases.frontend(), false).get(0).reference().digest().orElseThrow();
        TestBaseImages.frontend("amd64", 4242).pushTo(registry.host(), "olympeio/frontend-base", "stable");

        assertThat(resolve(bases.frontend(), false).get(0).reference().digest())
                .isNotEqualTo(Optional.of(before))
                .contains(new Digest(registry.digest("olympeio/frontend-base", "stable")));
    }

    @Test
    void worksOfflineWithTheCache() {
        BaseImage online = resolve(bases.backend(), false).get(0);
        byte[] layer;
        try (Registries registries = fixture.open()) {
            layer = content(
                    registries
                            .baseImages(fixture.cache(), false)
                            .resolve(RegistryFixture.reference(bases.backend()), List.of())
                            .get(0),
                    1);
        }
        registry.forgetRequests();

        BaseImage offline = resolve(bases.backend(), true).get(0);

        assertThat(offline.reference()).isEqualTo(online.reference());
        assertThat(content(offline, 1)).isEqualTo(layer);
        assertThat(registry.requests()).isEmpty();
        assertThatThrownBy(() -> content(offline, 0))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Maven is offline");
        assertThatThrownBy(() -> resolve(bases.frontend(), true))
                .hasMessageContaining(
                        "The image '" + bases.frontend() + "' is not in the local repository, and Maven is offline");
    }

    @Test
    void choosesPlatforms() {
        String multi = TestBaseImages.multiPlatform(bases.backend());

        assertThat(resolve(multi, false))
                .singleElement()
                .satisfies(image -> assertThat(image.platform()).isEqualTo(Platform.LINUX_AMD64));
        List<BaseImage> both = resolve(multi, false, "linux/arm64", "linux/amd64");
        assertThat(both).extracting(image -> image.platform().architecture()).containsExactly("arm64", "amd64");
        assertThat(both.get(0).reference().digest())
                .isNotEqualTo(both.get(1).reference().digest());
        assertThatThrownBy(() -> resolve(multi, false, "linux/s390x"))
                .hasMessageContaining(
                        "does not exist for the platform 'linux/s390x', only for linux/amd64, linux/arm64");
        assertThatThrownBy(() -> resolve(bases.backend(), false, "linux/arm64"))
                .hasMessageContaining("does not exist for the platform 'linux/arm64', only for linux/amd64");
        assertThat(resolve(bases.backend(), false, "linux/amd64")).hasSize(1);

        try (Registries registries = fixture.open()) {
            assertThat(registries.baseImages(fixture.cache(), false).allPlatforms(RegistryFixture.reference(multi)))
                    .extracting(BaseImage::platform)
                    .containsExactlyInAnyOrderElementsOf(
                            both.stream().map(BaseImage::platform).toList());
        }
    }

    @Test
    void takesTheOnlyPlatform() {
        TestImage.pushIndex(registry.host(), "acme/arm", "1", List.of(TestBaseImages.backend("arm64")));

        assertThat(resolve(registry.host() + "/acme/arm:1", false))
                .singleElement()
                .satisfies(image -> assertThat(image.platform().architecture()).isEqualTo("arm64"));
    }

    @Test
    void acceptsDockersMediaTypes() {
        TestImage.pushIndex(
                registry.host(),
                "acme/docker",
                "1",
                List.of(
                        TestBaseImages.backend("amd64").docker(),
                        TestBaseImages.backend("arm64").docker()));

        BaseImage image = resolve(registry.host() + "/acme/docker:1", false).get(0);

        assertThat(image.layers()).allMatch(layer -> layer.blob().mediaType().equals(MediaTypes.DOCKER_LAYER_GZIP));
    }

    @Test
    void neverReturnsContentWithAnotherDigest() throws IOException {
        BaseImage image;
        try (Registries registries = fixture.open()) {
            image = registries
                    .baseImages(fixture.cache(), false)
                    .resolve(RegistryFixture.reference(bases.backend()), List.of())
                    .get(0);
            String digest = image.layers().get(1).blob().digest().value();
            byte[] good = registry.blob(digest);
            registry.corruptBlob(digest, new byte[] {1, 2, 3});

            assertThatThrownBy(() -> content(image, 1))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("the blob has the digest");

            registry.corruptBlob(digest, good);
            assertThat(content(image, 1)).isEqualTo(good);
        }
    }

    @Test
    void fetchesDamagedFilesAgain() throws IOException {
        try (Registries registries = fixture.open()) {
            content(
                    registries
                            .baseImages(fixture.cache(), false)
                            .resolve(RegistryFixture.reference(bases.backend()), List.of())
                            .get(0),
                    1);
        }
        try (Stream<Path> files = Files.walk(fixture.cache().resolve("blobs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "damaged");
            }
        }
        try (Registries registries = fixture.open()) {
            BaseImage image = registries
                    .baseImages(fixture.cache(), false)
                    .resolve(RegistryFixture.reference(bases.backend()), List.of())
                    .get(0);

            assertThat(Digest.of(content(image, 1)))
                    .isEqualTo(image.layers().get(1).blob().digest());
        }
    }

    @Test
    void isFetchedOnceByManyThreads() {
        try (Registries registries = fixture.open()) {
            BaseImages baseImages = registries.baseImages(fixture.cache(), false);
            IntStream.range(0, 16)
                    .parallel()
                    .forEach(i -> content(
                            baseImages
                                    .resolve(RegistryFixture.reference(bases.backend()), List.of())
                                    .get(0),
                            1));
        }

        assertThat(registry.requests("GET .*/manifests/18-stable")).hasSize(1);
        assertThat(registry.requests("GET .*/blobs/")).hasSize(2);
    }

    @Test
    void retriesTemporaryFailures() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        registry.intercept(request -> seen.add(request.toString())
                ? Optional.of(new EmbeddedRegistry.Answer(503, Map.of("Retry-After", "0"), "busy"))
                : Optional.empty());

        assertThat(resolve(bases.backend(), false)).hasSize(1);
        assertThat(fixture.log)
                .anyMatch(line -> line.startsWith("WARN Could not pull the image '" + bases.backend() + "' (503"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> resolve(registry.host() + "/olympeio/nothing:stable", false))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The image '" + registry.host()
                        + "/olympeio/nothing:stable' cannot be pulled: the registry '" + registry.host()
                        + "' does not have it")
                .hasMessageContaining("'baseImage'");
    }

    @Test
    void authorizesWithATokenOrAPassword() {
        registry.requireToken("ci", "secret-word");
        fixture.server(registry.host(), "ci", "secret-word");
        assertThat(resolve(bases.backend(), false)).hasSize(1);

        registry.expireTokens();
        assertThat(resolve(bases.frontend(), false)).hasSize(1);

        registry.requireBasic("ci", "secret-word");
        assertThat(resolve(bases.codeAsData(), false)).hasSize(1);
        assertThat(fixture.log).noneMatch(line -> line.contains("secret-word"));
    }

    @Test
    void saysWhereCredentialsWereLookedFor() {
        registry.requireBasic("ci", "secret-word");

        assertThatThrownBy(() -> resolve(bases.backend(), false))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not allow it without credentials (401")
                .hasMessageContaining("none were found in a server '" + registry.host() + "' in settings.xml")
                .hasMessageContaining(folder.resolve("home/.docker/config.json").toString())
                .hasMessageContaining("<id>" + registry.host() + "</id>");
        assertThat(fixture.log).noneMatch(line -> line.contains("trying again"));
    }

    @Test
    void distinguishesATagFromARepositoryOfTheSameName() {
        TestBaseImages.frontend("amd64", 1).pushTo(registry.host(), "acme/base", "node");
        TestBaseImages.frontend("amd64", 2).pushTo(registry.host(), "acme/base/node", "18");

        for (boolean offline : new boolean[] {false, true}) {
            assertThat(resolve(registry.host() + "/acme/base:node", offline))
                    .extracting(
                            image -> image.reference().digest().orElseThrow().value())
                    .containsExactly(registry.digest("acme/base", "node"));
            assertThat(resolve(registry.host() + "/acme/base/node:18", offline))
                    .extracting(
                            image -> image.reference().digest().orElseThrow().value())
                    .containsExactly(registry.digest("acme/base/node", "18"));
        }
    }

    @Test
    void remembersEachTagOfARepository() {
        TestBaseImages.frontend("amd64", 1).pushTo(registry.host(), "acme/base", "18");
        TestBaseImages.frontend("amd64", 2).pushTo(registry.host(), "acme/base", "22");
        for (String tag : List.of("18", "22")) {
            resolve(registry.host() + "/acme/base:" + tag, false);
        }

        for (String tag : List.of("18", "22")) {
            assertThat(resolve(registry.host() + "/acme/base:" + tag, true))
                    .extracting(
                            image -> image.reference().digest().orElseThrow().value())
                    .containsExactly(registry.digest("acme/base", tag));
        }
    }

    /** A request for a manifest by its digest, as for a pinned image, must never return another one. */
    @Test
    void aManifestWithAnotherDigestIsNotTaken() {
        String digest = registry.digest("olympeio/backend-base", "18-stable");
        registry.intercept(request -> request.path().endsWith("/manifests/" + digest)
                ? Optional.of(new EmbeddedRegistry.Answer(200, Map.of("Content-Type", MediaTypes.OCI_MANIFEST), "{}"))
                : Optional.empty());

        try (Registries registries = fixture.open()) {
            assertThatThrownBy(() -> registries.pulling(
                            RegistryFixture.reference(bases.backend()),
                            "baseImage",
                            from -> from.manifest("olympeio/backend-base", digest)))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining(" instead of " + digest);
        }
    }

    @Test
    void aTokenOfTheTokenServerIsHidden() {
        registry.requireToken("ci", "secret-word");
        fixture.server(registry.host(), "ci", "secret-word");
        registry.intercept(request -> {
            if (request.path().equals("/token")) {
                return Optional.of(new EmbeddedRegistry.Answer(200, Map.of(), "{\"token\": \"t0ken-of-the-server\"}"));
            }
            return "Bearer t0ken-of-the-server".equals(request.headers().get("authorization"))
                    ? Optional.of(new EmbeddedRegistry.Answer(
                            403,
                            Map.of("Content-Type", "application/json"),
                            "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"no to t0ken-of-the-server\"}]}"))
                    : Optional.empty();
        });

        assertThatThrownBy(() -> resolve(bases.backend(), false))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("no to ***")
                .hasMessageNotContaining("t0ken-of-the-server");
    }

    @Test
    void aNullTokenCountsAsMissing() {
        registry.intercept(request -> {
            if (request.path().equals("/token")) {
                return Optional.of(
                        new EmbeddedRegistry.Answer(200, Map.of(), "{\"token\": null, \"access_token\": \"given\"}"));
            }
            return "Bearer given".equals(request.headers().get("authorization"))
                    ? Optional.empty()
                    : Optional.of(new EmbeddedRegistry.Answer(
                            401,
                            Map.of("WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\""),
                            ""));
        });

        assertThat(resolve(bases.backend(), false)).hasSize(1);
    }
}
