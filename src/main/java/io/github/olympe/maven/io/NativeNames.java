package io.github.olympe.maven.io;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names of files, whatever the locale is. On Linux and macOS a name is bytes, mostly UTF-8. Java turns them into text by the charset of the
 * locale, and in a C or POSIX locale, which has ASCII alone, {@code ä.js} and {@code ö.js} are both {@code ��.js}. A {@link Path} keeps the
 * bytes and shows them in its URI, which is what this class reads.
 */
public final class NativeNames {

    private static final Charset CHARSET = charset();
    private static final char REPLACEMENT = '\ufffd';

    /** What a name that is not UTF-8 begins with; a relative name never does. */
    private static final String ESCAPED = "./";

    private NativeNames() {}

    private static Charset charset() {
        try {
            return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    /** Whether the locale can name this: a program to run, one of its arguments, a folder. */
    public static boolean canSay(String text) {
        return CHARSET.newEncoder().canEncode(text);
    }

    /** What a user of this locale should know: names with letters beyond ASCII cannot be handed to programs. Empty for UTF-8. */
    public static Optional<String> limit() {
        return canSay("\u00e9\u4e2d")
                ? Optional.empty()
                : Optional.of("The locale has the charset " + CHARSET.name()
                        + ", so Java cannot use every file name; set the environment variable LC_ALL to C.UTF-8.");
    }

    /**
     * The path of a file below a folder, with {@code /} between names, as UTF-8 whatever the locale is. Two files never have one name: one
     * whose bytes are not UTF-8 is {@code ./} and the name as a URI has it.
     */
    public static String below(Path folder, Path file) {
        String name = folder.relativize(file).toString();
        if (isExact(name)) {
            return name.replace(File.separatorChar, '/');
        }
        String raw = raw(file).substring(raw(folder).length() + 1);
        return decoded(raw).orElse(ESCAPED + raw);
    }

    /** A path as {@link #below} writes it, be it relative or absolute: the target of a link. */
    public static String text(Path path) {
        Path root = path.toAbsolutePath().getRoot();
        return path.isAbsolute() || root == null
                ? path.toString().isEmpty() || root == null || path.equals(root)
                        ? path.toString()
                        : "/" + below(root, path)
                : path.toString().isEmpty() ? "" : below(root, root.resolve(path));
    }

    /** The file that {@link #below} names so. */
    public static Path resolve(Path folder, String name) {
        if (!name.startsWith(ESCAPED) && isExact(name)) {
            return folder.resolve(name);
        }
        String raw = name.startsWith(ESCAPED) ? name.substring(ESCAPED.length()) : encoded(name);
        return Path.of(URI.create("file://" + raw(folder) + "/" + raw));
    }

    /** Whether Java's text for this name is the name itself. */
    private static boolean isExact(String name) {
        boolean ascii = name.chars().allMatch(c -> c < 0x80);
        return ascii
                || CHARSET.equals(StandardCharsets.UTF_8) && name.indexOf(REPLACEMENT) < 0
                || File.separatorChar != '/';
    }

    private static String raw(Path path) {
        String raw = path.toUri().getRawPath();
        return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    private static Optional<String> decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String name) {
        StringBuilder raw = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '/' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
            raw.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return raw.toString();
    }
}
