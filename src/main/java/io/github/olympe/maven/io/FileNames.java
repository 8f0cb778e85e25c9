package io.github.olympe.maven.io;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Converts file names to text and back, whatever the locale. On Linux a name is bytes, which git, npm and Node.js read as UTF-8. Java
 * decodes them by the locale: in {@code C} or {@code POSIX}, the default of many containers, {@code Bücher} becomes {@code B??cher}, two
 * such names may become one, and the text cannot be turned into a path. A {@link Path} from a folder's listing still has the right bytes,
 * and its URI shows them.
 */
public final class FileNames {

    private static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");
    private static final Charset CHARSET = charset();
    private static final boolean WINDOWS =
            FileSystems.getDefault().getSeparator().equals("\\");
    private static final boolean UTF_8 = WINDOWS || ENCODING.replace("-", "").equalsIgnoreCase("UTF8");
    private static final char REPLACED = '\ufffd';

    private FileNames() {}

    private static Charset charset() {
        try {
            return Charset.forName(ENCODING);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    /**
     * Returns the name or the relative path as text, with {@code /} between names.
     *
     * @throws OlympeException if its bytes are not UTF-8
     */
    public static String text(Path name) {
        String text = name.toString();
        if (WINDOWS) {
            return text.replace('\\', '/');
        }
        if (isRead(text) || !name.getFileSystem().equals(FileSystems.getDefault())) {
            return text;
        }
        try {
            return decoded(rawBytes(name));
        } catch (CharacterCodingException e) {
            throw new OlympeException("The file name '" + text + "' is not valid UTF-8. Rename the file.", e);
        }
    }

    /**
     * Returns a key for a relative path: its {@link #text(Path)}, or {@code ./} and the bytes in hexadecimal if it is not UTF-8. Two paths
     * never share a key.
     */
    public static String key(Path relative) {
        String text = relative.toString();
        if (WINDOWS || isRead(text)) {
            return text(relative);
        }
        byte[] bytes = rawBytes(relative);
        try {
            return decoded(bytes);
        } catch (CharacterCodingException e) {
            return "./" + HexFormat.of().formatHex(bytes);
        }
    }

    /** Returns whether the locale lets Java pass this text to the operating system, as an argument of a program or a file name. */
    public static boolean canBeSaid(String text) {
        return UTF_8 || isAscii(text) || CHARSET.newEncoder().canEncode(text);
    }

    /** Returns the bytes of a path's names. */
    private static byte[] rawBytes(Path name) {
        Path root = name.toAbsolutePath().getRoot();
        byte[] bytes = bytes((root == null ? name : root.resolve(name)).toUri().getRawPath());
        int start = name.isAbsolute() || bytes.length == 0 ? 0 : 1;
        // A URI of a folder ends with a slash.
        int end = bytes.length > start + 1 && bytes[bytes.length - 1] == '/' ? bytes.length - 1 : bytes.length;
        return Arrays.copyOfRange(bytes, start, end);
    }

    private static String decoded(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** Resolves a relative path, like {@link Path#resolve(String)} but in any locale. */
    public static Path resolve(Path folder, String relative) {
        if (UTF_8 || isAscii(relative) || !folder.getFileSystem().equals(FileSystems.getDefault())) {
            return folder.resolve(relative);
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : relative.getBytes(StandardCharsets.UTF_8)) {
            uri.append(b == '/' ? "/" : String.format("%%%02X", b));
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return folder.resolve(absolute.subpath(0, absolute.getNameCount()));
    }

    /**
     * Returns the folder that a parameter names.
     *
     * @param base the folder that the value is relative to
     * @throws OlympeException if this machine allows no folder of this name
     */
    public static Path folder(String parameter, Path base, String value) {
        try {
            return base.resolve(value).normalize();
        } catch (InvalidPathException e) {
            throw InvalidParameter.of(
                    parameter,
                    value,
                    String.format("It is not a folder's name on this machine (%s). Correct it.", e.getReason()));
        }
    }

    /** Explains why file names with letters outside of ASCII are a problem on this machine and what to do, or is absent if they are not. */
    public static Optional<String> localeWarning() {
        return UTF_8
                ? Optional.empty()
                : Optional.of("Java reads names of files, variables and arguments in the encoding '" + ENCODING
                        + "', because the locale is not a UTF-8 one. Set the environment variable LC_ALL to C.UTF-8.");
    }

    /** Returns whether Java also read this name as UTF-8. */
    private static boolean isRead(String text) {
        return UTF_8 ? text.indexOf(REPLACED) < 0 : isAscii(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String rawPath) {
        byte[] bytes = new byte[rawPath.length()];
        int length = 0;
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) Integer.parseInt(rawPath.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
