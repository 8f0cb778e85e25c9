package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.runtime.Digests;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record of what an install depended on and what it made, which npm itself does not keep. It is in {@code node_modules/.olympe-install},
 * so that it stays with {@code node_modules} (in a CI's cache, or a folder shared with a container). Each line has a name and a value or
 * its digest.
 */
record InstallStamp(Map<String, String> lines) {

    private static final String RESULT = "list of installed packages";
    private static final Path FILE = Path.of("node_modules", ".olympe-install");

    /** Returns the stamp of an install that would run now. */
    static InstallStamp of(Npm npm, List<String> arguments, InstallTarget target) {
        Path root = npm.workspace().root();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("lock file", LockFile.of(root).map(LockFile::digest).orElse("none"));
        lines.put(RESULT, LockFile.installed(root).map(LockFile::digest).orElse("none"));
        lines.put(
                "set of install scripts in package.json",
                Digests.of(InstallScripts.all(PackageJson.read(root).content()).toString()));
        lines.put("value of 'overrides' in package.json", Digests.of(overrides(root)));
        lines.put("value of npmArguments", Digests.of(String.join("\0", arguments)));
        lines.put("platform", target + " " + target.modules());
        lines.put("Node.js", npm.runtime().version().toString());
        lines.put("value of NODE_ENV", Digests.of(npm.environment().getOrDefault("NODE_ENV", "")));
        lines.put(
                "npm configuration", Digests.of(npm.configuration().effective().toString()));
        return new InstallStamp(lines);
    }

    /** Returns everything that the install depended on, without its result. */
    String withoutResult() {
        Map<String, String> inputs = new TreeMap<>(lines);
        inputs.remove(RESULT);
        return inputs.toString();
    }

    private static String overrides(Path root) {
        JsonNode overrides = PackageJson.read(root).content().path("overrides");
        return overrides.isMissingNode() ? "" : Json.text(overrides);
    }

    static Path file(Path root) {
        return root.resolve(FILE);
    }

    /** Reads the stamp of the last install; empty if there is none or it cannot be read. */
    static Optional<InstallStamp> read(Path root) {
        Path file = file(root);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, String> lines = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(": ", 2);
                if (parts.length == 2) {
                    lines.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new InstallStamp(lines));
    }

    void write(Path root) {
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        AtomicFile.write(file(root), text.toString());
    }

    /** Returns the difference to an earlier stamp. */
    Optional<String> changeSince(InstallStamp earlier) {
        return lines.entrySet().stream()
                .filter(line -> !line.getValue().equals(earlier.lines.get(line.getKey())))
                .map(line -> "the last install was with another " + line.getKey())
                .findFirst();
    }
}
