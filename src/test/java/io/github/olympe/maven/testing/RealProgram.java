package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs on this machine that conformance tests run. If one is missing, the test fails and says how to install it. */
public final class RealProgram {

    private RealProgram() {}

    /** The program's path. */
    public static Path find(String name, String debianPackage) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw new AssertionError("This test needs '" + name + "'; install it with: apt-get install " + debianPackage);
    }

    /** Runs a program, which must succeed, and returns its output. */
    public static String run(Path directory, String... line) {
        return run(directory, Map.of(), line);
    }

    /** Does what {@link #run(Path, String...)} does, with environment variables. */
    public static String run(Path directory, Map<String, String> environment, String... line) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Path output = Files.createTempFile("output", ".txt");
            Process process = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(line) + " does not end");
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (process.exitValue() != 0) {
                throw new AssertionError(List.of(line) + " ended with " + process.exitValue() + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
