package io.github.olympe.maven.image;

import static io.github.olympe.maven.testing.Mutations.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.image.base.Accounts;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageConfiguration;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.image.source.IgnoreFile;
import io.github.olympe.maven.image.source.SourceFilter;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.registry.credential.DockerConfiguration;
import io.github.olympe.maven.registry.protocol.AuthChallenge;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input about images, from {@code src/test/resources/bad/image}. */
class BadInputTest {

    @TempDir
    Path folder;

    @Corpus("image/image-reference")
    void imageReference(BadInput input) throws Exception {
        input.check(folder, () -> ImageReference.of("frontend/baseImage", input.text()));
    }

    @Corpus("image/owner")
    void owner(BadInput input) throws Exception {
        input.check(folder, () -> Owner.of("frontend/owner", input.text()));
    }

    @Corpus("image/platform")
    void platform(BadInput input) throws Exception {
        input.check(folder, () -> Platform.of("frontend/platforms", input.text()));
    }

    @Corpus("image/passwd")
    void passwd(BadInput input) throws Exception {
        BaseImage base = OneLayerImage.of(tar(Map.of("etc/passwd", input.content())));
        Accounts accounts =
                new Accounts(new BaseFiles(base, folder.resolve("cache"), OneLayerImage.SILENT), base.reference());
        input.check(folder, () -> accounts.find("owner", Owner.of("owner", "nginx")));
    }

    @Corpus("image/dockerignore")
    void dockerignore(BadInput input) throws Exception {
        input.write(folder.resolve(".dockerignore"));
        input.check(
                folder, () -> IgnoreFile.of(folder, Optional.empty()).ignores("dist/web/" + "a".repeat(64) + ".js"));
    }

    @Corpus("image/pattern")
    void pattern(BadInput input) throws Exception {
        ImageSpec spec = Specs.with(Specs.backend(folder, "acme/base"), List.of(input.text()), List.of());
        input.check(folder, () -> SourceFilter.of(spec).test("a/".repeat(100) + "a"));
    }

    @Corpus("image/docker-config")
    void dockerConfig(BadInput input) throws Exception {
        input.write(folder.resolve("config.json"));
        input.check(folder, () -> found(Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder.toString())));
    }

    @Corpus("image/helper-answer")
    void helperAnswer(BadInput input) throws Exception {
        Files.writeString(folder.resolve("config.json"), "{\"credsStore\": \"test\"}");
        input.write(folder.resolve("answer"));
        Path helper = folder.resolve("docker-credential-test");
        Files.writeString(helper, "#!/bin/sh\nexec cat '" + folder.resolve("answer") + "'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        input.check(folder, () -> found(Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder + ":/bin:/usr/bin")));
    }

    /** Returns the user that is found, and what was logged. */
    private static String found(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        DockerConfiguration configuration = new DockerConfiguration(environment, Duration.ofSeconds(5), warnings::add);
        String user = configuration
                .find("reg.example.com", "acme/shop")
                .flatMap(Credential::username)
                .orElse("nothing");
        return user + " " + warnings;
    }

    @Corpus("image/images-json")
    void imagesJson(BadInput input) throws Exception {
        input.write(folder.resolve("images.json"));
        input.check(folder, () -> ImagesFile.read(folder));
    }

    @Corpus("image/layout")
    void layout(BadInput input) throws Exception {
        input.write(folder.resolve("index.json"));
        input.check(folder, () -> ImageLayout.read(folder));
    }

    @Corpus("image/base-manifest")
    void baseManifest(BadInput input) throws Exception {
        byte[] config = ("{\"os\": \"linux\", \"architecture\": \"amd64\", \"rootfs\": {\"diff_ids\": [\"sha256:"
                        + "a".repeat(64) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        String manifest = new String(input.content(), StandardCharsets.ISO_8859_1)
                .replace("<config>", Digest.of(config).value())
                .replace("<size>", Integer.toString(config.length));
        try (FewBlobs registry = FewBlobs.start(manifest.getBytes(StandardCharsets.ISO_8859_1), List.of(config))) {
            input.check(folder, () -> resolve(registry.host()));
        }
        assertThat(folder.resolve("etc")).doesNotExist();
    }

    @Corpus("image/base-config")
    void baseConfig(BadInput input) throws Exception {
        byte[] config = input.content();
        String manifest = "{\"schemaVersion\": 2, \"config\": {\"size\": " + config.length + ", \"digest\": \""
                + Digest.of(config).value() + "\"}, \"layers\": []}";
        try (FewBlobs registry = FewBlobs.start(manifest.getBytes(StandardCharsets.UTF_8), List.of(config))) {
            input.check(folder, () -> {
                BaseImage base = resolve(registry.host()).get(0);
                ImageSpec spec = Specs.backend(folder, registry.host() + "/acme/base:1");
                return new String(
                        ImageConfiguration.configuration(spec, base, List.of(), List.of(), Optional.empty()),
                        StandardCharsets.UTF_8);
            });
        }
    }

    @Corpus("image/registry-answer")
    void registryAnswer(BadInput input) throws Exception {
        try (RawServer registry = RawServer.answering(closing(input.content()))) {
            input.check(folder, () -> resolve(registry.host()));
        }
    }

    @Corpus("image/token-answer")
    void tokenAnswer(BadInput input) throws Exception {
        try (RawServer tokens = RawServer.answering(closing(input.content()));
                RawServer registry =
                        RawServer.answering(("HTTP/1.1 401 No\r\nConnection: close\r\nWWW-Authenticate: Bearer realm=\""
                                        + tokens.url("/token") + "\"\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8))) {
            input.check(folder, () -> resolve(registry.host()));
        }
    }

    private static byte[] closing(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .replaceFirst("^(HTTP/1\\.1 \\d+ \\w+)\r\n", "$1\r\nConnection: close\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<BaseImage> resolve(String host) {
        RegistryFixture fixture = new RegistryFixture(folder);
        fixture.retries = fixture.retries.withAttempts(2);
        try (Registries registries = fixture.open()) {
            return registries
                    .baseImages(fixture.cache(), false)
                    .resolve(ImageReference.of("baseImage", host + "/acme/base:1"), List.of());
        }
    }

    @Corpus("image/base-layer")
    void baseLayer(BadInput input) throws Exception {
        byte[] layer = layer(input);
        input.check(folder, () -> placed(layer));
    }

    private String placed(byte[] layer) throws IOException {
        return OneLayerImage.of(layer).placed(folder);
    }

    private static byte[] layer(BadInput input) throws IOException {
        String described = new String(input.content(), StandardCharsets.ISO_8859_1);
        if (described.startsWith("bytes ")) {
            String bytes = described.substring("bytes ".length());
            return bytes.equals("@") ? new byte[0] : bytes.getBytes(StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (String part : input.parts()) {
                String kind = part.substring(0, part.indexOf(' '));
                boolean isLong = kind.startsWith("long");
                String[] names = isLong
                        ? new String[] {"././@LongLink", part.substring(kind.length() + 1)}
                        : part.substring(kind.length() + 1).split(kind.equals("file") ? "=" : " -> ", 2);
                boolean hasContent = isLong || kind.equals("file");
                byte[] content = hasContent ? names[1].getBytes(StandardCharsets.UTF_8) : new byte[0];
                TarArchiveEntry entry = new TarArchiveEntry(
                        names[0],
                        switch (kind) {
                            case "link" -> TarArchiveEntry.LF_SYMLINK;
                            case "hard" -> TarArchiveEntry.LF_LINK;
                            case "longname" -> TarArchiveEntry.LF_GNUTYPE_LONGNAME;
                            case "longlink" -> TarArchiveEntry.LF_GNUTYPE_LONGLINK;
                            default -> TarArchiveEntry.LF_NORMAL;
                        },
                        true);
                if (!hasContent) {
                    entry.setLinkName(names[1]);
                }
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void randomReferencesAndOwnersCauseNoUnexpectedError() throws Exception {
        List<String> references = List.of(
                "registry.example.com:5000/acme/shop-base:18-stable",
                "[::1]:5000/acme/base@sha256:" + "0a".repeat(32),
                "nginx:1");
        Mutations.survive(4000, references, text(value -> ImageReference.of("baseImage", value)));
        Mutations.survive(2000, List.of("nginx:root", "1000:1000", "node"), text(value -> Owner.of("owner", value)));
        Mutations.survive(
                1000, List.of("linux/amd64", "linux/arm64/v8"), text(value -> Platform.of("platforms", value)));
    }

    @Test
    void randomPatternsCauseNoUnexpectedError() throws Exception {
        List<String> good =
                List.of("**/node_modules\n!dist/**/*.js\n# x\n", "dist/web/[a-c]?.map\n*/**/b\n", "/a/./b/../c\n");
        Mutations.survive(
                1500,
                good,
                text(lines ->
                        IgnoreFile.parse(".dockerignore", lines).ignores("dist/web/aaaaaaaaaaaaaaaaaaaa/b/c.map")));
    }

    @Test
    void randomChallengesCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "Bearer realm=\"https://auth.example.com/token\",service=\"registry\",scope=\"repository:a/b:pull\"",
                "Basic realm=\"a \\\"quoted\\\" one\"");
        Mutations.survive(2000, good, text(header -> AuthChallenge.of(List.of(header))));
    }

    @Test
    void randomJsonFilesCauseNoUnexpectedError() throws Exception {
        String digest = "sha256:" + "0a".repeat(32);
        List<String> images = List.of(
                "{\"version\": 1, \"images\": [{\"kind\": \"backend\", \"name\": \"backend\", \"repository\": \"r.io/a/b\","
                        + " \"tags\": [\"main\", \"latest\"], \"digest\": \"" + digest + "\", \"imageId\": \"" + digest
                        + "\", \"baseImage\": \"x\", \"pushed\": true, \"layers\": [{\"digest\": \"" + digest
                        + "\", \"size\": 12}]}]}");
        Mutations.survive(400, images, bytes -> {
            Files.write(folder.resolve("images.json"), bytes);
            ImagesFile.read(folder);
        });
        List<String> docker = List.of(
                "{\"auths\": {\"reg.example.com\": {\"auth\": \"dTpw\"}, \"https://b/v2/\": {\"identitytoken\": \"t\"}}, \"credHelpers\": {\"c\": \"x\"}}");
        Mutations.survive(400, docker, bytes -> {
            Files.write(folder.resolve("config.json"), bytes);
            found(Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder.toString()));
        });
    }

    @Test
    void randomLayersCauseNoUnexpectedError() throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        files.put("etc/passwd", "root:x:0:0\nnginx:x:101:101\n".getBytes(StandardCharsets.UTF_8));
        files.put("root/patches/a.json", "{}".getBytes(StandardCharsets.UTF_8));
        byte[] gzipped = tar(files);
        byte[] plain;
        try (InputStream in = new java.util.zip.GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            plain = in.readAllBytes();
        }
        // Mutations work on bytes as well as on letters if every byte is a letter.
        String letters = new String(plain, 0, 3072, StandardCharsets.US_ASCII);
        Mutations.survive(600, List.of(letters), this::placed);
    }
}
