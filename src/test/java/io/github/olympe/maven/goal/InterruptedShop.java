package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.EmbeddedNpmRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A shop with everything that the goals touch: packages to install, a snapshot into the project and another one into git, a version to bump,
 * two builds, code as data, three images, a registry, a webhook, and a library, which is its backend, with a registry of npm. Its local repository shares the artifacts of all tests, and has a cache of its own.
 */
final class InterruptedShop implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final int FILES = 120;
    private static final String GOALS = "<goal>bump-version</goal><goal>npm-pack</goal><goal>npm-publish</goal>";
    private static final String NPM_TOKEN = "npm-token";

    final Path project;
    final Path cache;
    final EmbeddedWebhook webhook = EmbeddedWebhook.start();
    private final Path repository;
    private final Path standIn;
    private final BareRepository git;
    private final GitHttpServer gitServer;
    private final EmbeddedNpmRegistry npm = EmbeddedNpmRegistry.start(NPM_TOKEN);
    private int variant;
    private final EmbeddedRegistry registry;
    private final boolean ownsRegistry;

    /** Everything that a build has made, so that two builds can be compared. */
    record Result(
            Map<String, String> images,
            Map<String, String> pushed,
            String payload,
            Map<String, String> committed,
            Map<String, String> snapshot,
            String version,
            String library) {}

    /**
     * Writes the project.
     *
     * @param folder a folder for the servers' files
     * @param project an empty folder
     * @param cache the folder that is to be {@code .cache} of the local repository
     */
    InterruptedShop(Path folder, Path project, Path cache, EmbeddedRegistry registry, boolean ownsRegistry)
            throws IOException {
        this.project = Files.createDirectories(project);
        this.cache = Files.createDirectories(cache);
        this.registry = registry;
        this.ownsRegistry = ownsRegistry;
        standIn = folder.resolve("stand-in.json");
        git = BareRepository.create(folder.resolve("repo.git"));
        git.commit("develop", Map.of("README.md", "The shop.\n"));
        gitServer = GitHttpServer.start(git.folder());
        repository = localRepository(folder.resolve("repository"), cache);
        TestBaseImages base = TestBaseImages.pushTo(registry.host());
        ShopProject.writeTo(project);
        for (int i = 0; i < FILES; i++) {
            write("src/web/assets/part" + i + ".js", noise(i));
            write("src/node/lib/part" + i + ".js", noise(i + FILES));
        }
        write("src/node/codeAsData/patch.json", "{}");
        write(".npmrc", npm.url().replace("http:", "") + ":_authToken=${NPM_TOKEN}\n");
        write("res/snapshot-config.json", """
                [{"snapshooter": {"name": "Project", "rootTags": ["%1$s"], "outputDir": "snapshot"}},
                 {"snapshooter": {"name": "Git", "rootTags": ["%1$s"], "outputDir": "saved"},
                  "git": {"repo": "%2$s"}}]
                """.formatted(ShopProject.ROOT_TAG, gitServer.url()));
        ShopProject.writePom(
                project,
                property("olympe.registry", registry.host() + "/" + project.getFileName())
                        + property("olympe.tags", "{version}")
                        + property("olympe.deploy.url", webhook.url("/acme/production"))
                        + property("olympe.frontend.baseImage", base.frontend())
                        + property("olympe.backend.baseImage", base.backend())
                        + property("olympe.codeAsData.baseImage", base.codeAsData())
                        + property("olympe.codeAsData.deploy", "true")
                        + property("olympe.orchestrator.host", "draw.example.com")
                        + property("olympe.libraryDirectory", "dist/node")
                        + property("olympe.skipPublished", "true"),
                "",
                GOALS);
        variant(0);
    }

    private static String property(String name, String value) {
        return "<%1$s>%2$s</%1$s>".formatted(name, value);
    }

    /** Returns content that does not compress, so that layers have some size. */
    private static String noise(int seed) {
        byte[] bytes = new byte[3000];
        new Random(seed).nextBytes(bytes);
        return "// " + HexFormat.of().formatHex(bytes) + "\n";
    }

    private static Path localRepository(Path folder, Path cache) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(MavenBuild.TARGET.resolve("local-repo"))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (!entry.getFileName().toString().equals(".cache")) {
                    Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
                }
            }
        }
        Files.createSymbolicLink(folder.resolve(".cache"), cache);
        return folder;
    }

    /** Changes the sources, the content of Draw, and the version of the library, which is then not published yet. */
    void variant(int number) throws IOException {
        variant = number;
        npm.clear();
        write("src/node/package.json", """
                {"main": "main.js", "name": "@acme/bricks", "version": "1.0.%d", "codeAsData": "codeAsData",
                 "publishConfig": {"registry": "%s"}}
                """.formatted(number, npm.url()));
        write("src/web/index.html", "<!DOCTYPE html><title>Shop " + number + "</title>\n");
        write("src/node/main.js", "console.log('shop " + number + "');\n");
        Files.writeString(
                standIn, "{\"generate\": {\"count\": 80, \"changed\": 30, \"seed\": %d}}".formatted(number + 1));
    }

    MavenBuild build() {
        return MavenBuild.in(project)
                .localRepository(repository)
                .with("OLYMPE_STAND_IN", standIn.toString())
                .with("DRAW_USERNAME", "nina")
                .with("DRAW_PASSWORD", "draw-password")
                .with("OLYMPE_GIT_TOKEN", "git-token")
                .with("WEBHOOK_TOKEN", "webhook-token")
                .with("NPM_TOKEN", NPM_TOKEN)
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
    }

    /** Returns what the last build has made. */
    Result result() throws IOException {
        Map<String, String> images = images();
        Map<String, String> pushed = new TreeMap<>();
        images.keySet()
                .forEach(name -> pushed.put(name, registry.digest(project.getFileName() + "/shop-" + name, "1.0.0")));
        return new Result(
                images,
                pushed,
                Files.readString(project.resolve("target/olympe/deploy/payload.json")),
                git.files("develop"),
                files(project.resolve("snapshot")),
                version(),
                published().getOrDefault("@acme/bricks-1.0." + variant + ".tgz", "nothing"));
    }

    /** Returns the version in package.json, without the time at which it was set, and the one in the lock file if it differs. */
    private String version() throws IOException {
        String version = version("package.json");
        String locked = version("package-lock.json");
        return (locked.equals(version) ? version : version + ", locked " + locked).replaceAll("-\\d{10}", "-time");
    }

    private String version(String file) throws IOException {
        return JSON.readTree(project.resolve(file).toFile()).path("version").asText();
    }

    /** The SHA-256 of each tarball that the npm registry has. */
    Map<String, String> published() {
        Map<String, String> published = new TreeMap<>();
        npm.tarballs()
                .forEach((name, content) ->
                        published.put(name, sha256(Base64.getDecoder().decode(content))));
        return published;
    }

    /** The digest of each assembled image. */
    Map<String, String> images() throws IOException {
        Map<String, String> images = new TreeMap<>();
        for (JsonNode image : JSON.readTree(
                        project.resolve("target/olympe/images.json").toFile())
                .path("images")) {
            images.put(image.path("name").asText(), image.path("digest").asText());
        }
        return images;
    }

    /** Checks that nothing is incomplete that something may read later. */
    void assertNothingHalf() throws IOException {
        for (String file : new String[] {
            "package.json",
            "package-lock.json",
            "node_modules/.package-lock.json",
            "target/olympe/images.json",
            "target/olympe/deploy/payload.json",
            "target/olympe/deploy/response.json"
        }) {
            Path path = project.resolve(file);
            if (Files.exists(path)) {
                assertThat(JSON.readTree(path.toFile()).isContainerNode())
                        .as(file)
                        .isTrue();
            }
        }
        assertThat(version("package.json")).matches("1\\.0\\.0(-1a2b3c4d-\\d{10})?");
        for (String file : files(project.resolve("target/olympe")).keySet()) {
            if (file.matches("[^/]*\\.tgz")) {
                try (InputStream in = new GZIPInputStream(
                        Files.newInputStream(project.resolve("target/olympe").resolve(file)))) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        assertBlobs(cache.resolve("olympe/base-images/blobs/sha256"));
        assertBlobs(cache.resolve("olympe/images/layers/blobs"));
        for (String image : new String[] {"frontend", "backend", "codeasdata"}) {
            Path layout = project.resolve("target/olympe/images/" + image);
            assertBlobs(layout.resolve("blobs/sha256"));
            if (Files.exists(layout)) {
                assertThat(layout.resolve("index.json")).exists();
            }
        }
        assertThat(git.log("develop")).isNotEmpty();
    }

    private static void assertBlobs(Path folder) throws IOException {
        for (Map.Entry<String, String> blob : files(folder).entrySet()) {
            if (!blob.getKey().endsWith(".tmp")) {
                assertThat(blob.getValue()).as(folder + "/" + blob.getKey()).isEqualTo(blob.getKey());
            }
        }
    }

    /** The SHA-256 of each file below a folder, by its path. */
    static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                        files.put(folder.relativize(path).toString(), sha256(Files.readAllBytes(path)));
                    }
                }
            }
        }
        return files;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // JUnit warns about links out of a temporary folder when it deletes the folder.
        ImageTools.bash(repository, "find . -maxdepth 1 -type l -delete");
        gitServer.close();
        webhook.close();
        npm.close();
        if (ownsRegistry) {
            registry.close();
        }
    }
}
