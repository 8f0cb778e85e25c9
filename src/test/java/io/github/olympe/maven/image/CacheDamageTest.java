package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.layer.ImageTarget;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.testing.StrictTar;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After any damage in the cache or in {@code target}, the next image is right, and the damage is repaired. */
@Timeout(60)
class CacheDamageTest {

    @TempDir
    Path folder;

    /** The ways to damage a file. All keep its name, some its size. */
    enum Damage {
        EMPTIED,
        CUT,
        FLIPPED,
        LONGER;

        void to(Path file) throws IOException {
            byte[] content = Files.readAllBytes(file);
            switch (this) {
                case EMPTIED -> Files.write(file, new byte[0]);
                case CUT -> Files.write(file, Arrays.copyOf(content, Math.max(0, content.length - 1)));
                case FLIPPED -> {
                    content[content.length / 2] ^= 1;
                    Files.write(file, content);
                }
                default -> Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            }
        }
    }

    private final TestImage base = TestImage.create()
            .folder("root", 0, 0, 0700)
            .folder("root/patches", 0, 0, 0755)
            .file("root/patches/from-base.json", 0, 0, 0644, "{\"of\": \"the base image\"}");

    @BeforeEach
    void writeSource() throws IOException {
        write("import_order.json", "[]");
        write("acme.shop/Home/.Home.newInst.json", "{}");
    }

    @ParameterizedTest
    @EnumSource
    void damageInTheCacheIsRepaired(Damage damage) throws IOException {
        check(damage, List.of("cache"));
    }

    @ParameterizedTest
    @EnumSource
    void damageInTheLayoutIsRepaired(Damage damage) throws IOException {
        check(damage, List.of("images"));
    }

    @ParameterizedTest
    @EnumSource
    void damageInBothIsRepaired(Damage damage) throws IOException {
        check(damage, List.of("cache", "images"));
    }

    private void check(Damage damage, List<String> places) throws IOException {
        AssembledImage first = assemble();
        Map<String, StrictTar.Entry> content = AssembledFiles.of(first);
        assertThat(content.get("root/patches/from-base.json").content())
                .asString()
                .contains("the base image");
        for (String place : places) {
            for (Path file : files(place)) {
                damage.to(file);
            }
        }
        // The layers of the layout are then copied from the cache or made again.
        assertThat(assemble().layout()).isEqualTo(first.layout());
        AssembledImage again = assemble();
        assertThat(again.layout()).isEqualTo(first.layout());
        AssembledFiles.of(again)
                .forEach((path, entry) -> assertThat(entry.content())
                        .as(path)
                        .isEqualTo(content.get(path).content()));
        requireWholeArchive(again);
    }

    /** Each blob in the archive for {@code docker load} has its digest. */
    private void requireWholeArchive(AssembledImage image) throws IOException {
        int blobs = 0;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(Files.newInputStream(folder.resolve("images/codeasdata.tar")))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().startsWith("blobs/")) {
                    assertThat(io.github.olympe.maven.registry.Digest.of(tar.readAllBytes())
                                    .hex())
                            .isEqualTo(entry.getName().substring("blobs/sha256/".length()));
                    blobs++;
                }
            }
        }
        assertThat(blobs).isEqualTo(image.layout().manifests().get(0).layers().size() + 2);
    }

    @Test
    void aChangedByteInOneProjectsTargetDoesNotReachOthers() throws IOException {
        AssembledImage first = assemble();
        Path blob = first.layout().blob(first.layers().get(0).blob().digest()).orElseThrow();
        Damage.FLIPPED.to(blob);
        AssembledImage other = assemble(folder.resolve("other project"));
        assertThat(AssembledFiles.of(other))
                .hasSize(AssembledFiles.of(assemble()).size());
    }

    @Test
    void blobsThatNoLongerBelongToTheImageAreRemovedFromTheLayout() throws IOException {
        assemble();
        write("import_order.json", "[\"acme.shop\"]");
        AssembledImage second = assemble();
        try (Stream<Path> blobs = Files.list(folder.resolve("images/codeasdata/blobs/sha256"))) {
            assertThat(blobs).hasSize(second.layers().size() + 2);
        }
    }

    @Test
    void theOwnerOfTheTargetIsNotTakenFromAnotherImage() throws IOException {
        ImageSpec codeAsData = Specs.codeAsData(folder, OfflineBases.NAME);
        ImageTarget target = codeAsData.target();
        ImageSpec copied =
                Specs.with(codeAsData, new ImageTarget(target.folder(), target.owner(), target.mode(), false));
        assemble(copied, folder.resolve("images"));
        assertThat(AssembledFiles.of(assemble())).containsKey("root/patches/from-base.json");
    }

    private List<Path> files(String place) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(place))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private AssembledImage assemble() {
        return assemble(folder.resolve("images"));
    }

    private AssembledImage assemble(Path images) {
        return assemble(Specs.codeAsData(folder, OfflineBases.NAME), images);
    }

    private AssembledImage assemble(ImageSpec spec, Path images) {
        return new ImageAssembler(new OfflineBases(base), folder.resolve("cache"), new RecordedLog())
                .assemble(List.of(spec), images, true)
                .get(0);
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve("dist/codeAsData").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
