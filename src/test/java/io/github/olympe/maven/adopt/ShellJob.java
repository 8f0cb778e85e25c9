package io.github.olympe.maven.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs shell lines by a real bash and a real jq, with a curl and a kaniko that only note their arguments. */
final class ShellJob {

    private final Path folder;
    private final Path bin;

    ShellJob(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.bin = Files.createDirectories(folder.resolve("bin"));
        program("curl", "printf 200");
        program("executor", ":");
    }

    private void program(String name, String last) throws IOException {
        Path file = Files.writeString(
                bin.resolve(name),
                "#!/bin/bash\nprintf '%s\\0' \"$@\" >> '" + folder + "/" + name + ".arguments'\n" + last + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    void run(String lines, Map<String, String> variables) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script.sh"),
                "set -e\n"
                        + lines.replace("/kaniko/executor", "executor")
                                .replace("/kaniko/.docker/config.json", "config.json"));
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CI_") || name.contains("_IMAGE"));
        builder.environment().putAll(variables);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }

    /** The value that curl was given with an option; absent where curl was not called. */
    Optional<String> curl(String option) throws IOException {
        List<String> arguments = arguments("curl");
        int index = arguments.indexOf(option);
        return index < 0 ? Optional.empty() : Optional.of(arguments.get(index + 1));
    }

    /** The URL that curl was given. */
    Optional<String> url() throws IOException {
        return arguments("curl").stream()
                .filter(argument -> argument.startsWith("https:"))
                .findFirst();
    }

    List<String> arguments(String program) throws IOException {
        Path file = folder.resolve(program + ".arguments");
        return Files.exists(file)
                ? new ArrayList<>(Arrays.asList(Files.readString(file).split("\0")))
                : List.of();
    }
}
