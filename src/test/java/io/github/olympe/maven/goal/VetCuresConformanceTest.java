package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.ChrootedServer;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestPom;
import io.github.olympe.maven.vet.rule.CorpusCase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts each file of the corpus into an image that a real nginx serves. When the advice in vet's sentences is copied into the pom, nginx
 * answers 404 for those files, and vet finds nothing more.
 */
class VetCuresConformanceTest {

    private static final String GOAL = "io.github.olympe:olympe-maven-plugin:" + MavenBuild.pluginVersion() + ":";
    private static final String HTML = "usr/share/nginx/html";
    /** The rules for which leaving a file out does not help, because the file is the application's bundle. */
    private static final List<String> NOT_BY_EXCLUDES =
            List.of("build-credential", "default-host", "placeholder", "inline-source-map");

    @TempDir
    Path folder;

    private Path project;

    @Test
    void followingTheAdviceLeavesNoServedSecret() throws Exception {
        project = Files.createDirectories(folder.resolve("shop"));
        Map<String, String> rules = writeCorpus();
        try (DockerRegistry registry = DockerRegistry.start()) {
            MavenBuild.Result first = maven(registry, "", "");
            assertThat(first.succeeded()).as(first.log()).isFalse();
            assertThat(statusOf(rules.keySet())).containsOnlyKeys(200);

            List<String> excludes = all("exclude");

            MavenBuild.Result allowed = maven(registry, "", "-Dolympe.vet.allow=" + String.join(",", all("allow")));
            assertThat(allowed.succeeded()).as(allowed.log()).isTrue();
            assertThat(allowed.log()).contains(" 0 errors, 0 warnings, ");

            maven(
                    registry,
                    excludes.stream()
                            .collect(Collectors.joining(
                                    "</exclude><exclude>", "<excludes><exclude>", "</exclude></excludes>")),
                    "");
            assertThat(findings())
                    .allSatisfy(finding -> assertThat(NOT_BY_EXCLUDES)
                            .contains(finding.path("rule").asText()));
            List<String> cured = rules.keySet().stream()
                    .filter(path -> !NOT_BY_EXCLUDES.contains(rules.get(path)))
                    .toList();
            assertThat(cured).hasSizeGreaterThanOrEqualTo(60);
            assertThat(statusOf(cured)).containsOnlyKeys(404);
        }
    }

    /** Writes each finding of the corpus into a folder of its own, and gives the rules by the paths that are served. */
    private Map<String, String> writeCorpus() throws IOException {
        Map<String, String> rules = new TreeMap<>();
        List<CorpusCase> cases = CorpusCase.findings().toList();
        for (int i = 0; i < cases.size(); i++) {
            // The name of the first one has characters that are special in XML and shells.
            String path = (i == 0 ? "a & b, 'c' [d] $e" : "case" + i) + "/"
                    + cases.get(i).path();
            if (!cases.get(i).rule().equals("hidden-conf")) {
                Path file = project.resolve("dist/web").resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, cases.get(i).content());
                rules.put(path, cases.get(i).rule());
            }
        }
        Files.writeString(project.resolve("dist/web/index.html"), "<h1>Shop</h1>");
        Files.writeString(project.resolve("package.json"), "{\"scripts\": {\"build:draw\": \"true\"}}");
        return rules;
    }

    private MavenBuild.Result maven(DockerRegistry registry, String section, String option) throws IOException {
        TestPom.of("shop")
                .configuration("<codeAsData><skip>true</skip></codeAsData><frontend>" + section + "</frontend>")
                .writeTo(project);
        return MavenBuild.in(project)
                .timeout(Duration.ofMinutes(5))
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .run(
                        GOAL + "image",
                        GOAL + "vet",
                        "-Dolympe.registry=" + registry.host() + "/acme",
                        "-Dolympe.frontend.baseImage="
                                + TestBaseImages.pushTo(registry.host()).frontend(),
                        option.isEmpty() ? "-Dno=option" : option);
    }

    /** What the findings have in a field. */
    private List<String> all(String field) throws IOException {
        List<String> values = new ArrayList<>();
        findings().forEach(finding -> values.add(finding.path(field).asText()));
        return values.stream().filter(value -> !value.isEmpty()).distinct().toList();
    }

    private JsonNode findings() throws IOException {
        return new ObjectMapper()
                .readTree(project.resolve("target/olympe/vet.json").toFile())
                .path("images")
                .path(0)
                .path("findings");
    }

    /** What nginx answers for these files of the image, by its status codes. */
    private Map<Integer, List<String>> statusOf(Iterable<String> paths) throws Exception {
        Path root = folder.resolve("unpacked");
        FileTree.delete(root);
        Files.createDirectories(root);
        Path layout = project.resolve("target/olympe/images/frontend");
        for (JsonNode layer : new ObjectMapper()
                .readTree(project.resolve("target/olympe/images.json").toFile())
                .path("images")
                .path(0)
                .path("layers")) {
            String blob = layer.path("digest").asText().substring("sha256:".length());
            ImageTools.bash(root, "tar xzf " + layout.resolve("blobs/sha256").resolve(blob));
        }
        int port = FreePort.find();
        Path configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                user root; error_log stderr; pid %1$s/nginx.pid; events {}
                http { access_log off; client_body_temp_path %1$s/body; server { listen 127.0.0.1:%2$d; root %3$s; } }
                """.formatted(folder, port, root.resolve(HTML)));
        Map<Integer, List<String>> answers = new TreeMap<>();
        try (ChrootedServer nginx = ChrootedServer.start(
                Path.of("/"), port, "/usr/sbin/nginx", "-c", configuration.toString(), "-g", "daemon off;")) {
            assertThat(nginx.fetch("/index.html").statusCode()).isEqualTo(200);
            for (String path : paths) {
                String encoded = new URI(null, null, "/" + path, null).toASCIIString();
                answers.computeIfAbsent(nginx.fetch(encoded).statusCode(), status -> new ArrayList<>())
                        .add(path);
            }
        }
        return answers;
    }
}
