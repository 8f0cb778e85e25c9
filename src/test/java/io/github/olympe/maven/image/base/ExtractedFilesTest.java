package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.CountedImage;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied out of a base image comes from its layer only once, and is what the layer has. */
class ExtractedFilesTest {

    @TempDir
    Path cache;

    private final CountedImage image = counted(TestImage.create()
            .file("etc/a", 0, 0, 0644, "of a")
            .file("etc/b", 0, 0, 0644, "of b")
            .folder("etc/folder", 0, 0, 0755)
            .asBase(ImageReference.of("baseImage", "acme/base:1")));

    private static CountedImage counted(BaseImage image) {
        return new CountedImage(image, new ArrayList<>());
    }

    private BaseLayer layer() {
        return image.layers().get(0);
    }

    private BaseContent get(String path) throws IOException {
        return new ExtractedFiles(image, cache).get(layer(), Set.of(path)).get(path);
    }

    private int timesRead() {
        int times = image.opened().size();
        image.opened().clear();
        return times;
    }

    @Test
    void aFileIsReadFromItsLayerOnce() throws IOException {
        BaseContent content = get("etc/a");
        assertThat(content.file())
                .hasContent("of a")
                .hasFileName(Digest.of("of a").hex());
        assertThat(content.digest()).isEqualTo(Digest.of("of a"));
        assertThat(content.size()).isEqualTo(4);
        assertThat(timesRead()).isEqualTo(1);

        assertThat(get("etc/a")).isEqualTo(content);
        assertThat(timesRead()).isZero();
    }

    @Test
    void whatIsMissingIsReadBesideWhatIsKnown() throws IOException {
        BaseContent a = get("etc/a");
        get("etc/b");
        assertThat(timesRead()).isEqualTo(2);

        assertThat(new ExtractedFiles(image, cache).get(layer(), Set.of("etc/a", "etc/b")))
                .containsEntry("etc/a", a)
                .containsKey("etc/b");
        assertThat(timesRead()).isZero();
    }

    @Test
    void aDamagedFileIsReadAgain() throws IOException {
        Path file = get("etc/a").file();
        for (String damaged : List.of("OF A", "of", "of a and more")) {
            Files.writeString(file, damaged);
            timesRead();
            assertThat(get("etc/a").file()).as(damaged).hasContent("of a");
            assertThat(timesRead()).as(damaged).isEqualTo(1);
        }
        Files.delete(file);
        assertThat(get("etc/a").file()).hasContent("of a");
        assertThat(timesRead()).isEqualTo(1);
    }

    /** What is not used for long is deleted from the cache. */
    @Test
    void aFileThatIsUsedIsMarked() throws IOException {
        Path file = get("etc/a").file();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(60, ChronoUnit.DAYS)));

        get("etc/a");

        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isAfter(Instant.now().minus(1, ChronoUnit.DAYS));
    }

    @Test
    void aMemoOfAnotherVersionCountsAsNone() throws IOException {
        get("etc/a");
        Path memo = cache.resolve("extracted").resolve(layer().blob().digest().hex());
        byte[] known = CheckedFile.read(memo).orElseThrow();
        known[3]--;
        CheckedFile.write(memo, out -> out.write(known));
        timesRead();

        get("etc/a");
        assertThat(timesRead()).isEqualTo(1);
        get("etc/a");
        assertThat(timesRead()).as("the memo was written again").isZero();
    }

    @Test
    void aFileOfAnySizeIsWhole() throws IOException {
        byte[] large = new byte[200_001];
        new Random(7).nextBytes(large);
        CountedImage other = counted(TestImage.create()
                .file("large", 0, 0, 0644, large)
                .file("empty", 0, 0, 0644, "")
                .file("twice", 0, 0, 0644, "first")
                .file("twice", 0, 0, 0644, "last")
                .asBase(ImageReference.of("baseImage", "acme/other:1")));
        ExtractedFiles files = new ExtractedFiles(other, cache);

        Map<String, BaseContent> contents = files.get(other.layers().get(0), Set.of("large", "empty", "twice"));

        assertThat(contents.get("large").file()).hasBinaryContent(large);
        assertThat(contents.get("large").size()).isEqualTo(large.length);
        assertThat(contents.get("empty").file()).isEmptyFile();
        assertThat(contents.get("twice").file()).hasContent("last");
        assertThat(other.opened()).hasSize(1);
    }

    @Test
    void onlyFilesHaveContent() {
        assertThatThrownBy(() -> get("etc/folder"))
                .isInstanceOf(IOException.class)
                .hasMessage("it has no 'etc/folder' any more");
        assertThat(cache.resolve("extracted")).doesNotExist();
    }
}
