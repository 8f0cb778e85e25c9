package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project of the shape of Olympe's template, with its real npm packages and the smallest pom, goes from sources to a real registry and a
 * webhook by one {@code mvn deploy}; nginx serves its frontend from the image, and its service starts from the other.
 */
class TemplateConformanceTest {

    private static final String TAG = "main-1a2b3c4d";

    @TempDir
    Path folder;

    private ImageTools tools;
    private final int nginxPort = FreePort.find();

    @BeforeEach
    void prepareTools() {
        tools = new ImageTools(folder);
    }

    @Test
    void isDeployedAsItIs() throws Exception {
        Path project = folder.resolve("template");
        try (EmbeddedRegistry bases = EmbeddedRegistry.start();
                DockerRegistry registry = DockerRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            MavenBuild.Result result = MavenBuild.copyOf("template", project)
                    .timeout(Duration.ofMinutes(30))
                    .with("OLYMPE_DEPLOY_TOKEN", "template-token")
                    .with("GITLAB_CI", "true")
                    .with("CI_COMMIT_BRANCH", "main")
                    .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                    .run(
                            "deploy",
                            "-Dolympe.registry=" + registry.host() + "/acme",
                            "-Dolympe.deploy.url=" + webhook.url("/acme/production"),
                            "-Dolympe.frontend.baseImage=" + nginxBase(registry),
                            "-Dolympe.backend.baseImage=" + nodeBase(registry),
                            "-Dolympe.codeAsData.baseImage="
                                    + TestBaseImages.pushTo(bases.host()).codeAsData());

            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(webhook.requests()).hasSize(1);
            JsonNode payload =
                    new ObjectMapper().readTree(webhook.requests().get(0).body());
            assertThat(payload.path("frontend").path("image").asText())
                    .isEqualTo(registry.host() + "/acme/template-frontend:" + TAG);
            assertThat(payload.path("backends").path("images").path(0).asText())
                    .isEqualTo(registry.host() + "/acme/template-backend:" + TAG);

            assertServes(unpacked(registry, "template-frontend"), project);
            assertAnswers(unpacked(registry, "template-backend"));
        }
        // The toolkit lists a package without code as data, and makes no folder for it.
        Path codeAsData = project.resolve("dist/codeAsData");
        assertThat(codeAsData.resolve("import_order.json")).content().contains("olympeio-extensions.lab");
        assertThat(codeAsData.resolve("olympeio-extensions.lab")).doesNotExist();
    }

    /** nginx, as a user of its own in group 0, serves what the build made. */
    private void assertServes(Path image, Path project) throws Exception {
        Path web = project.resolve("dist/web");
        try (ChrootedServer nginx = ChrootedServer.start(image, nginxPort, RunnableBaseImages.nginxCommand())) {
            assertThat(nginx.fetch("/").body()).isEqualTo(Files.readString(web.resolve("index.html")));
            for (String file : new String[] {"main.js", "css/main.css", "oConfig.json", "version.json"}) {
                assertThat(nginx.fetch("/" + file).body()).as(file).isEqualTo(Files.readString(web.resolve(file)));
            }
            assertThat(nginx.fetch("/version.json").body()).contains("\"version\": \"1.0.0\"");
        }
    }

    /** The service starts as the user that its pod has. */
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

    private Path unpacked(DockerRegistry registry, String image) {
        Path layout = folder.resolve(image);
        String source = "docker://" + registry.host() + "/acme/" + image + ":" + TAG;
        RequiredProgram.SKOPEO.run("copy", "--quiet", "--src-tls-verify=false", source, "oci:" + layout + ":image");
        return tools.unpack(layout, "image");
    }
}
