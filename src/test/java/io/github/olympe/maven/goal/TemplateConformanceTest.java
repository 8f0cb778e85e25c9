package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.ChrootedServer;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.RunnableBaseImages;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project in the shape of Olympe's template, with its real npm packages and the smallest pom, goes from sources to a real registry and a
 * webhook with one {@code mvn deploy}. nginx serves its frontend from the image, and its service starts from the other image.
 */
class TemplateConformanceTest {

    private static final String TAG = "main-1a2b3c4d";
    private static final String GOAL = "io.github.olympe:olympe-maven-plugin:" + MavenBuild.pluginVersion() + ":";
    private static final Pattern CURE =
            Pattern.compile("<frontend><excludes><exclude>([^<]+)</exclude></excludes></frontend>");

    @TempDir
    Path folder;

    private ImageTools tools;
    private final int nginxPort = FreePort.find();

    @BeforeEach
    void prepareTools() {
        tools = new ImageTools(folder);
    }

    @Test
    void isDeployedUnchanged() throws Exception {
        Path project = folder.resolve("template");
        try (EmbeddedRegistry bases = EmbeddedRegistry.start();
                DockerRegistry registry = DockerRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            MavenBuild maven = MavenBuild.copyOf("template", project)
                    .timeout(Duration.ofMinutes(30))
                    .with("OLYMPE_DEPLOY_TOKEN", "template-token")
                    .with("GITLAB_CI", "true")
                    .with("CI_COMMIT_BRANCH", "main")
                    .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
            List<String> properties = List.of(
                    "-Dolympe.registry=" + registry.host() + "/acme",
                    "-Dolympe.deploy.url=" + webhook.url("/acme/production"),
                    "-Dolympe.frontend.baseImage=" + nginxBase(registry),
                    "-Dolympe.backend.baseImage=" + nodeBase(registry),
                    "-Dolympe.codeAsData.baseImage="
                            + TestBaseImages.pushTo(bases.host()).codeAsData());
            MavenBuild.Result result = run(maven, properties, "deploy");

            assertThat(webhook.requests()).hasSize(1);
            JsonNode payload =
                    new ObjectMapper().readTree(webhook.requests().get(0).body());
            assertThat(payload.path("frontend").path("image").asText())
                    .isEqualTo(registry.host() + "/acme/template-frontend:" + TAG);
            assertThat(payload.path("backends").path("images").path(0).asText())
                    .isEqualTo(registry.host() + "/acme/template-backend:" + TAG);

            assertServes(unpacked(registry, "template-frontend"), project);
            assertAnswers(unpacked(registry, "template-backend"));
            // The toolkit lists a package without code as data, and makes no folder for it.
            Path codeAsData = project.resolve("dist/codeAsData");
            assertThat(codeAsData.resolve("import_order.json")).content().contains("olympeio-extensions.lab");
            assertThat(codeAsData.resolve("olympeio-extensions.lab")).doesNotExist();

            assertOneChangedLineMovesLittle(
                    project, () -> run(maven, properties, GOAL + "build-frontend", GOAL + "image"));
            assertNotServedOnceExcluded(
                    project,
                    registry,
                    result,
                    () -> run(maven, properties, GOAL + "image", GOAL + "vet", GOAL + "push"));
        }
    }

    private static MavenBuild.Result run(MavenBuild maven, List<String> properties, String... goals) {
        MavenBuild.Result result = maven.run(
                Stream.concat(Arrays.stream(goals), properties.stream()).toArray(String[]::new));
        assertThat(result.succeeded()).as(result.log()).isTrue();
        return result;
    }

    /** A changed line sends little more than the files that it changed. */
    private static void assertOneChangedLineMovesLittle(Path project, Supplier<MavenBuild.Result> build)
            throws IOException {
        Map<String, Long> layers = layers(project);
        Map<Path, Digest> files = files(project.resolve("dist/web"));
        Path source = project.resolve("src/bricks/web/Greeting.jsx");
        Files.writeString(source, Files.readString(source).replace("Welcome to Acme", "Good morning at Acme"));
        build.get();

        long changed = 0;
        for (Map.Entry<Path, Digest> file : files(project.resolve("dist/web")).entrySet()) {
            if (!file.getValue().equals(files.get(file.getKey()))) {
                changed += compressed(file.getKey());
            }
        }
        Map<String, Long> moved = layers(project);
        moved.keySet().removeAll(layers.keySet());
        assertThat(moved).hasSize(2);
        assertThat((double) moved.values().stream().mapToLong(Long::longValue).sum() / changed)
                .as("bytes sent, to the compressed size of the files that changed")
                .isBetween(0.9, 1.1);
    }

    /** The layers of the frontend's image with their sizes. */
    private static Map<String, Long> layers(Path project) throws IOException {
        Map<String, Long> layers = new TreeMap<>();
        new ObjectMapper()
                .readTree(project.resolve("target/olympe/images.json").toFile())
                .path("images")
                .path(0)
                .path("layers")
                .forEach(layer -> layers.put(
                        layer.path("digest").asText(), layer.path("size").asLong()));
        return layers;
    }

    private static Map<Path, Digest> files(Path folder) throws IOException {
        Map<Path, Digest> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Digest.ofFile(file));
            }
        }
        return files;
    }

    private static long compressed(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            Files.copy(file, out);
        }
        return bytes.size();
    }

    /** {@code vet} accepts the template with warnings. After following them, those files are no longer served. */
    private void assertNotServedOnceExcluded(
            Path project, DockerRegistry registry, MavenBuild.Result first, Supplier<MavenBuild.Result> build)
            throws Exception {
        assertThat(first.log()).contains("0 errors, 5 warnings");
        for (String rule : new String[] {"(node-config)", "(source-map)", "(default-host)", "(placeholder)"}) {
            assertThat(first.log()).contains(rule);
        }
        List<String> excludes = CURE.matcher(first.log())
                .results()
                .map(cure -> cure.group(1))
                .distinct()
                .toList();
        assertThat(excludes).containsExactlyInAnyOrder("oConfigNode.json", "main.js.map");
        Path pom = project.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "<extensions>true</extensions>",
                                "<extensions>true</extensions><configuration><frontend><excludes>"
                                        + excludes.stream()
                                                .map(exclude -> "<exclude>" + exclude + "</exclude>")
                                                .collect(Collectors.joining())
                                        + "</excludes></frontend></configuration>"));
        MavenBuild.Result second = build.get();

        assertThat(second.log()).doesNotContain("(node-config)").doesNotContain("(source-map)");
        FileTree.delete(folder.resolve("template-frontend"));
        try (ChrootedServer nginx = ChrootedServer.start(
                unpacked(registry, "template-frontend"), nginxPort, RunnableBaseImages.nginxCommand())) {
            assertThat(nginx.fetch("/main.js").statusCode()).isEqualTo(200);
            for (String excluded : excludes) {
                assertThat(nginx.fetch("/" + excluded).statusCode())
                        .as(excluded)
                        .isEqualTo(404);
            }
        }
    }

    /** nginx serves what the build made, as a user of its own in group 0. */
    private void assertServes(Path image, Path project) throws Exception {
        Path web = project.resolve("dist/web");
        try (ChrootedServer nginx = ChrootedServer.start(image, nginxPort, RunnableBaseImages.nginxCommand())) {
            assertThat(nginx.fetch("/").body()).isEqualTo(Files.readString(web.resolve("index.html")));
            // Files that only the environment needs are served too; vet warns about them.
            assertThat(nginx.fetch("/oConfigNode.json").statusCode()).isEqualTo(200);
            for (String file : new String[] {"main.js", "css/main.css", "oConfig.json", "version.json"}) {
                assertThat(nginx.fetch("/" + file).body()).as(file).isEqualTo(Files.readString(web.resolve(file)));
            }
            assertThat(nginx.fetch("/version.json").body()).contains("\"version\": \"1.0.0\"");
        }
    }

    /** The service starts as the user of its pod. */
    private void assertAnswers(Path image) throws Exception {
        int port = FreePort.find();
        Map<String, String> environment = Map.of("HEALTH_PORT", String.valueOf(port));
        try (ChrootedServer service =
                ChrootedServer.start(image, port, "1000:0", environment, "/usr/bin/node", "/home/node/app/main.js")) {
            assertThat(service.fetch("/").body()).contains("\"status\":\"up\"");
        }
    }

    private String nginxBase(DockerRegistry registry) throws Exception {
        RunnableBaseImages.nginx(tools, folder, "nginx", nginxPort);
        return pushed("nginx", registry.host() + "/olympeio/frontend-base:stable");
    }

    private String nodeBase(DockerRegistry registry) throws Exception {
        RunnableBaseImages.node(tools, folder, "node");
        return pushed("node", registry.host() + "/olympeio/backend-base:18-stable");
    }

    private String pushed(String tag, String reference) {
        tools.push(tag, reference);
        return reference;
    }

    private Path unpacked(DockerRegistry registry, String image) throws IOException {
        Path layout = folder.resolve(image);
        String source = "docker://" + registry.host() + "/acme/" + image + ":" + TAG;
        RequiredProgram.SKOPEO.run("copy", "--quiet", "--src-tls-verify=false", source, "oci:" + layout + ":image");
        return tools.unpack(layout, "image");
    }
}
