package io.github.olympe.maven.registry.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** Entries are written as {@code path=content}; {@code path->target} is a hard link, and a path with a slash at its end is a folder. */
class AppliedLayersTest {

    private static final String LEFT_OUT = "left out";

    private final AppliedLayers<String> layers = new AppliedLayers<>((path, entry, layer) -> {
        String content =
                entry.isDirectory() ? "folder" : new String(layer.content().readAllBytes(), UTF_8);
        return content.equals(LEFT_OUT) || entry.isLink() ? Optional.empty() : Optional.of(content);
    });

    private Map<String, String> add(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String text : entries) {
                String[] parts = text.split("->|=");
                TarArchiveEntry entry = text.contains("->")
                        ? new TarArchiveEntry(parts[0], TarConstants.LF_LINK)
                        : new TarArchiveEntry(parts[0]);
                byte[] content = text.contains("=") ? parts[1].getBytes(UTF_8) : new byte[0];
                if (text.contains("->")) {
                    entry.setLinkName(parts[1]);
                }
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        layers.add(new ByteArrayInputStream(bytes.toByteArray()), bytes.size());
        return layers.all();
    }

    @Test
    void anUpperLayerWins() throws IOException {
        add("a=1", "b/", "b/c=1", "d=1", "e/f=1");
        assertThat(add("./a=2", "d/", "d/g=2", "e=2"))
                .isEqualTo(Map.of("a", "2", "b/", "folder", "b/c", "1", "d/", "folder", "d/g", "2", "e", "2"));
    }

    @Test
    void whiteoutsDeleteLowerLayersAndNothingOfTheirOwn() throws IOException {
        add("a=1", "b/", "b/c=1", "b-c=1", "d/", "d/e/f=1");
        assertThat(add("d/new=2", "d/.wh..wh..opq", ".wh.b", ".wh.a", "a=2"))
                .isEqualTo(Map.of("a", "2", "b-c", "1", "d/", "folder", "d/new", "2"));
        assertThat(add(".wh..wh..opq", "g=3")).isEqualTo(Map.of("g", "3"));
    }

    @Test
    void entriesThatAreNotKeptStillHideLowerLayers() throws IOException {
        add("a=1", "b/c=1");
        assertThat(add("a=" + LEFT_OUT, "b=" + LEFT_OUT)).isEmpty();
    }

    @Test
    void aHardLinkIsTheFileThatItLeadsTo() throws IOException {
        add("a=1");
        assertThat(add("b=2", "c->b", "d->./a", "e->missing"))
                .isEqualTo(Map.of("a", "1", "b", "2", "c", "2", "d", "1"));
    }
}
