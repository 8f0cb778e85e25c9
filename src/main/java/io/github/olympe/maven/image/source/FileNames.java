package io.github.olympe.maven.image.source;

import io.github.olympe.maven.OlympeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The names of files as an image has them: bytes of UTF-8. Where Java runs in a locale that is not UTF-8 (a container without {@code LANG}), or
 * a name is not UTF-8, {@code Path.toString()} has question marks for what it does not know; the path's URI still has the bytes.
 */
final class FileNames {

    private static final boolean NAMES_ARE_UTF8 =
            StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    private FileNames() {}

    /** The name of a file, without its folder. */
    static String of(Path file) {
        return text(file.getFileName(), file);
    }

    /**
     * The text of a path that may be relative.
     *
     * @param file the file that it is the name or the target of, for the error message
     * @throws OlympeException if it is not UTF-8
     */
    static String text(Path path, Path file) {
        String text = path.toString();
        if (isPlain(text)) {
            return text;
        }
        // An absolute path keeps the URI from being resolved against the working folder.
        boolean absolute = path.isAbsolute();
        Path anchored = absolute ? path : file.getFileSystem().getPath("/").resolve(path);
        String raw = anchored.toUri().getRawPath();
        byte[] bytes = percentDecoded(absolute ? raw : raw.substring(1));
        // The URI of a folder ends with a slash.
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '/' && !text.endsWith("/")
                ? bytes.length - 1
                : bytes.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new OlympeException(
                    "The name of '" + file + "' is not UTF-8, as names in an image are. Rename the file.");
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\ufffd' || (c > 126 && !NAMES_ARE_UTF8)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] percentDecoded(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put((byte) Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        byte[] decoded = new byte[bytes.position()];
        bytes.flip().get(decoded);
        return decoded;
    }
}
