package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SecretMarksTest {

    private final SecretMarks marks = new SecretMarks();
    private final String secret = marks.get("token");

    @TempDir
    Path folder;

    @Test
    void aMarkIsFoundAnywhere() {
        assertThat(marks.in(secret)).containsOnlyKeys("token");
        assertThat(marks.in("é" + secret + "é").get("token")).startsWith("é");
        assertThat(marks.in("a".repeat(200) + secret).get("token")).startsWith("a".repeat(150) + secret.charAt(0));
        assertThat(marks.in("nothing")).isEmpty();
        assertThat(marks.in("")).isEmpty();
    }

    @Test
    void halfAMarkIsFound() {
        assertThat(marks.in(secret.substring(0, 11) + "…")).containsOnlyKeys("token");
        assertThat(marks.in("…" + secret.substring(secret.length() - 11))).containsOnlyKeys("token");
        assertThat(marks.in(secret.substring(0, 10))).isEmpty();
        assertThat(marks.in(secret.substring(secret.length() - 10))).isEmpty();
    }

    @Test
    void itsBase64IsFoundWithAnythingNextToIt() {
        for (String before : new String[] {"", "a", "ab", "user:", "user: "}) {
            for (String after : new String[] {"", "z", "yz"}) {
                byte[] bytes = (before + secret + after).getBytes(StandardCharsets.UTF_8);
                assertThat(marks.in(Base64.getEncoder().encodeToString(bytes)))
                        .as(before + "…" + after)
                        .containsOnlyKeys("token in Base64");
                assertThat(marks.in(Base64.getUrlEncoder().encodeToString(bytes)))
                        .as(before + "…" + after)
                        .containsOnlyKeys("token in Base64");
            }
        }
    }

    @Test
    void isFoundInFilesTheirCompressedContentAndTheirNames() throws IOException {
        Files.writeString(folder.resolve("plain"), "before " + secret);
        Files.write(folder.resolve("bytes"), ("\0\u00ff" + secret).getBytes(StandardCharsets.ISO_8859_1));
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("compressed")))) {
            out.write(secret.getBytes(StandardCharsets.UTF_8));
        }
        Path named = Files.createFile(folder.resolve(secret.substring(0, 11)));
        Files.writeString(folder.resolve("left out"), secret);

        assertThat(marks.in(folder, file -> !file.endsWith("left out")))
                .containsOnlyKeys(
                        folder.resolve("plain") + ": token",
                        folder.resolve("bytes") + ": token",
                        folder.resolve("compressed") + ": token",
                        "the name " + named + ": token");
    }

    @Test
    @Timeout(20)
    void findsManyMarksInMuchTextAtOnce() {
        for (int i = 0; i < 100; i++) {
            marks.get("token " + i);
        }
        byte[] much = new byte[1 << 26];
        Arrays.fill(much, (byte) 'a');
        byte[] last = marks.get("token 99").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(last, 0, much, much.length - last.length, last.length);
        assertThat(marks.in(much)).containsOnlyKeys("token 99");
    }
}
