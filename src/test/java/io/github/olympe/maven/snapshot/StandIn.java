package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stand-in for the toolkit. It does what the test says ({@link #told}), run by the Node.js on the PATH. If the test only says what it
 * writes ({@link #writes}), a shell script does that, ten times as quickly.
 */
final class StandIn {

    static final Path MAIN =
            Path.of("src/test/resources/toolkit-stand-in/main.js").toAbsolutePath();

    /** Without files to write, Node.js runs. */
    private static final String SCRIPT = """
            #!/bin/sh
            [ -d "$OLYMPE_STAND_IN.files" ] || exec node '%s' "$@"
            configuration=$(cat "$SNAPSHOT_CONFIG")
            output=${configuration#*\\"outputDir\\":\\"}
            output=${output%%%%\\"*}
            tags=${configuration#*\\"rootTags\\":[}
            IFS='",'
            for tag in ${tags%%%%]*}; do
                [ -z "$tag" ] || cp -R "$OLYMPE_STAND_IN.files" "$output/$tag" || exit 1
            done
            """.formatted(MAIN);

    private static final JsonMapper JSON = new JsonMapper();

    private final Path control;
    private final Path report;
    private final Path files;
    private final Path script;

    StandIn(Path folder) {
        control = folder.resolve("stand-in.json");
        files = folder.resolve("stand-in.json.files");
        script = folder.resolve("stand-in.sh");
        report = folder.resolve("stand-in-report.json");
        told(Map.of());
    }

    /** The keys of its README.md. */
    StandIn told(Map<String, ?> what) {
        Map<String, Object> all = new HashMap<>(what);
        all.put("report", report.toString());
        try {
            FileTree.delete(files);
            JSON.writeValue(control.toFile(), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writes these files, by their paths, for each root tag. */
    StandIn writes(Map<String, String> contents) {
        try {
            FileTree.delete(files);
            Files.createDirectories(files);
            for (Map.Entry<String, String> content : contents.entrySet()) {
                Path file = files.resolve(content.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, content.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The toolkit that it is, with these environment variables beside this process's own. */
    Toolkit toolkit(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        all.put("OLYMPE_STAND_IN", control.toString());
        try {
            Files.writeString(script, SCRIPT);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return toolkit(script, all);
    }

    /** A toolkit of another command. */
    static Toolkit toolkit(Path command, Map<String, String> environment) {
        return new Toolkit(command, environment, new CommandRunner(text -> text));
    }

    /** Returns what it received: {@code arguments}, {@code environment}, {@code configuration}, one of these for each call. */
    List<JsonNode> calls() throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            calls.add(JSON.readTree(line));
        }
        return calls;
    }
}
