package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Identity;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerPlanTest {

    @TempDir
    Path folder;

    @AutoClose
    private final Workers workers = Workers.of(1);

    /** Inodes are only unique within a file system: the same number on another one is another file. */
    @Test
    void hardLinksHaveTheSameFileSystem() throws IOException {
        List<LayerEntry> entries = plan(
                file("a", new Identity(1, 77, 2, 0, 0)),
                file("b", new Identity(1, 77, 2, 0, 0)),
                file("c", new Identity(2, 77, 2, 0, 0)),
                file("d", new Identity(2, 77, 1, 0, 0)));
        assertThat(entries)
                .extracting(LayerEntry::linkTarget)
                .containsExactly(null, null, "home/node/app/a", null, null);
    }

    @Test
    void onlyTheLowestLayerMakesTheTarget() throws IOException {
        List<PlannedLayer> layers =
                layers(file("main.js", new Identity(1, 1, 1, 0, 0)), file("main.js.map", new Identity(1, 2, 1, 0, 0)));
        assertThat(layers).hasSize(2);
        assertThat(layers.stream().flatMap(layer -> layer.entries().stream()).map(LayerEntry::path))
                .containsOnlyOnce("home/node/app", "home/node/app/main.js", "home/node/app/main.js.map");
        assertThat(layers.get(0).entries().get(0).path()).isEqualTo("home/node/app");
    }

    private List<LayerEntry> plan(SourceEntry... source) {
        List<PlannedLayer> layers = layers(source);
        assertThat(layers).hasSize(1);
        return layers.get(0).entries();
    }

    private List<PlannedLayer> layers(SourceEntry... source) {
        SourceTree tree = new SourceTree(folder, List.of(source));
        new ContentHashes(folder.resolve("hashes")).compute(tree, workers);
        var spec = Specs.spec(ImageKind.BACKEND, "backend", folder, "acme/base:1", "dist", "/home/node/app", "0:0");
        BaseImage base = TestBaseImages.backend("amd64").asBase(ImageReference.of("baseImage", "acme/base:1"));
        BaseFiles files = new BaseFiles(base, folder.resolve("base"), new RecordedLog());
        return new LayerPlan(spec, Placement.find(spec, base, files, folder.resolve("base")), files).layers(tree);
    }

    private SourceEntry file(String path, Identity identity) throws IOException {
        Path file = Files.writeString(folder.resolve(path), path);
        return new SourceEntry(path, file, Type.FILE, 0644, Files.size(file), identity, null);
    }
}
