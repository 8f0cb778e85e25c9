package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The stand-in for the toolkit, run by the Node.js of the PATH, doing what the test tells it. */
final class StandInToolkit extends CommandToolkit {

    static final Path MAIN =
            Path.of("src/test/resources/toolkit-stand-in/main.js").toAbsolutePath();

    private final Path control;
    private final List<Call> calls = new ArrayList<>();

    StandInToolkit(Path folder) {
        super(MAIN.toString());
        control = folder.resolve("stand-in.json");
        told(Map.of());
    }

    /** The keys of its README.md. */
    StandInToolkit told(Map<String, ?> what) {
        try {
            new JsonMapper().writeValue(control.toFile(), what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    Map<String, String> environment() {
        return Map.of("OLYMPE_STAND_IN", control.toString());
    }

    @Override
    public Outcome run(Call call, Consumer<String> lines) {
        calls.add(call);
        return super.run(call, lines);
    }
}
