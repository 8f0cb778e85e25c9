package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Identity;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSplitTest {

    private final List<SourceEntry> entries = new ArrayList<>();

    @Test
    void eachFolderIsALayerAndTheRestIsTheLast() {
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
    void thereAreNoMoreThanTen() {
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

    @Test
    void nothingIsLeftForTheRest() {
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
