package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever the disk gets full while an image is assembled, there is a complete image, and {@code images.json} describes it. */
class DiskFullTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path project;

    @Test
    void thereIsAlwaysACompleteImage() throws IOException {
        String[] index = new String[1];
        int failures = FullDisk.holding(4096, root -> {
                    assemble(root, 1);
                    index[0] = Files.readString(layout(root).resolve("index.json"));
                })
                .fails(root -> assemble(root, 2), (failure, root) -> {
                    assertThat(failure)
                            .isInstanceOf(OlympeException.class)
                            .hasMessageContaining("cannot be written")
                            .hasMessageContaining("(out of disk space)")
                            .hasMessageContaining("free disk space");
                    requireWhole(root);
                    assertThat(ImagesFile.read(root).images()).hasSize(1);
                });

        assertThat(failures).isGreaterThan(10);
    }

    /** An image with this content, which does not compress. */
    private void assemble(Path root, long seed) throws IOException {
        byte[] content = new byte[20_000];
        new Random(seed).nextBytes(content);
        Path file = project.resolve("dist/node/main.js");
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        ImagesFile.of(new ImageAssembler(new OfflineBases(), root.resolve("cache"), new RecordedLog())
                        .assemble(List.of(Specs.backend(project, OfflineBases.NAME)), root.resolve("images"), false))
                .write(root);
    }

    private static Path layout(Path root) {
        return root.resolve("images/backend");
    }

    /** All blobs have the digests in their names, and the manifest in the index has its configuration and its own layers. */
    private static void requireWhole(Path root) throws IOException {
        Path blobs = layout(root).resolve("blobs/sha256");
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertThat(Digest.ofFile(file).hex())
                        .isEqualTo(file.getFileName().toString());
            }
        }
        Path manifest =
                blobs.resolve(hex(JSON.readTree(Files.readString(layout(root).resolve("index.json")))
                        .at("/manifests/0/digest")
                        .asText()));
        assertThat(manifest).exists();
        assertThat(blobs.resolve(hex(JSON.readTree(Files.readString(manifest))
                        .at("/config/digest")
                        .asText())))
                .exists();
        ImagesFile.Image image = ImagesFile.read(root).images().get(0);
        image.layers()
                .forEach(
                        layer -> assertThat(blobs.resolve(layer.digest().hex())).exists());
    }

    private static String hex(String digest) {
        return digest.replace("sha256:", "");
    }
}
