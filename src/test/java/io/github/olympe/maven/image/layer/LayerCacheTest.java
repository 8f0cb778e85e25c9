package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LayerCacheTest {

    @TempDir
    Path folder;

    private final Workers workers = Workers.of(2);
    private final Progress progress = new Progress(new RecordedLog(), "frontend", "js");
    private final Seen seen = new Seen();
    private LayerCache cache;
    private PlannedLayer layer;

    /** Records what an observer is told. */
    private static final class Seen implements LayerObserver {

        private final List<String> told = new ArrayList<>();

        @Override
        public void entry(TarArchiveEntry entry) {
            told.add(entry.getName());
        }

        @Override
        public void content(byte[] bytes, int length) {
            told.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void written(Digest layer) {
            told.add(layer.value());
        }
    }

    @BeforeEach
    void plan() throws IOException {
        cache = new LayerCache(folder.resolve("cache"), workers);
        Path file = Files.writeString(folder.resolve("main.js"), "code");
        layer = new PlannedLayer(
                "js",
                "COPY js js",
                List.of(
                        LayerEntry.folder("app", 0755, 1, 2),
                        LayerEntry.file(
                                "app/main.js",
                                0644,
                                1,
                                2,
                                4,
                                Digest.ofFile(file).bytes(),
                                Content.of(file))));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void aLayerIsFoundAgainByItsKey() throws IOException {
        assertThat(cache.isEmpty()).isTrue();
        Layer made = cache.make(layer, "key", () -> seen, progress);

        assertThat(cache.isEmpty()).isFalse();
        assertThat(made.content()).isEqualTo("js");
        assertThat(made.blob())
                .isEqualTo(
                        new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.ofFile(made.file()), Files.size(made.file())));
        try (InputStream tar = new GZIPInputStream(Files.newInputStream(made.file()))) {
            assertThat(Digest.of(tar.readAllBytes())).isEqualTo(made.diffId());
        }
        assertThat(seen.told)
                .containsExactly(
                        "app/", "app/main.js", "code", made.blob().digest().value());
        LayerCache anotherBuilds = new LayerCache(folder.resolve("cache"), workers);
        assertThat(anotherBuilds.find("js", "key")).contains(made);
        assertThat(anotherBuilds.find("js", "another")).isEmpty();

        Path line = folder.resolve("cache/keys/key");
        Files.writeString(
                line, Files.readString(line, StandardCharsets.ISO_8859_1).replace('a', 'b'));
        assertThat(anotherBuilds.find("js", "key")).isEmpty();
    }

    @Test
    void aLayerIsMeasuredWithoutBeingWritten() {
        Digest measured = cache.measure(layer, seen);

        assertThat(cache.isEmpty()).isTrue();
        assertThat(seen.told).containsExactly("app/", "app/main.js", "code", measured.value());
        assertThat(cache.make(layer, "key", () -> LayerObserver.NONE, progress).diffId())
                .isEqualTo(measured);
    }

    @Test
    void aLayerOfARegistryIsRemembered() {
        Descriptor blob = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(new byte[] {1}), 7);
        Layer remembered = cache.remember("js", "key", blob, Digest.of(new byte[] {2}));

        assertThat(remembered).isEqualTo(new Layer("js", blob, Digest.of(new byte[] {2}), remembered.file()));
        assertThat(remembered.file()).doesNotExist();
        assertThat(cache.find("js", "key")).contains(remembered);
    }

    /** Only as many are made at once as there are processors, and those that failed do not count. */
    @Test
    void aLayerWhoseFileChangedIsNotKeptAndDoesNotStandInTheWayOfOthers() throws IOException {
        Files.writeString(folder.resolve("main.js"), "CODE");
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            assertThatThrownBy(() -> cache.make(layer, "key", () -> seen, progress))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("main.js");
        }
        assertThatThrownBy(() -> cache.measure(layer, seen)).isInstanceOf(OlympeException.class);
        assertThat(seen.told).noneMatch(told -> told.startsWith("sha256:"));
        assertThat(cache.find("js", "key")).isEmpty();
        assertThat(folder.resolve("cache/blobs")).isEmptyDirectory();

        Files.writeString(folder.resolve("main.js"), "code");
        cache.make(layer, "key", () -> seen, progress);
        assertThat(cache.find("js", "key")).isPresent();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file");

        assertThatThrownBy(() -> cache.make(layer, "key", () -> seen, progress))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("A layer cannot be written to the cache '" + folder.resolve("cache") + "' (")
                .hasMessageEndingWith("). Check the folder's permissions and the free disk space.");
    }

    @Test
    void aKeyIsThatOfEachEntrysHeaderAndContent() {
        byte[] hash = Digest.of(new byte[] {1}).bytes();
        byte[] other = Digest.of(new byte[] {2}).bytes();
        Content content = () -> InputStream.nullInputStream();
        Set<String> keys = new HashSet<>();
        List<LayerEntry> different = List.of(
                LayerEntry.file("a", 0644, 1, 2, 3, hash, content),
                LayerEntry.file("b", 0644, 1, 2, 3, hash, content),
                LayerEntry.file("a", 0645, 1, 2, 3, hash, content),
                LayerEntry.file("a", 0644, 2, 2, 3, hash, content),
                LayerEntry.file("a", 0644, 1, 1, 3, hash, content),
                LayerEntry.file("a", 0644, 1, 2, 4, hash, content),
                LayerEntry.file("a", 0644, 1, 2, 3, other, content),
                LayerEntry.hardLink("a", 0644, 1, 2, hash, "b"),
                LayerEntry.hardLink("a", 0644, 1, 2, hash, "c"),
                LayerEntry.link("a", 0644, 1, 2, "b"),
                LayerEntry.folder("a", 0644, 1, 2));
        different.forEach(entry -> keys.add(key(List.of(entry))));
        keys.add(key(List.of()));
        keys.add(key(different));
        List<LayerEntry> backwards = new ArrayList<>(different);
        Collections.reverse(backwards);
        keys.add(key(backwards));
        List<LayerEntry> many = Collections.nCopies(4096, different.get(0));
        keys.add(key(many));
        List<LayerEntry> more = new ArrayList<>(many);
        more.add(different.get(1));
        keys.add(key(more));

        assertThat(keys).hasSize(different.size() + 5).allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(key(List.copyOf(more))).isEqualTo(key(more));
    }

    private String key(List<LayerEntry> entries) {
        return new PlannedLayer("js", "COPY js js", entries).key(workers);
    }
}
