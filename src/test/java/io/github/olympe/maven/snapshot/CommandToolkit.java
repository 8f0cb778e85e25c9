package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.text.Secret;
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

/** A toolkit whose command is this file, run without Maven. */
class CommandToolkit implements Toolkit {

    private final String command;

    CommandToolkit(String command) {
        this.command = command;
    }

    /** What it runs with besides what it is told. */
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Outcome run(Call call, Consumer<String> lines) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(call.workingDirectory().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(call.withheld());
        builder.environment().putAll(call.environment());
        for (Map.Entry<String, Secret> secret : call.secrets().entrySet()) {
            builder.environment().put(secret.getKey(), secret.getValue().reveal());
        }
        builder.environment().putAll(environment());
        try {
            Path output = Files.createTempFile("toolkit", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            try (BufferedReader reader = Files.newBufferedReader(output, StandardCharsets.UTF_8)) {
                reader.lines().forEach(lines);
            }
            Files.delete(output);
            return new Outcome(process.exitValue(), !ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
