package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.push.ImagePusher;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.PushResult;
import io.github.olympe.maven.image.push.PushedLayers;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.testing.TokenServer;
import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images are pushed to Debian's {@code docker-registry} in its different configurations, and read back by {@code skopeo} and {@code umoci}.
 */
class RegistryConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final EmbeddedRegistry baseRegistry = EmbeddedRegistry.start();
    private TestBaseImages bases;
    private RegistryFixture fixture;

    @BeforeEach
    void pushBaseImages() {
        bases = TestBaseImages.pushTo(baseRegistry.host());
        fixture = new RegistryFixture(folder);
    }

    @AfterEach
    void closeBaseRegistry() {
        baseRegistry.close();
    }

    private ImageLayout layout(Registries registries, String name, String base, List<Platform> platforms) {
        List<BaseImage> images =
                registries.baseImages(fixture.cache(), false).resolve(RegistryFixture.reference(base), platforms);
        byte[] shared = new byte[100_000];
        new Random(1).nextBytes(shared);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("home/node/app/shared.bin", shared);
        files.put("home/node/app/name.txt", name.getBytes(StandardCharsets.UTF_8));
        return LayoutFixture.of(folder.resolve("images").resolve(name), images, files);
    }

    private static PushRequest request(DockerRegistry registry, String repository, ImageLayout layout, String... tags) {
        return new PushRequest(
                layout, ImageReference.ofRepository("registry", registry.host() + "/" + repository), List.of(tags));
    }

    private Path unpack(String reference, String... options) throws IOException {
        Path layout = Files.createTempDirectory(folder, "skopeo");
        String[] copy = new String[options.length + 4];
        copy[0] = "copy";
        System.arraycopy(options, 0, copy, 1, options.length);
        copy[options.length + 1] = "--quiet";
        copy[options.length + 2] = "docker://" + reference;
        copy[options.length + 3] = "oci:" + layout + ":image";
        RequiredProgram.SKOPEO.run(copy);
        Path bundle = Files.createTempDirectory(folder, "umoci").resolve("bundle");
        RequiredProgram.UMOCI.run("unpack", "--rootless", "--image", layout + ":image", bundle.toString());
        return bundle.resolve("rootfs");
    }

    private static void trusting(SSLContext context, ThrowingRunnable test) throws Exception {
        SSLContext before = defaultContext();
        SSLContext.setDefault(context);
        try {
            test.run();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private static SSLContext defaultContext() throws NoSuchAlgorithmException {
        return SSLContext.getDefault();
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void skopeoAndUmociReadThePushedImage() throws Exception {
        try (DockerRegistry target = DockerRegistry.start();
                Registries registries = fixture.open()) {
            ImageLayout layout = layout(registries, "shop", bases.backend(), List.of());

            List<PushResult> results = registries
                    .pusher(fixture.cache())
                    .push(List.of(request(target, "acme/shop-backend", layout, "main-1a2b3c4d", "main", "latest")));

            assertThat(results.get(0).count(PushResult.Outcome.UPLOADED)).isEqualTo(5);
            JsonNode inspected = JSON.readTree(RequiredProgram.SKOPEO.run(
                    "inspect", "--tls-verify=false", "docker://" + target.host() + "/acme/shop-backend:main"));
            assertThat(inspected.path("Digest").asText())
                    .isEqualTo(layout.root().digest().value());
            assertThat(inspected.path("RepoTags")).hasSize(3);
            assertThat(inspected.path("Env").toString()).contains("NODE_VERSION=18.20.8");
            Path root = unpack(target.host() + "/acme/shop-backend:latest", "--src-tls-verify=false");
            assertThat(root.resolve("home/node/app/name.txt")).hasContent("shop");
            assertThat(root.resolve("home/node/.profile")).hasContent("umask 027\n");
        }
    }

    @Test
    void aMachineWithoutACacheUsesTheLayersThatAnotherPushed() throws Exception {
        try (DockerRegistry target = DockerRegistry.start()) {
            ImageReference repository = ImageReference.ofRepository("registry", target.host() + "/acme/shop-frontend");
            Path web =
                    Files.createDirectories(folder.resolve("dist/web/assets")).getParent();
            byte[] font = new byte[100_000];
            new Random(1).nextBytes(font);
            Files.write(web.resolve("assets/font.woff"), font);
            Files.writeString(web.resolve("main.js"), "first");
            pushFrontend("first", repository, true);
            Files.writeString(web.resolve("main.js"), "second");

            PushResult result = pushFrontend("second", repository, true);

            assertThat(result.bytes(PushResult.Outcome.UPLOADED)).isLessThan(10_000);
            try (Stream<Path> files = Files.walk(folder.resolve("second"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .noneMatch(file -> file.toFile().length() > 50_000);
            }
            assertThat(pushFrontend("alone", repository, false).digest()).isEqualTo(result.digest());
            Path root = unpack(repository.withTag("latest").toString(), "--src-tls-verify=false");
            assertThat(root.resolve("usr/share/nginx/html/main.js")).hasContent("second");
            assertThat(root.resolve("usr/share/nginx/html/assets/font.woff")).hasBinaryContent(font);
        }
    }

    /** Assembles and pushes on a machine of this name, with its own caches. */
    private PushResult pushFrontend(String machine, ImageReference repository, boolean asks) {
        ImageSpec spec = Specs.frontend(folder, bases.frontend());
        ImageSpec named = new ImageSpec(
                spec.kind(),
                spec.name(),
                repository.toString(),
                List.of("latest"),
                spec.base(),
                spec.platforms(),
                spec.labels(),
                spec.files(),
                spec.target(),
                spec.dockerfile());
        Path home = folder.resolve(machine);
        try (Registries registries = new RegistryFixture(home).open()) {
            AssembledImage image = new ImageAssembler(
                            registries.baseImages(home.resolve("bases"), false),
                            home.resolve("cache"),
                            new RecordedLog())
                    .knowing(asks ? registries.pushedLayers(home.resolve("bases")) : PushedLayers.NONE)
                    .assemble(List.of(named), home.resolve("images"), false)
                    .get(0);
            PushRequest request = new PushRequest(image.layout(), repository, named.tags());
            return registries
                    .pusher(home.resolve("bases"))
                    .push(List.of(request))
                    .get(0);
        }
    }

    @Test
    void sendsNothingTwiceAndMountsWhatAnotherImageHas() {
        try (DockerRegistry target = DockerRegistry.start();
                Registries registries = fixture.open()) {
            ImageLayout shop = layout(registries, "shop", bases.backend(), List.of());
            ImageLayout desk = layout(registries, "desk", bases.backend(), List.of());
            ImagePusher pusher = registries.pusher(fixture.cache());
            pusher.push(List.of(request(target, "acme/shop", shop, "1")));

            List<PushResult> again = pusher.push(List.of(request(target, "acme/shop", shop, "1")));
            List<PushResult> other = pusher.push(List.of(request(target, "acme/desk", desk, "1")));

            assertThat(again.get(0).count(PushResult.Outcome.PRESENT)).isEqualTo(5);
            // The layer of the shared file. The base image's two layers are too small to ask for.
            assertThat(other.get(0).blobs())
                    .filteredOn(blob -> blob.outcome() == PushResult.Outcome.MOUNTED)
                    .extracting(blob -> blob.descriptor().size())
                    .containsExactly(shop.manifests().get(0).layers().get(2).size());
        }
    }

    @Test
    void speaksTlsWithAPassword() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder.resolve("tls"));
        try (DockerRegistry target = DockerRegistry.builder()
                .tls(certificate)
                .htpasswd(folder, "ci", "pässword with ünicode")
                .start()) {
            trusting(certificate.context(), () -> {
                fixture.server(target.host(), "ci", "pässword with ünicode");
                try (Registries registries = fixture.open()) {
                    ImageLayout layout = layout(registries, "shop", bases.backend(), List.of());
                    registries
                            .pusher(fixture.cache())
                            .push(List.of(request(target, "acme/shop", layout, "1", "latest")));
                }
            });
            Path root = unpack(
                    target.host() + "/acme/shop:latest",
                    "--src-tls-verify=false",
                    "--src-creds=ci:pässword with ünicode");
            assertThat(root.resolve("home/node/app/name.txt")).hasContent("shop");
        }
    }

    @Test
    void explainsAnUntrustedCertificateAndAWrongPassword() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder.resolve("tls"));
        try (DockerRegistry target = DockerRegistry.builder()
                .tls(certificate)
                .htpasswd(folder, "ci", "right")
                .start()) {
            try (Registries registries = fixture.open()) {
                ImageLayout layout = layout(registries, "shop", bases.backend(), List.of());
                assertThatThrownBy(() -> registries
                                .pusher(fixture.cache())
                                .push(List.of(request(target, "acme/shop", layout, "1"))))
                        .isInstanceOf(OlympeException.class)
                        .hasMessageContaining("the certificate of the registry '" + target.host() + "' is not trusted")
                        .hasMessageContaining("javax.net.ssl.trustStore")
                        .hasMessageContaining("allowInsecureRegistries");
            }
            trusting(certificate.context(), () -> {
                try (Registries registries = fixture.open()) {
                    ImageLayout layout = layout(registries, "none", bases.backend(), List.of());
                    assertThatThrownBy(() -> registries
                                    .pusher(fixture.cache())
                                    .push(List.of(request(target, "acme/shop", layout, "1"))))
                            .hasMessageContaining("does not allow it without credentials")
                            .hasMessageContaining("none were found in a server '" + target.host() + "' in settings.xml")
                            .hasMessageContaining(".docker/config.json")
                            .hasMessageContaining("docker login " + target.host());
                }
                fixture.server(target.host(), "ci", "wrong-password");
                try (Registries registries = fixture.open()) {
                    ImageLayout layout = layout(registries, "wrong", bases.backend(), List.of());
                    assertThatThrownBy(() -> registries
                                    .pusher(fixture.cache())
                                    .push(List.of(request(target, "acme/shop", layout, "1"))))
                            .hasMessageContaining(
                                    "with the credentials of server '" + target.host() + "' of settings.xml")
                            .hasMessageContaining("401")
                            .hasMessageNotContaining("wrong-password");
                }
            });
            fixture.server(target.host(), "ci", "right");
            fixture.insecure = InsecureRegistries.of(target.host(), "");
            try (Registries registries = fixture.open()) {
                ImageLayout layout = layout(registries, "insecure", bases.backend(), List.of());
                registries.pusher(fixture.cache()).push(List.of(request(target, "acme/shop", layout, "1")));
            }
            assertThat(fixture.log).noneMatch(line -> line.contains("trying again"));
        }
    }

    @Test
    void getsTokensForWhatItDoes() {
        TestCertificate certificate = TestCertificate.forTokens(folder.resolve("tokens"));
        try (TokenServer tokens = TokenServer.start(certificate, "ci", "secret-password");
                DockerRegistry target = DockerRegistry.builder().tokens(tokens).start()) {
            fixture.server(target.host(), "ci", "secret-password");
            try (Registries registries = fixture.open()) {
                ImageLayout shop = layout(registries, "shop", bases.backend(), List.of());
                ImageLayout desk = layout(registries, "desk", bases.backend(), List.of());

                List<PushResult> results = registries
                        .pusher(fixture.cache())
                        .push(List.of(
                                request(target, "acme/shop", shop, "1", "latest"),
                                request(target, "acme/desk", desk, "1", "latest")));

                assertThat(results.get(0).count(PushResult.Outcome.UPLOADED)).isEqualTo(5);
                assertThat(results.get(1).count(PushResult.Outcome.MOUNTED)).isEqualTo(3);
                assertThat(tokens.scopes())
                        .containsExactlyInAnyOrder(
                                "repository:acme/shop:pull,push",
                                "repository:acme/desk:pull,push",
                                "repository:acme/desk:pull,push repository:acme/shop:pull");

                assertThatThrownBy(() -> registries
                                .pusher(fixture.cache())
                                .push(List.of(request(target, "readonly/shop", shop, "1"))))
                        .hasMessageContaining("does not allow it with the credentials of server '" + target.host())
                        .hasMessageContaining("give that user the right to push");
            }
            assertThat(fixture.log).noneMatch(line -> line.contains("secret-password"));
        }
    }

    @Test
    void renewsTokensThatExpire() {
        TestCertificate certificate = TestCertificate.forTokens(folder.resolve("tokens"));
        try (TokenServer tokens = TokenServer.start(certificate, "ci", "secret").lifetime(1);
                DockerRegistry target = DockerRegistry.builder().tokens(tokens).start()) {
            fixture.server(target.host(), "<token>", "secret");
            try (Registries registries = fixture.open()) {
                for (int i = 0; i < 3; i++) {
                    ImageLayout shop = layout(registries, "shop" + i, bases.backend(), List.of());
                    registries.pusher(fixture.cache()).push(List.of(request(target, "acme/shop", shop, "1")));
                    Instant ended = Instant.now().plusMillis(600);
                    Waiting.until(
                            "the token is worth renewing", () -> Instant.now().isAfter(ended));
                }
            }
            assertThat(tokens.scopes())
                    .filteredOn("repository:acme/shop:pull,push"::equals)
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void asksDockersCredentialHelper() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path asked = folder.resolve("asked");
        Files.writeString(
                bin.resolve("docker-credential-test"),
                "#!/bin/sh\ncat >> " + asked + "\necho helper-noise-secret >&2\n"
                        + "echo '{\"ServerURL\":\"x\",\"Username\":\"ci\",\"Secret\":\"helper-secret\"}'\n");
        Files.setPosixFilePermissions(
                bin.resolve("docker-credential-test"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (DockerRegistry target =
                DockerRegistry.builder().htpasswd(folder, "ci", "helper-secret").start()) {
            Path docker = Files.createDirectories(folder.resolve("docker"));
            Files.writeString(docker.resolve("config.json"), "{\"credHelpers\":{\"" + target.host() + "\":\"test\"}}");
            fixture.variable("DOCKER_CONFIG", docker.toString()).variable("PATH", bin + ":" + System.getenv("PATH"));
            try (Registries registries = fixture.open()) {
                ImageLayout layout = layout(registries, "shop", bases.backend(), List.of());
                registries.pusher(fixture.cache()).push(List.of(request(target, "acme/shop", layout, "1")));
            }
            assertThat(asked).hasContent(target.host());
            assertThat(fixture.log).noneMatch(line -> line.contains("helper-"));
            assertThat(fixture.mask.mask("helper-secret")).isEqualTo("***");
        }
    }

    @Test
    void pushesSeveralPlatforms() {
        try (DockerRegistry target = DockerRegistry.start();
                Registries registries = fixture.open()) {
            ImageLayout layout = layout(
                    registries,
                    "shop",
                    TestBaseImages.multiPlatform(bases.backend()),
                    List.of(Platform.of("platforms", "linux/amd64"), Platform.of("platforms", "linux/arm64")));
            registries.pusher(fixture.cache()).push(List.of(request(target, "acme/shop", layout, "1", "latest")));

            for (String architecture : List.of("amd64", "arm64")) {
                Path copy = folder.resolve(architecture);
                RequiredProgram.SKOPEO.run(
                        "copy",
                        "--quiet",
                        "--src-tls-verify=false",
                        "--override-arch=" + architecture,
                        "docker://" + target.host() + "/acme/shop:latest",
                        "oci:" + copy + ":image");
                Path bundle = folder.resolve(architecture + "-bundle");
                RequiredProgram.UMOCI.run("unpack", "--rootless", "--image", copy + ":image", bundle.toString());
                assertThat(bundle.resolve("rootfs/etc/architecture")).hasContent(architecture + "\n");
                assertThat(bundle.resolve("rootfs/home/node/app/name.txt")).hasContent("shop");
            }
        }
    }
}
