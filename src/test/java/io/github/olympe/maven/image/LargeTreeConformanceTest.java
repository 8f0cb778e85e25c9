package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.ScratchFolder;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory does not grow with the tree: a Java with 256 MiB assembles 100,000 files and 2 GiB. */
class LargeTreeConformanceTest {

    private Path folder;

    @BeforeEach
    void makeTree() throws IOException {
        folder = ScratchFolder.create("olympe-large-tree", 1L << 30);
        for (int i = 0; i < 200; i++) {
            Path packages = Files.createDirectories(folder.resolve("dist/node/node_modules/package" + i));
            for (int j = 0; j < 500; j++) {
                Files.writeString(packages.resolve("file" + j + ".js"), "module.exports = " + i + " * " + j);
            }
        }
        // A file with holes needs no space on the disk, but is read like any other.
        ImageTools.bash(folder, "truncate -s 2G dist/node/large; echo end >> dist/node/large");
    }

    @AfterEach
    void removeTree() {
        ScratchFolder.remove(folder);
    }

    @Test
    void isAssembledWith256MiB() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        Assemble.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).contains("2 layers");
        assertThat(process.exitValue()).isZero();
    }

    /** Assembles the backend's image from the folder in its argument, twice: from nothing, and from the cache. */
    static final class Assemble {

        private Assemble() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                    Registries registries = new RegistryFixture(folder).open()) {
                String base = TestBaseImages.pushTo(registry.host()).backend();
                ImageAssembler assembler = new ImageAssembler(
                        registries.baseImages(folder.resolve("bases"), false),
                        folder.resolve("cache"),
                        new RecordedLog());
                Digest first = assemble(assembler, folder, base).digest();
                AssembledImage second = assemble(assembler, folder, base);
                if (!second.digest().equals(first)) {
                    throw new IllegalStateException("another image the second time");
                }
                System.out.println(second.layers().size() + " layers");
            }
        }

        private static AssembledImage assemble(ImageAssembler assembler, Path folder, String base) {
            return assembler
                    .assemble(List.of(Specs.backend(folder, base)), folder.resolve("images"), false)
                    .get(0);
        }
    }
}
