package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Identity;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerSplitTest {

    private final List<SourceEntry> entries = new ArrayList<>();

    @Test
    void eachFolderIsALayerAndTheRestComesLast() {
        folder("acme.shop");
        file("acme.shop/a", 5);
        file("import_order.json", 1);
        folder("olympeio.core");
        file("olympeio.core/sub/b", 9);
        assertThat(LayerSplit.of(entries).keySet()).containsExactly("acme.shop", "olympeio.core", ".");
        assertThat(LayerSplit.of(entries).get("olympeio.core"))
                .extracting(entry -> entry.path)
                .containsExactly("olympeio.core", "olympeio.core/sub/b");
    }

    @Test
    void nodeModulesIsTheLowest() {
        folder("assets");
        file("main.js", 1);
        folder("node_modules");
        file("node_modules/x", 1);
        assertThat(LayerSplit.of(entries).keySet()).containsExactly("node_modules", "assets", ".");
    }

    @Test
    void thereAreAtMostTenLayers() {
        folder("node_modules");
        for (int i = 0; i < 30; i++) {
            folder("f" + i);
            file("f" + i + "/x", i);
        }
        file("main.js", 1_000_000);
        assertThat(LayerSplit.of(entries).keySet())
                .containsExactly("node_modules", "f22", "f23", "f24", "f25", "f26", "f27", "f28", "f29", ".");
        assertThat(LayerSplit.of(entries).values().stream().mapToInt(List::size).sum())
                .isEqualTo(entries.size());
    }

    /** After a change of a source, the bundle and its map are in a new layer, and the fonts are not. */
    @Test
    void filesAtTheTopAreSplitByHowOftenTheyChange() {
        for (String name :
                List.of("3f2a9c1b0d.png", "Roboto.woff2", "index.html", "main.js", "main.js.map", "oConfig.json")) {
            file(name, 1);
        }
        file("chunk.0123456789abcdef.js", 1);
        file("deadbeef.js", 1);
        Map<String, List<SourceEntry>> layers = LayerSplit.of(entries);
        assertThat(layers.keySet()).containsExactly(LayerSplit.ASSETS, LayerSplit.MAPS, LayerSplit.REST);
        assertThat(layers.get(LayerSplit.ASSETS))
                .extracting(entry -> entry.path)
                .containsExactly("3f2a9c1b0d.png", "Roboto.woff2", "chunk.0123456789abcdef.js");
        assertThat(layers.get(LayerSplit.MAPS)).extracting(entry -> entry.path).containsExactly("main.js.map");
        assertThat(layers.get(LayerSplit.REST))
                .extracting(entry -> entry.path)
                .containsExactly("index.html", "main.js", "oConfig.json", "deadbeef.js");
    }

    @Test
    void nineFoldersBesideAssetsAreLayersOfTheirOwn() {
        for (int i = 1; i <= 9; i++) {
            folder("f" + i);
            file("f" + i + "/x", i);
        }
        file("logo.png", 1);
        assertThat(LayerSplit.of(entries).keySet())
                .containsExactly("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", LayerSplit.ASSETS);
    }

    @Test
    void foldersAndTopFilesTogetherAreAtMostTenLayers() {
        for (int i = 0; i < 9; i++) {
            folder("f" + i);
            file("f" + i + "/x", i);
        }
        file("font.woff", 1);
        file("main.js.map", 1);
        assertThat(LayerSplit.of(entries).keySet())
                .containsExactly("f2", "f3", "f4", "f5", "f6", "f7", "f8", LayerSplit.ASSETS, LayerSplit.MAPS, ".");
    }

    @Test
    void theRestMayBeEmpty() {
        folder("a");
        assertThat(LayerSplit.of(entries).keySet()).containsExactly("a");
    }

    private void folder(String path) {
        entries.add(new SourceEntry(path, Path.of(path), Type.FOLDER, 0755, 0, Identity.UNKNOWN, null));
    }

    private void file(String path, long size) {
        entries.add(new SourceEntry(path, Path.of(path), Type.FILE, 0644, size, Identity.UNKNOWN, null));
    }
}
