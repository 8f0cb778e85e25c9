package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project with the documented pipeline and Dockerfiles, but without a pom, is adopted and built. Its images are compared with those that
 * buildah makes from the same Dockerfiles, and deployed to a real registry and a webhook.
 */
class AdoptedProjectConformanceTest {

    private static final String GOAL = "io.github.olympe:olympe-maven-plugin:" + MavenBuild.pluginVersion() + ":adopt";
    private static final String COMPARE = "-Dolympe.adopt.compareWith=";
    private static final List<String> KINDS = List.of("frontend", "backend", "codeasdata");
    private static final List<String> SOURCES = List.of("dist/web", "dist/node", "dist/codeAsData");

    private static final String ROOTFS = """
            mkdir -p rootfs/dev rootfs/proc rootfs/run rootfs/sys rootfs/bin rootfs/etc rootfs/home/node/app rootfs/root/patches rootfs/usr/share/nginx/html rootfs/tmp
            cp "$(command -v busybox)" rootfs/bin/busybox
            touch rootfs/etc/hostname rootfs/etc/hosts rootfs/etc/resolv.conf
            for applet in sh chmod chown mkdir; do ln -s busybox rootfs/bin/$applet; done
            printf 'root:x:0:0:root:/root:/bin/sh\\nnginx:x:101:101::/:/bin/sh\\nnode:x:1000:1000::/home/node:/bin/sh\\n' \
                > rootfs/etc/passwd
            printf 'root:x:0:\\nnginx:x:101:\\nnode:x:1000:\\n' > rootfs/etc/group
            """;

    @TempDir
    static Path folder;

    private static DockerRegistry registry;
    private static ImageTools tools;
    private static String base;

    @BeforeAll
    static void makeBaseImage() throws IOException {
        registry = DockerRegistry.start();
        tools = new ImageTools(folder, "vfs");
        ImageTools.bash(folder, ROOTFS);
        tools.build("base", folder, "FROM scratch\nCOPY rootfs/ /\nENV PATH=/bin\n");
        base = registry.host() + "/olympeio/base:stable";
        tools.push("base", base);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void buildsEqualImagesAndDeploysThem() throws Exception {
        Path project = Files.createDirectory(folder.resolve("shop"));
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            write(project, webhook);
            MavenBuild maven = MavenBuild.in(project)
                    .with("WEBHOOK_TOKEN", "shop-token")
                    .with("GITLAB_CI", "true")
                    .with("CI_COMMIT_BRANCH", "master")
                    .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");

            MavenBuild.Result early = maven.run(GOAL, COMPARE + "pipeline");
            assertThat(early.succeeded()).isFalse();
            assertThat(early.log()).contains("Wrote pom.xml", "There is nothing to compare yet");

            Path pom = project.resolve("pom.xml");
            // The Node.js of this machine, instead of one that is downloaded.
            Files.writeString(
                    pom,
                    Files.readString(pom).replaceFirst("(?m)^ *<olympe.nodeVersion>.*</olympe.nodeVersion>\n", ""));
            run(maven, "package");
            for (int i = 0; i < KINDS.size(); i++) {
                String dockerfile = Files.readString(project.resolve("docker/" + KINDS.get(i) + ".Dockerfile"));
                tools.build(
                        KINDS.get(i),
                        project,
                        onBase(dockerfile),
                        "--build-arg",
                        "SOURCES_PATH=" + SOURCES.get(i),
                        "--label",
                        "draw_version=2.9.2");
                tools.push(KINDS.get(i), registry.host() + "/acme/shop-" + KINDS.get(i) + ":master-1a2b3c4d");
            }
            pushOthers(project);
            assertTellsEachDifference(run(maven, GOAL, COMPARE + "pipeline,frontend=" + other() + "," + undeclared())
                    .log());

            MavenBuild.Result missing =
                    maven.run(GOAL, COMPARE + registry.host() + "/old/none-backend:1,frontend=" + other());
            assertThat(missing.succeeded()).isFalse();
            assertThat(missing.log())
                    .contains("frontend and " + other() + ": 7 differences")
                    .contains("The image '" + registry.host() + "/old/none-backend:1' cannot be pulled");

            run(maven, "deploy");
            assertThat(webhook.requests()).hasSize(1);
            assertThat(webhook.requests().get(0).header("Authorization")).isEqualTo("Bearer shop-token");
            JsonNode payload =
                    new ObjectMapper().readTree(webhook.requests().get(0).body());
            assertThat(payload.path("frontend").path("image").asText())
                    .isEqualTo(registry.host() + "/acme/shop-frontend:master-1a2b3c4d");
            assertThat(payload.path("noDowntime").path("promotionMode").asText())
                    .isEqualTo("manual");
        }
    }

    /** Images that differ in each kind of thing. */
    private static void pushOthers(Path project) throws IOException {
        tools.build("other", project, """
                FROM localhost/frontend
                RUN echo '<p>' >> /usr/share/nginx/html/index.html && chmod 0640 /usr/share/nginx/html/main.js \
                 && chown 7:8 /usr/share/nginx/html/images/logo.svg && chmod 600 /etc/group && mkdir /data \
                 && echo {} > /usr/share/nginx/html/main.js.map && chown nginx:root /usr/share/nginx/html/main.js.map
                ENV STAGE=production
                """);
        tools.push("other", other());
        String dockerfile = Files.readString(project.resolve("docker/backend.Dockerfile"))
                .replaceFirst("(?m)^FROM .*", "FROM localhost/base")
                .replace("$SOURCES_PATH", "$SOURCES_PATH/");
        tools.build("undeclared", project.resolve("dist"), dockerfile, "--label", "draw_version=2.9.2");
        tools.push("undeclared", undeclared());
    }

    private static String other() {
        return registry.host() + "/old/site:1";
    }

    private static String undeclared() {
        return registry.host() + "/old/shop-backend:1";
    }

    private static void assertTellsEachDifference(String log) {
        for (String kind : KINDS) {
            assertThat(log)
                    .containsPattern("\\[INFO] " + kind + " and " + registry.host() + "/acme/shop-" + kind
                            + ":master-1a2b3c4d: equal in all \\d+ files, owners, modes and the configuration\\.");
        }
        assertThat(log)
                .doesNotContain("Wrote ")
                .contains("frontend and " + other() + ": 7 differences")
                .contains("[WARNING]   /usr/share/nginx/html/index.html changed (")
                .contains(
                        "[WARNING]   /usr/share/nginx/html/images/logo.svg changed (mode 0644, owner 101:0, before mode 0644, owner 7:8)")
                .contains("[WARNING]   /etc/group changed (mode 0644, owner 0:0, before mode 0600, owner 0:0)")
                .contains("[WARNING]   /data/ is only in the old image")
                .contains("[WARNING]   configuration: Env STAGE removed (was 'production')")
                .contains(
                        "[WARNING]   /usr/share/nginx/html/main.js changed (mode 0644, owner 101:0, before mode 0640, owner 101:0)")
                .contains("Reason: The plugin makes files 0644 or 0755")
                .contains("[WARNING]   /usr/share/nginx/html/main.js.map is only in the old image")
                .contains("Reason: The goal vet would find it (source-map)")
                .contains("Reason: The Dockerfile does not declare SOURCES_PATH with ARG");
    }

    /**
     * A Dockerfile of the documentation, on the base image of this test. buildah fills in the name of the base image as a build argument.
     */
    private static String onBase(String dockerfile) {
        return dockerfile.replaceFirst("(?m)^FROM .*", "FROM localhost/base\nARG SOURCES_PATH");
    }

    private static MavenBuild.Result run(MavenBuild maven, String... arguments) {
        MavenBuild.Result result = maven.run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "-Dolympe.frontend.baseImage=" + base,
                                "-Dolympe.backend.baseImage=" + base,
                                "-Dolympe.codeAsData.baseImage=" + base))
                .toArray(String[]::new));
        assertThat(result.succeeded()).as(result.log()).isTrue();
        return result;
    }

    private static void write(Path project, EmbeddedWebhook webhook) throws IOException {
        ShopProject.writeTo(project);
        Files.writeString(
                project.resolve(".gitlab-ci.yml"),
                Files.readString(Path.of("src/test/resources/adopt/gitlab/documented/.gitlab-ci.yml"))
                        .replace("<docker registry>", registry.host() + "/acme")
                        .replace("<image-name>", "shop")
                        .replace("    URL:\n", "    URL: " + webhook.url() + "\n")
                        .replace(
                                "# Here put your json payload without the images reference",
                                "{\"noDowntime\": {\"promotionMode\": \"manual\"}}"));
        Path docker = Files.createDirectory(project.resolve("docker"));
        for (String kind : KINDS) {
            Files.copy(Path.of("src/it/template/docker/" + kind + ".Dockerfile"), docker.resolve(kind + ".Dockerfile"));
        }
    }
}
