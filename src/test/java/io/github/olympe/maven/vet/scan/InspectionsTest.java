package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionsTest {

    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";

    private static final String HTML = "usr/share/nginx/html/";

    @TempDir
    Path cache;

    private final List<Descriptor> opened = new ArrayList<>();

    private Inspections inspections() {
        return new Inspections(LayerBlob.FOLDERS, cache);
    }

    private InspectedLayer inspected(byte[] blob, Optional<Digest> tar) throws IOException {
        return inspections().of(LayerBlob.descriptor(blob), tar, layer -> {
            opened.add(layer);
            return new ByteArrayInputStream(blob);
        });
    }

    private static LayerInspector written(LayerInspector inspector, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        inspector.entry(entry);
        inspector.content(bytes, bytes.length);
        return inspector;
    }

    @Test
    void aLayerThatWasLookedThroughWhileItWasWrittenIsNotRead() throws IOException {
        byte[] blob = new LayerBlob().file(HTML + "a.json", "x").bytes();
        Digest tar = Digest.of("its tar");
        inspections().remember(tar, written(inspections().begin(), HTML + "a.json", TOKEN));

        InspectedLayer inspected = inspected(blob, Optional.of(tar));

        assertThat(opened).isEmpty();
        assertThat(inspected.inspection().found())
                .extracting(Inspection.Found::rule)
                .containsExactly("gitlab-token");
        assertThat(inspected.paths().get()).containsExactly(HTML + "a.json");
    }

    /** While a layer is written, what its hard links lead to is gone. */
    @Test
    void aLayerWithHardLinksToOtherFoldersIsRead() throws IOException {
        byte[] blob = new LayerBlob()
                .file("app/a.json", TOKEN)
                .hardLink(HTML + "a.json", "app/a.json")
                .bytes();
        LayerInspector inspector = written(inspections().begin(), "app/a.json", TOKEN);
        TarArchiveEntry link = new TarArchiveEntry(HTML + "a.json", TarConstants.LF_LINK);
        link.setLinkName("app/a.json");
        inspector.entry(link);
        inspections().remember(Digest.of(blob), inspector);

        assertThat(inspected(blob, Optional.empty()).inspection().found()).hasSize(1);
        assertThat(opened).hasSize(2);
    }

    @Test
    void aLayerIsReadOnceWhoeverAsks() throws IOException {
        byte[] blob = new LayerBlob().file(HTML + "a.json", TOKEN).bytes();
        InspectedLayer first = inspections().of(LayerBlob.descriptor(blob), layer -> new ByteArrayInputStream(blob));
        assertThat(first.inspection().found()).hasSize(1);

        assertThat(inspected(blob, Optional.empty()).inspection().found()).hasSize(1);
        assertThat(opened).isEmpty();
    }

    @Test
    void aLayerIsReadAgainIfAFileOfTheCacheIsGone() throws IOException {
        byte[] blob = new LayerBlob().file(HTML + "a.json", TOKEN).bytes();
        inspected(blob, Optional.empty());
        deletePaths();

        assertThat(inspected(blob, Optional.empty()).paths().get()).containsExactly(HTML + "a.json");
        assertThat(opened).hasSize(2);
    }

    @Test
    void saysThatAFileOfTheCacheIsGoneSinceTheLayerWasLookedUp() throws IOException {
        byte[] blob = new LayerBlob().file(HTML + "a.json", TOKEN).bytes();
        inspected(blob, Optional.empty());
        InspectedLayer inspected = inspected(blob, Optional.empty());
        deletePaths();

        assertThatThrownBy(() -> inspected.paths().get())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("paths' was damaged or removed");
    }

    private void deletePaths() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(each -> each.endsWith("paths")).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Classes that are loaded again behave like those of another process. */
    @Test
    void oneProcessFindsWhatAnotherStored() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader other =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> inspections = other.loadClass(Inspections.class.getName());
            assertThat(inspections).isNotSameAs(Inspections.class);
            Field rules = inspections.getDeclaredField("RULES");
            rules.setAccessible(true);

            assertThat(rules.get(null)).isEqualTo(Inspections.RULES);
        }
    }
}
