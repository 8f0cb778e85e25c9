package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.olympe.maven.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stand-in for the toolkit, run by the Node.js on the PATH. It does what the test says. */
final class StandIn {

    static final Path MAIN =
            Path.of("src/test/resources/toolkit-stand-in/main.js").toAbsolutePath();

    private static final JsonMapper JSON = new JsonMapper();

    private final Path control;
    private final Path report;

    StandIn(Path folder) {
        control = folder.resolve("stand-in.json");
        report = folder.resolve("stand-in-report.json");
        told(Map.of());
    }

    /** The keys of its README.md. */
    StandIn told(Map<String, ?> what) {
        Map<String, Object> all = new HashMap<>(what);
        all.put("report", report.toString());
        try {
            JSON.writeValue(control.toFile(), all);
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
        return toolkit(MAIN, all);
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
