package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An image for three platforms, on a base image from buildah that differs between them, pushed to Debian's {@code docker-registry}. For
 * each platform, what skopeo reads back must equal what buildah makes with the documented Dockerfile.
 */
class PlatformsConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "linux/arm/v7");

    /** The user nginx has another number on each platform. */
    private static final String ROOTFS = """
            for platform in amd64:101 arm64:4242 arm-v7:5151; do
                root=rootfs-${platform%%:*}; id=${platform#*:}
                mkdir -p $root/etc $root/usr/share/nginx/html
                echo $platform > $root/etc/platform
                echo old > $root/usr/share/nginx/html/index.html
                chown $id:$id $root/usr/share/nginx
                printf "root:x:0:0::/root:/bin/sh\\nnginx:x:$id:$id::/:/bin/sh\\n" > $root/etc/passwd
                printf "root:x:0:\\nnginx:x:$id:\\n" > $root/etc/group
            done
            mkdir -p dist/web/assets; echo '<html>' > dist/web/index.html; echo 1 > dist/web/assets/a.js; ln -s a.js dist/web/assets/b.js
            """;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = ScratchFolder.create("olympe-platforms", 1L << 20);
    }

    @AfterEach
    void removeFolder() {
        ScratchFolder.remove(folder);
    }

    @Test
    void eachPlatformEqualsTheImageThatItsDockerfileMakes() throws IOException {
        ImageTools tools = new ImageTools(folder);
        ImageTools.bash(folder, ROOTFS);
        RegistryFixture fixture = new RegistryFixture(folder);
        try (DockerRegistry registry = DockerRegistry.start();
                Registries registries = fixture.open()) {
            for (String platform : PLATFORMS) {
                tools.build(
                        "base-" + name(platform),
                        folder,
                        "FROM scratch\nCOPY rootfs-" + name(platform) + "/ /\nENV BUILT_FOR=" + platform + "\n",
                        "--platform",
                        platform);
            }
            tools.pushIndex(
                    "base",
                    PLATFORMS.stream().map(platform -> "base-" + name(platform)).toList(),
                    registry.host() + "/acme/base:1");

            ImageSpec spec = Specs.with(
                    Specs.frontend(folder, registry.host() + "/acme/base:1"),
                    PLATFORMS.stream()
                            .map(platform -> Platform.of("platforms", platform))
                            .toList());
            List<AssembledImage> images = new ImageAssembler(
                            registries.baseImages(fixture.cache(), false), folder.resolve("layers"), new RecordedLog())
                    .assemble(List.of(spec), folder.resolve("images"), false);
            registries
                    .pusher(folder.resolve("layers"))
                    .push(List.of(new PushRequest(
                            images.get(0).layout(),
                            ImageReference.ofRepository("registry", registry.host() + "/acme/shop"),
                            List.of("1"))));

            String pushed = "docker://" + registry.host() + "/acme/shop:1";
            JsonNode index = JSON.readTree(skopeo("inspect", "--tls-verify=false", "--raw", pushed));
            assertThat(index.path("manifests"))
                    .extracting(manifest -> Stream.of("os", "architecture", "variant")
                            .map(name -> manifest.path("platform").path(name).asText())
                            .filter(text -> !text.isEmpty())
                            .reduce((a, b) -> a + "/" + b)
                            .orElseThrow())
                    .containsExactlyElementsOf(PLATFORMS);
            for (String platform : PLATFORMS) {
                compare(tools, registry, pushed, platform);
            }
        }
    }

    private void compare(ImageTools tools, DockerRegistry registry, String pushed, String platform) throws IOException {
        String name = name(platform);
        tools.build(
                "documented-" + name,
                folder,
                "FROM localhost/base-" + name + "\nCOPY --chown=nginx:root dist/web /usr/share/nginx/html\n",
                "--platform",
                platform);
        Path theirs = folder.resolve("theirs");
        tools.toLayout("documented-" + name, theirs);
        Path ours = folder.resolve("ours-" + name);
        String[] parts = platform.split("/");
        String variant = parts.length > 2 ? "--override-variant=" + parts[2] : "--override-os=linux";
        skopeo(
                "copy",
                "--quiet",
                "--src-tls-verify=false",
                "--override-arch=" + parts[1],
                variant,
                pushed,
                "oci:" + ours + ":image");

        assertThat(ImageTools.describe(tools.unpack(ours, "image")))
                .as(platform)
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(ImageTools.describe(tools.unpack(theirs, "documented-" + name)));
        JsonNode expected = configuration(theirs, "documented-" + name);
        JsonNode actual = configuration(ours, "image");
        assertThat(actual.path("architecture")).isEqualTo(expected.path("architecture"));
        assertThat(actual.path("variant")).isEqualTo(expected.path("variant"));
        assertThat(actual.path("os")).isEqualTo(expected.path("os"));
        assertThat(actual.at("/config/Env")).isEqualTo(expected.at("/config/Env"));
        assertThat(actual.at("/config/Env").toString()).contains("BUILT_FOR=" + platform);
    }

    private static JsonNode configuration(Path layout, String tag) throws IOException {
        return JSON.readTree(skopeo("inspect", "--config", "--raw", "oci:" + layout + ":" + tag));
    }

    private static String skopeo(String... arguments) {
        return RequiredProgram.SKOPEO.run(arguments);
    }

    private static String name(String platform) {
        return platform.substring("linux/".length()).replace('/', '-');
    }
}
