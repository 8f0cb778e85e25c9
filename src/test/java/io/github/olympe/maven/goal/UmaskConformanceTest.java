package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.StrictTar;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One project, cloned and built from start to end under each umask. The images are the same, and every user can read their files. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UmaskConformanceTest {

    private static final List<String> UMASKS = List.of("002", "022", "027", "077");

    @TempDir
    Path folder;

    @Test
    void theImagesAreTheSameUnderEachUmask() throws Exception {
        Path origin = Files.createDirectories(folder.resolve("origin"));
        ShopProject.writeTo(origin);
        ImageTools.bash(origin, """
                printf '#!/bin/sh\\n' > src/node/start.sh; chmod 755 src/node/start.sh
                git init -q -b main . && git add -A && git -c user.name=a -c user.email=a@example.com commit -q -m one
                """);
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            TestBaseImages bases = TestBaseImages.pushTo(registry.host());
            Map<String, Map<String, String>> digests = new TreeMap<>();
            for (String umask : UMASKS) {
                Path project = folder.resolve("clone-" + umask);
                ImageTools.bash(folder, "umask " + umask + "; git clone -q origin " + project.getFileName());
                ShopProject.writePom(project, "", "");

                MavenBuild.Result build = MavenBuild.in(project)
                        .umask(umask)
                        .run(
                                "package",
                                "-Dolympe.registry=" + registry.host() + "/acme",
                                "-Dolympe.frontend.baseImage=" + bases.frontend(),
                                "-Dolympe.backend.baseImage=" + bases.backend(),
                                "-Dolympe.codeAsData.baseImage=" + bases.codeAsData());

                assertThat(build.succeeded()).as(build.log()).isTrue();
                digests.put(umask, digests(project));
                assertEverybodyCanRead(project);
            }
            assertThat(digests.values().stream().distinct())
                    .as(digests.toString())
                    .hasSize(1);
            assertThat(digests.get("022")).containsOnlyKeys("frontend", "backend", "codeasdata");
        }
    }

    private static Map<String, String> digests(Path project) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        images(project)
                .forEach(image -> digests.put(
                        image.path("name").asText(), image.path("digest").asText()));
        return digests;
    }

    private static JsonNode images(Path project) throws IOException {
        return new ObjectMapper()
                .readTree(project.resolve("target/olympe/images.json").toFile())
                .path("images");
    }

    /** Others may read each file and enter each folder: nginx's user, the backend's, and a pod's of any number in group 0. */
    private static void assertEverybodyCanRead(Path project) throws IOException {
        for (JsonNode image : images(project)) {
            for (JsonNode layer : image.path("layers")) {
                Path blob = project.resolve("target/olympe/images")
                        .resolve(image.path("name").asText())
                        .resolve("blobs/sha256")
                        .resolve(layer.path("digest").asText().replace("sha256:", ""));
                try (InputStream tar = new GZIPInputStream(Files.newInputStream(blob))) {
                    assertThat(StrictTar.read(tar.readAllBytes())).isNotEmpty().allSatisfy(entry -> {
                        int needed = entry.type() == '5' || entry.path().endsWith(".sh") ? 0555 : 0444;
                        assertThat(entry.mode() & needed).as(entry.path()).isEqualTo(needed);
                    });
                }
            }
        }
    }
}
