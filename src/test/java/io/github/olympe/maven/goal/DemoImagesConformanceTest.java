package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images of the demo in Debian's {@code docker-registry}, which asks for a password. {@code skopeo} reads them back and {@code umoci}
 * unpacks them: they contain the files of {@code dist}.
 */
class DemoImagesConformanceTest {

    private static final String PASSWORD = "M4rk3d-R3g1stry";
    private static final String TOKEN = "M4rk3d-D3pl0y";

    @TempDir
    Path folder;

    @Test
    void containTheFilesOfDist() throws Exception {
        try (EmbeddedRegistry bases = EmbeddedRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start();
                DockerRegistry registry = DockerRegistry.builder()
                        .htpasswd(folder, "ci", PASSWORD)
                        .start()) {
            TestBaseImages base = TestBaseImages.pushTo(bases.host());
            Path project = folder.resolve("demo");
            String[] deploy = {
                "-X",
                "deploy",
                "-Dolympe.registry=" + registry.host() + "/acme",
                "-Dolympe.deploy.url=" + webhook.url("/acme/production"),
                "-Dolympe.frontend.baseImage=" + base.frontend(),
                "-Dolympe.backend.baseImage=" + base.backend(),
                "-Dolympe.codeAsData.baseImage=" + base.codeAsData(),
                "-Dolympe.codeAsData.deploy=true"
            };
            MavenBuild build = MavenBuild.copyOf("demo", project)
                    .server("<server><id>" + registry.host() + "</id><username>ci</username><password>" + PASSWORD
                            + "</password></server>")
                    .with("OLYMPE_DEPLOY_TOKEN", TOKEN)
                    .with("GITLAB_CI", "true")
                    .with("CI_COMMIT_BRANCH", "main")
                    .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");

            MavenBuild.Result result = build.run(deploy);

            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(result.log())
                    .doesNotContain(PASSWORD, TOKEN, base64(PASSWORD), base64("ci:" + PASSWORD), base64(TOKEN));
            assertHolds(registry, "shop-frontend", "usr/share/nginx/html", project.resolve("dist/web"));
            assertHolds(registry, "shop-backend", "home/node/app", project.resolve("dist/node"));
            assertHolds(registry, "shop-codeasdata", "root/patches", project.resolve("dist/codeAsData"));

            MavenBuild.Result again = build.run("olympe:push", deploy[2], deploy[7]);

            assertThat(again.succeeded()).as(again.log()).isTrue();
            assertThat(again.log().lines().filter(line -> line.contains("Pushed ")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("0 B uploaded"));
        }
    }

    private void assertHolds(DockerRegistry registry, String image, String target, Path dist) throws IOException {
        String source = "docker://" + registry.host() + "/acme/" + image + ":main-1a2b3c4d";
        Path layout = folder.resolve(image);
        RequiredProgram.SKOPEO.run(
                "copy",
                "--quiet",
                "--src-tls-verify=false",
                "--src-creds=ci:" + PASSWORD,
                source,
                "oci:" + layout + ":image");
        Path bundle = folder.resolve(image + "-bundle");
        RequiredProgram.UMOCI.run("unpack", "--rootless", "--image", layout + ":image", bundle.toString());
        assertThat(files(bundle.resolve("rootfs").resolve(target))).as(image).containsAllEntriesOf(files(dist));
    }

    /** Each file's content, as its digest would tell it, and each link's target, by its path. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    files.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
                } else {
                    files.put(name, "folder");
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(1);
        return files;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
