package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.Owner;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Identity;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceFiles;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an image's files go in its base image, and what a layer must repeat of the base image for that. */
class PlacementTest {

    private static final ImageReference NAME = ImageReference.of("baseImage", "acme/base:1");

    @TempDir
    Path folder;

    @AutoClose
    private final Workers workers = Workers.of(1);

    private static TestImage base() {
        return TestImage.create()
                .folder("srv", 11, 12, 0750)
                .folder("srv/empty", 0, 0, 0755)
                .folder("srv/full", 13, 14, 0700)
                .file("srv/full/file", 5, 6, 04640, "content")
                .file("srv/full/ours.txt", 5, 6, 0600, "theirs")
                .link("srv/full/link", "file")
                .folder("srv/full/sub", 7, 8, 0711);
    }

    private ImageSpec spec(String target, String owner, boolean ownsTarget, Optional<Integer> targetMode) {
        return new ImageSpec(
                ImageKind.BACKEND,
                "backend",
                "acme/shop-backend",
                List.of("1"),
                NAME,
                List.of(),
                Map.of(),
                new SourceFiles(folder, "dist", List.of(), List.of(), FileModes.KEPT),
                new ImageTarget(target, Owner.of("owner", owner), targetMode, ownsTarget),
                Optional.empty());
    }

    private Placement find(TestImage image, ImageSpec spec) {
        return find(image, spec, image);
    }

    private Placement find(TestImage image, ImageSpec spec, TestImage read) {
        BaseImage base = read.asBase(NAME);
        Path cache = folder.resolve("cache");
        return Placement.find(spec, image.asBase(NAME), new BaseFiles(base, cache, new RecordedLog()), cache);
    }

    private void isAt(TestImage image, ImageSpec spec, Placement expected) {
        assertThat(find(image, spec)).as("computed").isEqualTo(expected);
        TestImage unread = TestImage.create().file("any", 0, 0, 0644, "other");
        assertThat(find(image, spec, unread)).as("remembered").isEqualTo(expected);
    }

    /** All of them share a cache, so each must be stored under its own name. */
    @Test
    void isRememberedForItsImageOwnerAndTarget() {
        Optional<Integer> no = Optional.empty();
        isAt(base(), spec("/srv/full", "1:2", true, no), new Placement(1, 2, "srv/full", List.of(), true));
        isAt(base(), spec("/srv/full", "1:2", false, no), new Placement(1, 2, "srv/full", List.of(), false));
        isAt(base(), spec("/srv/full", "3:4", true, no), new Placement(3, 4, "srv/full", List.of(), true));
        isAt(base(), spec("/srv/empty", "1:2", true, no), new Placement(1, 2, "srv/empty", List.of(), false));
        isAt(
                base(),
                spec("/a/b/c", "1:2", true, no),
                new Placement(1, 2, "a/b/c", List.of("a", "a/b", "a/b/c"), false));
        isAt(
                TestImage.create().folder("srv", 0, 0, 0755),
                spec("/srv/full", "1:2", true, no),
                new Placement(1, 2, "srv/full", List.of("srv/full"), false));
    }

    private List<String> entries(ImageSpec spec) throws IOException {
        Path file = Files.writeString(folder.resolve("ours.txt"), "ours");
        return entries(
                spec,
                new SourceTree(
                        folder,
                        List.of(new SourceEntry(
                                "ours.txt",
                                file,
                                Type.FILE,
                                0604,
                                Files.size(file),
                                new Identity(1, 2, 1, 0, 0),
                                null))));
    }

    private List<String> entries(ImageSpec spec, SourceTree tree) throws IOException {
        new ContentHashes(folder.resolve("hashes")).compute(tree, workers);
        BaseImage base = base().asBase(NAME);
        BaseFiles files = new BaseFiles(base, folder.resolve("cache"), new RecordedLog());
        Placement placement = Placement.find(spec, base, files, folder.resolve("cache"));
        return new LayerPlan(spec, placement, files)
                .layers(tree).stream()
                        .flatMap(layer -> layer.entries().stream())
                        .map(entry -> String.format(
                                "%s %s %o %d:%d %d",
                                entry.type(), entry.path(), entry.mode(), entry.uid(), entry.gid(), entry.size()))
                        .toList();
    }

    @Test
    void allOfATreeBelongsToTheOwner() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "ours");
        Identity twice = new Identity(1, 2, 2, 0, 0);
        SourceTree tree = new SourceTree(
                folder,
                List.of(
                        new SourceEntry("js", folder, Type.FOLDER, 0755, 0, Identity.UNKNOWN, null),
                        new SourceEntry("js/a", file, Type.FILE, 0644, 4, twice, null),
                        new SourceEntry("js/b", file, Type.FILE, 0644, 4, twice, null),
                        new SourceEntry("js/c", file, Type.LINK, 0777, 0, Identity.UNKNOWN, "a")));

        assertThat(entries(spec("/srv/full", "1:2", false, Optional.empty()), tree))
                .containsExactly(
                        "FOLDER srv/full/js 755 1:2 0",
                        "FILE srv/full/js/a 644 1:2 4",
                        "FILE srv/full/js/b 644 1:2 0",
                        "LINK srv/full/js/c 777 1:2 0");
    }

    @Test
    void missingFoldersAreMadeForTheOwner() throws IOException {
        assertThat(entries(spec("/a/b", "1:2", false, Optional.empty())))
                .containsExactly("FOLDER a 755 1:2 0", "FOLDER a/b 755 1:2 0", "FILE a/b/ours.txt 604 1:2 4");
    }

    @Test
    void existingFoldersAreNotListed() throws IOException {
        assertThat(entries(spec("/srv/full", "1:2", false, Optional.empty())))
                .containsExactly("FILE srv/full/ours.txt 604 1:2 4");
    }

    @Test
    void aModeForTheTargetLeavesItsOwner() throws IOException {
        assertThat(entries(spec("/srv/full", "1:2", false, Optional.of(0775))))
                .containsExactly("FOLDER srv/full 775 13:14 0", "FILE srv/full/ours.txt 604 1:2 4");
    }

    @Test
    void filesInAnOwnedTargetGetItsOwnerAndKeepTheirMode() throws IOException {
        assertThat(entries(spec("/srv/full", "1:2", true, Optional.empty())))
                .containsExactly(
                        "FOLDER srv/full 700 1:2 0",
                        "FILE srv/full/file 640 1:2 7",
                        "LINK srv/full/link 777 1:2 0",
                        "FOLDER srv/full/sub 711 1:2 0",
                        "FILE srv/full/ours.txt 604 1:2 4");
    }
}
