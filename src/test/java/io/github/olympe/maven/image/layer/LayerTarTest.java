package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.StrictTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTarTest {

    private static final String[] PARTS = {
        "a", "é", "日本", "😀", " ", "\n", "\"", "'", "\\", "*", "x".repeat(50), "y".repeat(99), "=", "1", ".", "-"
    };

    @TempDir
    Path folder;

    /** Another implementation can read back any entry. The seed is the number of the repetition. */
    @RepeatedTest(100)
    void canBeReadBackAndEqualsWhatItsObserverSaw(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<LayerEntry> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(entry(random, i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Recorder seen = new Recorder();
        LayerTar tar = new LayerTar(out, seen);
        for (LayerEntry entry : written) {
            tar.write(entry);
        }
        tar.close();

        List<LayerEntry> read = new ArrayList<>();
        TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()), "UTF-8");
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            LayerEntry expected = written.get(read.size());
            assertThat(entry.getName())
                    .isEqualTo(expected.path() + (expected.type() == SourceEntry.Type.FOLDER ? "/" : ""));
            assertThat(entry.getMode()).isEqualTo(expected.mode());
            assertThat(entry.getLongUserId()).isEqualTo(expected.uid());
            assertThat(entry.getLongGroupId()).isEqualTo(expected.gid());
            assertThat(entry.getSize()).isEqualTo(expected.size());
            assertThat(entry.getLinkName()).isEqualTo(expected.linkTarget() == null ? "" : expected.linkTarget());
            assertThat(entry.isLink())
                    .isEqualTo(expected.type() == SourceEntry.Type.FILE && expected.linkTarget() != null);
            Content content = expected.content();
            if (content != null) {
                assertThat(in.readAllBytes()).isEqualTo(readAll(content));
                assertThat(seen.contents.get(entry.getName()).toByteArray()).isEqualTo(readAll(content));
                assertThat(entry.getLastModifiedTime().toMillis()).isEqualTo(FileTimes.of(expected.hash()) * 1000);
            }
            assertThat(seen.entries.get(read.size())).isEqualTo(description(entry));
            read.add(expected);
        }
        assertThat(read).isEqualTo(written);
        assertThat(StrictTar.read(out.toByteArray()))
                .extracting(StrictTar.Entry::path)
                .containsExactlyElementsOf(written.stream()
                        .map(entry -> entry.path() + (entry.type() == SourceEntry.Type.FOLDER ? "/" : ""))
                        .toList());
    }

    private static String description(TarArchiveEntry entry) {
        return String.join(
                " ",
                entry.getName(),
                entry.getLinkName(),
                Boolean.toString(entry.isFile()),
                Boolean.toString(entry.isSymbolicLink()),
                Integer.toOctalString(entry.getMode()),
                Long.toString(entry.getLongUserId()),
                Long.toString(entry.getLongGroupId()),
                Long.toString(entry.getSize()));
    }

    /** Records what an observer of the layer sees. */
    private static final class Recorder implements LayerObserver {

        private final List<String> entries = new ArrayList<>();
        private final Map<String, ByteArrayOutputStream> contents = new HashMap<>();
        private ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public void entry(TarArchiveEntry entry) {
            entries.add(description(entry));
            content = new ByteArrayOutputStream();
            contents.put(entry.getName(), content);
        }

        @Override
        public void content(byte[] bytes, int length) {
            content.write(bytes, 0, length);
        }

        @Override
        public void written(Digest blob) {
            throw new IllegalStateException("only the cache knows when the layer is whole");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"after it was read", "later", "after!"})
    void aFileThatChangesMeanwhileIsAnError(String later) throws IOException {
        Path file = Files.writeString(folder.resolve("main.js"), "before");
        byte[] hash = Digest.sha256().digest("before".getBytes(StandardCharsets.UTF_8));
        LayerEntry entry = LayerEntry.file("main.js", 0644, 0, 0, 6, hash, Content.of(file));
        Files.writeString(file, later);

        assertThatThrownBy(() -> new LayerTar(new ByteArrayOutputStream(), LayerObserver.NONE).write(entry))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The file '" + file
                        + "' changed while its image was assembled. Stop what writes to it, and run the build again.");
    }

    private static byte[] readAll(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private LayerEntry entry(Random random, int number) throws IOException {
        String path = "p" + number + "-" + text(random) + "e";
        int mode = random.nextInt(02000);
        long uid = random.nextBoolean() ? random.nextInt(2000) : random.nextLong(1L << 32);
        long gid = random.nextBoolean() ? random.nextInt(2000) : random.nextLong(1L << 32);
        byte[] content = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(5000)];
        random.nextBytes(content);
        byte[] hash = Digest.sha256().digest(content);
        return switch (random.nextInt(4)) {
            case 0 -> LayerEntry.folder(path, mode, uid, gid);
            case 1 -> LayerEntry.link(path, 0777, uid, gid, "t" + text(random));
            case 2 -> LayerEntry.hardLink(path, mode, uid, gid, hash, "h" + text(random));
            default ->
                LayerEntry.file(
                        path,
                        mode,
                        uid,
                        gid,
                        content.length,
                        hash,
                        Content.of(Files.write(folder.resolve("content" + number), content)));
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(8); parts > 0; parts--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
            text.append(random.nextInt(3) == 0 ? "/f" : "");
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
