package io.github.olympe.maven.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that a conformance test needs. If it is missing, the test fails and says what to install. */
public record RequiredProgram(String name, String debianPackage) {

    /** Debian's {@code skopeo}. */
    public static final RequiredProgram SKOPEO = new RequiredProgram("skopeo", "skopeo");

    /** Debian's {@code umoci}. */
    public static final RequiredProgram UMOCI = new RequiredProgram("umoci", "umoci");

    /** The program's path. */
    public String path() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new AssertionError(
                "This test needs '" + name + "', which is not installed; run: apt-get install " + debianPackage);
    }

    /** Runs it, and returns its standard output. */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(path()));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("olympe-" + name, ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new AssertionError(command + " failed: " + output + Files.readString(errors));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
