package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.MavenDistribution;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestPom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty ways to get a secret or an unreadable file into an image, with a Dockerfile that puts the frontend into its own folder. A real
 * build finds each of them, and reports it in the log, on the page, and where CI systems show it.
 */
class VetAttacksConformanceTest {

    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";
    private static final String SECRET = "kr0kod1lTr4nen";
    private static final String GOAL = "io.github.olympe:olympe-maven-plugin:" + MavenBuild.pluginVersion() + ":";

    @TempDir
    Path folder;

    private final Set<String> expected = new TreeSet<>();
    private DockerRegistry registry;
    private Path project;

    @BeforeEach
    void writeProject() throws IOException {
        registry = DockerRegistry.start();
        project = Files.createDirectories(folder.resolve("shop"));
        Files.createDirectories(project.resolve("dist/web"));
        Files.writeString(project.resolve("package.json"), "{\"scripts\": {\"build:draw\": \"true\"}}");
        Files.writeString(
                project.resolve("frontend.Dockerfile"),
                "FROM " + TestBaseImages.pushTo(registry.host()).frontend()
                        + "\nWORKDIR /srv\nARG FOLDER=www\nCOPY $SOURCES_PATH ${FOLDER}\n");
        TestPom.of("shop")
                .configuration(
                        "<codeAsData><skip>true</skip></codeAsData><frontend><modes>kept</modes></frontend><vetAllow><allow>source-map:**</allow></vetAllow>")
                .writeTo(project);
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void noneOfThirtyWaysSlipsThrough() throws IOException {
        writeThirtyFiles();

        MavenBuild.Result github = maven(project, "3.9.16", "GITHUB_ACTIONS", GOAL + "image", GOAL + "vet");

        assertThat(github.succeeded()).as(github.log()).isFalse();
        assertThat(found(project)).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(30);
        assertThat(github.log()).doesNotContain(TOKEN, SECRET);
        assertThat(github.log().lines())
                .contains(
                        "::error file=res/oConfig.json,line=2,title=olympe vet%3A oconfig-password::The image 'frontend'"
                                + " serves '/oConfig.json', which has a password in line 2 (oconfig-password)");
        reportHasTheFindings(project.resolve("target/olympe"));

        // Another machine, without the sources and the Dockerfile, with another Maven and another CI.
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(project.resolve("pom.xml"), other.resolve("pom.xml"));
        FileTree.copy(project.resolve("target"), other.resolve("target"));
        Files.delete(other.resolve("target/olympe/vet.json"));
        MavenBuild.Result gitlab = maven(other, "4.0.0-rc-6", "GITLAB_CI", GOAL + "vet");
        assertThat(gitlab.succeeded()).as(gitlab.log()).isFalse();
        assertThat(found(other)).isEqualTo(expected);
        isAsGitlabDocuments(other.resolve("target/olympe/vet-code-quality.json"));

        MavenBuild.Result maven4 = maven(other, "4.0.0-rc-6", "GITHUB_ACTIONS", GOAL + "vet");
        assertThat(maven4.log().lines()).anyMatch(line -> line.startsWith("::error file=srv/www/oConfig.json,line=2,"));
    }

    private void writeThirtyFiles() throws IOException {
        String config = "{\"token\": \"" + TOKEN + "\"}";
        text("gitlab-token", "bom.json", "\ufeff" + config, StandardCharsets.UTF_8);
        text("gitlab-token", "utf-16le.json", "\ufeff" + config, StandardCharsets.UTF_16LE);
        text("gitlab-token", "utf-16be.json", "\ufeff" + config, StandardCharsets.UTF_16BE);
        text("gitlab-token", "unmarked.json", config, StandardCharsets.UTF_16LE);
        text(
                "gitlab-token",
                "latin-1.json",
                "{\"name\": \"Zoé\", \"t\": \"" + TOKEN + "\"}",
                StandardCharsets.ISO_8859_1);
        text("gitlab-token", "crlf.txt", "a\r\n" + TOKEN + "\r\n");
        text("gitlab-token", "one-line.json", "{\"a\":\"" + "x,".repeat(500_000) + "\",\"t\":\"" + TOKEN + "\"}");
        text("gitlab-token", "large.css", "a{color:red}\n".repeat(1_500_000) + "/*" + TOKEN + "*/");
        text("gitlab-token", "at-a-boundary.js", ";".repeat((1 << 17) - 10) + TOKEN + ";");
        text("gitlab-token", "at-a-part.js", ";".repeat((1 << 16) - 3) + " " + TOKEN + ";".repeat(1 << 16));
        text("gitlab-token", "zero.js", "a='\0';b='" + TOKEN + "'");
        text("gitlab-token", "no-ending", config);
        text("gitlab-token", "ä folder/with spaces and é.json", config);
        text("gitlab-token", "deep/" + "d".repeat(90) + "/" + "e".repeat(90) + "/config.json", config);
        text("gitlab-token", "main.js.map", "{\"sourcesContent\":[\"// tokens\\n" + TOKEN + "\\n\"]}");
        text("gitlab-token", "query.html", "<a href='/?private_token%3D" + TOKEN + "'>");
        bytes("gitlab-token", "vendor.js.gz", gzip("x='" + TOKEN + "'"));
        bytes("env-secret", ".env.gz", gzip("API_TOKEN=" + SECRET));
        text("env-secret", ".env", "\ufeffDB_PASS='" + SECRET + "'\r\n");
        text("env-secret", "config/.envrc", "export API_TOKEN=" + SECRET);
        text("npmrc-secret", ".npmrc~", "//npm.acme.ch/:_authToken=" + SECRET);
        text(
                "oconfig-password",
                "oConfig.json",
                "{\"hc.app\": \"1\", // the shop\n\"db.password\": \"" + SECRET + "\",}");
        text("oconfig-password", "app.js", "c[\"auth.autoPassword\"]=`" + SECRET + "`");
        text("oconfig-password", "page.html", "<a data-c='{&quot;autoPassword&quot;:&quot;" + SECRET + "&quot;}'>");
        text("build-credential", "bundle.js", "e={DRAW_PASSWORD:\"" + SECRET + "\"}");
        text("url-credentials", "conf.json", "{\"repo\": \"https:\\/\\/nina:p@" + SECRET + "@git.acme.ch\\/shop\"}");
        text(
                "private-key",
                "key.json",
                "{\"k\": \"-----BEGIN PRIVATE" + " KEY-----\\r\\n" + "MIIEvQ".repeat(20) + "\\r\\n\"}");
        text("credentials-file", "ci/settings.xml", "<server><password>" + SECRET + "</password></server>");
        text("key-store", "certificates/shop.P12", "x");
        text("", "mirror.git/HEAD", "ref: refs/heads/main");
        expected.add("git-folder mirror.git");
        Path link = project.resolve("dist/web/packages");
        Files.createSymbolicLink(link, Path.of("../../../outside"));
        expected.add("link-outside packages");
        restricted("private.css", "rw-------");
        text("", "closed/a.css", "a{}");
        restricted("closed", "rwxr-x---");
        Files.createDirectories(project.resolve("res"));
        Files.writeString(project.resolve("res/oConfig.json"), "{}");
    }

    private void restricted(String path, String permissions) throws IOException {
        Path file = project.resolve("dist/web").resolve(path);
        if (!Files.exists(file)) {
            Files.writeString(file, "a{}");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        expected.add("unreadable " + path);
    }

    private void text(String rule, String path, String content) throws IOException {
        text(rule, path, content, StandardCharsets.UTF_8);
    }

    private void text(String rule, String path, String content, Charset charset) throws IOException {
        bytes(rule, path, content.getBytes(charset));
    }

    private void bytes(String rule, String path, byte[] content) throws IOException {
        Path file = project.resolve("dist/web").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        if (!rule.isEmpty()) {
            expected.add(rule + " " + path);
        }
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    /** The findings of vet.json that fail the build: rule, and path below the folder that the Dockerfile names. */
    private static Set<String> found(Path project) throws IOException {
        Set<String> found = new TreeSet<>();
        for (JsonNode finding : read(project.resolve("target/olympe/vet.json"))
                .path("images")
                .path(0)
                .path("findings")) {
            if (finding.path("severity").asText().equals("error")) {
                found.add(finding.path("rule").asText() + " "
                        + finding.path("path").asText().replace("/srv/www/", ""));
            }
        }
        return found;
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** The goal's message has the errors, and the warnings have a place of their own. */
    private static void reportHasTheFindings(Path folder) throws IOException {
        JsonNode module = read(folder.resolve("report.json")).path("modules").path(0);
        JsonNode vet = module.path("goals").path(1);
        assertThat(vet.path("name").asText()).isEqualTo("vet");
        assertThat(vet.path("message").asText()).contains("oconfig-password", "gitlab-token", "unreadable");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("(oconfig-password)")
                .doesNotContain(TOKEN, SECRET);
        assertThat(Files.readString(folder.resolve("report.md"))).doesNotContain(TOKEN, SECRET);
    }

    /** The fields of a finding: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
    private static void isAsGitlabDocuments(Path file) throws IOException {
        JsonNode issues = read(file);
        assertThat(issues.isArray()).isTrue();
        assertThat(issues).hasSizeGreaterThanOrEqualTo(30);
        Set<String> fingerprints = new TreeSet<>();
        for (JsonNode issue : issues) {
            assertThat(issue.path("description").asText()).isNotBlank();
            assertThat(issue.path("check_name").asText()).isNotBlank();
            assertThat(issue.path("severity").asText()).isIn("info", "minor", "major", "critical", "blocker");
            assertThat(issue.at("/location/path").asText())
                    .isNotBlank()
                    .doesNotStartWith("/")
                    .doesNotStartWith("./");
            assertThat(issue.at("/location/lines/begin").isIntegralNumber()).isTrue();
            assertThat(fingerprints.add(issue.path("fingerprint").asText()))
                    .as("a fingerprint of its own: %s", issue)
                    .isTrue();
        }
        assertThat(Files.readString(file)).doesNotContain(TOKEN, SECRET);
    }

    private MavenBuild.Result maven(Path directory, String version, String ci, String... goals) throws IOException {
        String[] all = Arrays.copyOf(goals, goals.length + 1);
        all[goals.length] = "-Dolympe.registry=" + registry.host() + "/acme";
        MavenBuild build = MavenBuild.in(directory)
                .maven(MavenDistribution.home(version))
                .timeout(Duration.ofMinutes(5))
                .with(ci, "true");
        List.of("CI_COMMIT_BRANCH", "GITHUB_REF_NAME").forEach(name -> build.with(name, "main"));
        List.of("CI_COMMIT_SHA", "GITHUB_SHA")
                .forEach(name -> build.with(name, "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"));
        return build.with("GITHUB_REF", "refs/heads/main")
                .with("GITHUB_REF_TYPE", "branch")
                .run(all);
    }
}
