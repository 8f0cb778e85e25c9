package io.github.olympe.maven.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads environment variables as text, whatever the locale. On Linux a variable is bytes, which CI systems write as UTF-8. Java decodes
 * them by the locale: in {@code C} or {@code POSIX} the branch {@code größe} becomes {@code gr????e}.
 */
public final class NativeVariables {

    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/environ");
    private static final char REPLACED = '\ufffd';

    private NativeVariables() {}

    /**
     * Returns the variables. Those that Java could not decode are read again from the operating system, where it allows that.
     *
     * @param environment the variables as Java has them
     */
    public static Map<String, String> of(Map<String, String> environment) {
        if (environment.values().stream().noneMatch(value -> value.indexOf(REPLACED) >= 0)) {
            return environment;
        }
        return of(environment, OF_THIS_PROCESS);
    }

    static Map<String, String> of(Map<String, String> environment, Path file) {
        Map<String, String> read = new TreeMap<>(environment);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return environment; // Not Linux, so Java reads UTF-8.
        }
        for (int start = 0, end; start < bytes.length; start = end + 1) {
            end = start;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            String variable = decoded(ByteBuffer.wrap(bytes, start, end - start));
            int equals = variable.indexOf('=');
            String name = variable.substring(0, Math.max(0, equals));
            if (environment.getOrDefault(name, "").indexOf(REPLACED) >= 0) {
                read.put(name, variable.substring(equals + 1));
            }
        }
        return read;
    }

    /** Returns the text, or nothing if the bytes are not UTF-8. */
    private static String decoded(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
