package io.github.olympe.maven.patches.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedContentsTest {

    @TempDir
    Path folder;

    private static Content keep(StreamedContents contents, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return contents.keep("layer 1", new ByteArrayInputStream(bytes), bytes.length, "0644, 0:0");
    }

    private static String read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsKeptCanBeReadAgainInAnyOrder() throws IOException {
        try (StreamedContents contents = StreamedContents.in(folder.resolve("new"))) {
            Content first = keep(contents, "the first");
            Content empty = keep(contents, "");
            Content second = keep(contents, "the second");

            assertThat(read(second)).isEqualTo("the second");
            assertThat(read(empty)).isEmpty();
            assertThat(read(first)).isEqualTo("the first");
            Content third = keep(contents, "the third");
            assertThat(read(third)).isEqualTo("the third");
            assertThat(read(second)).isEqualTo("the second");
            assertThat(first.place()).isEqualTo("layer 1");
            assertThat(first.size()).isEqualTo(9);
            assertThat(first.attributes()).isEqualTo("0644, 0:0");
        }
    }

    @Test
    void aContentEndsWhereTheNextBeginsHoweverItIsRead() throws IOException {
        try (StreamedContents contents = StreamedContents.in(folder)) {
            Content first = keep(contents, "one");
            keep(contents, "two");

            try (InputStream in = first.open()) {
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    read.write(next);
                }
                assertThat(read.toString(StandardCharsets.UTF_8)).isEqualTo("one");
                assertThat(in.read()).isEqualTo(-1);
                assertThat(in.read(new byte[1])).isEqualTo(-1);
                assertThat(in.read(new byte[0])).isZero();
            }
            try (InputStream in = first.open()) {
                byte[] buffer = new byte[10];
                assertThat(in.read(buffer, 1, 2)).isEqualTo(2);
                assertThat(in.read(buffer, 3, 7)).isEqualTo(1);
                assertThat(new String(buffer, 1, 3, StandardCharsets.UTF_8)).isEqualTo("one");
                assertThat(in.read(buffer, 0, 1)).isEqualTo(-1);
            }
        }
    }

    @Test
    void theTemporaryFileIsDeletedAtTheEnd() throws IOException {
        try (StreamedContents contents = StreamedContents.in(folder)) {
            keep(contents, "one");
            assertThat(files()).isNotEmpty();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsClosedKeepsNoFileOpen() throws IOException {
        StreamedContents contents = StreamedContents.in(folder);
        InputStream in = keep(contents, "one").open();
        in.close();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);

        contents.close();
        assertThatThrownBy(() -> keep(contents, "x".repeat(100_000))).isInstanceOf(IOException.class);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void equalContentsHaveTheSameIdWhereverTheyAre() throws IOException {
        byte[] bytes = "one".getBytes(StandardCharsets.UTF_8);
        Content compared = StreamedContents.compared("layer 2", new ByteArrayInputStream(bytes), 3, "0600, 1:1");
        Content link = StreamedContents.text("layer 3", "target", "link");
        try (StreamedContents contents = StreamedContents.in(folder)) {
            assertThat(keep(contents, "one").id()).isEqualTo(compared.id());
            assertThat(StreamedContents.isKept(keep(contents, "one"))).isTrue();
            assertThat(keep(contents, "two").id()).isNotEqualTo(compared.id());
            assertThat(keep(contents, "target").id()).isEqualTo(link.id());
        }
        assertThat(StreamedContents.isKept(compared)).isFalse();
        assertThat(StreamedContents.isKept(link)).isFalse();
        assertThat(compared.place()).isEqualTo("layer 2");
        assertThat(compared.attributes()).isEqualTo("0600, 1:1");
        assertThat(link.size()).isZero();
        assertThatThrownBy(compared::open).isInstanceOf(IOException.class).hasMessage("its content is not kept");
    }
}
