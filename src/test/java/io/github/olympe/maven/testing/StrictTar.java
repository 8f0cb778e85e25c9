package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a tar as strictly as the POSIX standard (IEEE Std 1003.1, pax) allows, without a library. What a lenient reader would accept fails
 * the test here.
 */
public final class StrictTar {

    private static final int BLOCK = 512;
    private static final Pattern OCTAL = Pattern.compile("[0-7]+");
    private static final Pattern PAX = Pattern.compile("([1-9][0-9]*) ([a-z]+)=", Pattern.DOTALL);
    private static final Set<String> PAX_KEYS = Set.of("path", "linkpath", "size", "uid", "gid");

    private final byte[] tar;
    private int position;

    private StrictTar(byte[] tar) {
        this.tar = tar;
    }

    /**
     * An entry.
     *
     * @param path as written; a folder's ends with a slash
     * @param type the type flag: {@code '0'} a file, {@code '1'} a hard link, {@code '2'} a symbolic link, {@code '5'} a folder
     * @param modified in seconds since 1970
     * @param linkTarget the target of a link; empty for others
     * @param content the content of a file; empty for others
     */
    public record Entry(
            String path, char type, int mode, long uid, long gid, long modified, String linkTarget, byte[] content) {}

    /** Reads all entries. The end of the archive must be there, and nothing after it. */
    public static List<Entry> read(byte[] tar) {
        return new StrictTar(tar).read();
    }

    private List<Entry> read() {
        assertThat(tar.length % BLOCK).as("a tar consists of blocks").isZero();
        List<Entry> entries = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        while (!isZero(position, BLOCK)) {
            Entry entry = entry();
            String path = entry.path().replaceAll("/$", "");
            assertThat(paths.add(path)).as("'%s' comes once", path).isTrue();
            entries.add(entry);
        }
        assertThat(tar.length - position)
                .as("two blocks of zeros end the archive")
                .isEqualTo(2 * BLOCK);
        assertThat(isZero(position, 2 * BLOCK)).isTrue();
        return entries;
    }

    private Entry entry() {
        Map<String, String> pax = Map.of();
        if (tar[position + 156] == 'x') {
            pax = pax();
            assertThat(pax).as("a pax header says something").isNotEmpty();
        }
        int header = header();
        char type = (char) tar[header + 156];
        assertThat("0125").as("type").contains(String.valueOf(type));
        String path = text(pax, "path", header, 0);
        String link = text(pax, "linkpath", header, 157);
        long size = number(pax, "size", header + 124, 12, 077777777777L);
        assertThat(path).matches(Pattern.compile("[^/].*", Pattern.DOTALL)).doesNotContain("//", "\0");
        assertThat(path.split("/")).doesNotContain("..", ".", "");
        assertThat(path.endsWith("/")).as("'%s' ends with a slash", path).isEqualTo(type == '5');
        assertThat(!link.isEmpty()).as("'%s' is a link", path).isEqualTo(type == '1' || type == '2');
        assertThat(type == '0' || size == 0).as("'%s' may have content", path).isTrue();
        return new Entry(
                path,
                type,
                (int) octal(header + 100, 8),
                number(pax, "uid", header + 108, 8, 07777777),
                number(pax, "gid", header + 116, 8, 07777777),
                octal(header + 136, 12),
                link,
                content(size));
    }

    /** Checks the header at this position, and goes on to what follows it. */
    private int header() {
        int header = position;
        assertThat(tar.length).as("the archive ends within a header").isGreaterThanOrEqualTo(header + BLOCK);
        assertThat(string(header + 257, 6)).as("magic").isEqualTo("ustar\0");
        assertThat(string(header + 263, 2)).as("version").isEqualTo("00");
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : tar[header + i] & 0xff;
        }
        assertThat(string(header + 148, 8)).as("checksum").isEqualTo("%06o\0 ".formatted(sum));
        assertThat(isZero(header + 265, 64)).as("names of owners are left out").isTrue();
        assertThat(octal(header + 329, 8) + octal(header + 337, 8)).as("device").isZero();
        assertThat(isZero(header + 345, 167)).as("prefix").isTrue();
        position += BLOCK;
        return header;
    }

    private byte[] content(long size) {
        assertThat(size).isLessThanOrEqualTo(tar.length - position);
        byte[] content = Arrays.copyOfRange(tar, position, position + (int) size);
        int padding = (BLOCK - (int) (size % BLOCK)) % BLOCK;
        assertThat(isZero(position + (int) size, padding)).as("padding").isTrue();
        position += (int) size + padding;
        return content;
    }

    private Map<String, String> pax() {
        int header = header();
        byte[] records = content(octal(header + 124, 12));
        Map<String, String> values = new LinkedHashMap<>();
        int start = 0;
        while (start < records.length) {
            Matcher matcher =
                    PAX.matcher(new String(records, start, records.length - start, StandardCharsets.ISO_8859_1));
            assertThat(matcher.lookingAt()).as("a pax record").isTrue();
            int length = Integer.parseInt(matcher.group(1));
            assertThat(records[start + length - 1])
                    .as("the end of a pax record")
                    .isEqualTo((byte) '\n');
            String value = utf8(records, start + matcher.end(), length - matcher.end() - 1);
            assertThat(PAX_KEYS).contains(matcher.group(2));
            assertThat(values.put(matcher.group(2), value)).as("comes once").isNull();
            start += length;
        }
        assertThat(start).isEqualTo(records.length);
        return values;
    }

    /** Returns the text of a field. It must be in the pax header if and only if it does not fit into the field. */
    private String text(Map<String, String> pax, String key, int header, int offset) {
        String value = pax.get(key);
        int length = 0;
        while (length < 100 && tar[header + offset + length] != 0) {
            length++;
        }
        if (value == null) {
            assertThat(isZero(header + offset + length, 100 - length)).isTrue();
            String text = string(header + offset, length);
            assertThat(text.chars()).allMatch(c -> c > 0 && c < 127);
            return text;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length >= 100 || value.chars().anyMatch(c -> c > 126))
                .as("'%s' does not fit into the header", value)
                .isTrue();
        return value;
    }

    private long number(Map<String, String> pax, String key, int offset, int length, long largest) {
        String value = pax.get(key);
        if (value == null) {
            return octal(offset, length);
        }
        assertThat(Long.parseLong(value)).as("a number in a pax header").isGreaterThan(largest);
        return Long.parseLong(value);
    }

    private long octal(int offset, int length) {
        String field = string(offset, length);
        String digits = field.replaceAll("[\0 ]+$", "");
        assertThat(field.length() - digits.length()).as("the end of a number").isEqualTo(1);
        assertThat(digits).matches(OCTAL);
        return Long.parseLong(digits, 8);
    }

    private String string(int offset, int length) {
        return new String(tar, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
    }

    private boolean isZero(int offset, int length) {
        assertThat(tar.length).as("the archive ends too early").isGreaterThanOrEqualTo(offset + length);
        for (int i = offset; i < offset + length; i++) {
            if (tar[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
