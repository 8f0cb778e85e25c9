package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.olympe.maven.credential.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stand-in for the toolkit, run by the Node.js of the PATH, doing what the test tells it. */
final class StandInToolkit implements Toolkit {

    private static final Path MAIN =
            Path.of("src/test/resources/toolkit-stand-in/main.js").toAbsolutePath();

    private final Path control;
    private final List<Call> calls = new ArrayList<>();

    StandInToolkit(Path folder) {
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
    public Outcome run(Call call, Consumer<String> lines) {
        calls.add(call);
        List<String> line = new ArrayList<>(List.of("node", MAIN.toString()));
        line.addAll(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(call.workingDirectory().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(call.withheld());
        builder.environment().putAll(call.environment());
        for (Map.Entry<String, Secret> secret : call.secrets().entrySet()) {
            builder.environment().put(secret.getKey(), secret.getValue().reveal());
        }
        builder.environment().put("OLYMPE_STAND_IN", control.toString());
        try {
            Path output = Files.createTempFile(control.getParent(), "output", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            try (BufferedReader reader = Files.newBufferedReader(output, StandardCharsets.UTF_8)) {
                reader.lines().forEach(lines);
            }
            return new Outcome(process.exitValue(), !ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
