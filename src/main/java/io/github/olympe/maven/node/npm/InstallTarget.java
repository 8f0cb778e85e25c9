package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The platform that packages are installed for, in the words of package.json's {@code os}, {@code cpu} and {@code libc}.
 *
 * @param os the operating system, such as {@code linux}
 * @param cpu the processor, such as {@code x64}
 * @param libc {@code glibc} or {@code musl}; empty on other systems
 * @param modules the version of Node.js's interface for native packages
 */
record InstallTarget(String os, String cpu, String libc, String modules) {

    private static final Path LDD = Path.of("/usr/bin/ldd");
    private static final int LONGEST_LDD = 1 << 16;

    /** The target that Node.js named. */
    static InstallTarget of(String nodeTarget) {
        return of(nodeTarget, LDD);
    }

    /** As {@link #of(String)}, where the program {@code ldd} is another file. */
    static InstallTarget of(String nodeTarget, Path ldd) {
        String[] parts = nodeTarget.strip().split(" ");
        return new InstallTarget(
                parts[0],
                parts.length > 1 ? parts[1] : "",
                parts[0].equals("linux") ? findLibc(ldd) : "",
                parts.length > 2 ? parts[2] : "");
    }

    /** The C library, found as npm finds it. */
    private static String findLibc(Path ldd) {
        try (var in = Files.newInputStream(ldd)) {
            String script = new String(in.readNBytes(LONGEST_LDD), StandardCharsets.ISO_8859_1);
            return script.contains("musl") ? "musl" : script.contains("GNU C Library") ? "glibc" : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns whether a package is for this platform according to its entry in a lock file. */
    boolean takes(JsonNode entry) {
        return takes(entry.path("os"), os)
                && takes(entry.path("cpu"), cpu)
                && (libc.isEmpty() || takes(entry.path("libc"), libc));
    }

    /** Evaluates a list of platforms, in which {@code !} excludes one. */
    private static boolean takes(JsonNode list, String own) {
        if (list.isMissingNode() || list.isNull()) {
            return true;
        }
        boolean named = false;
        boolean onlyOthers = true;
        for (JsonNode value : list.isArray() ? list : List.of(list)) {
            String text = value.asText();
            if (text.equals("!" + own)) {
                return false;
            }
            named |= text.equals(own) || text.equals("any");
            onlyOthers &= text.startsWith("!");
        }
        return named || onlyOthers;
    }

    @Override
    public String toString() {
        return (os + " " + cpu + " " + libc).strip();
    }
}
