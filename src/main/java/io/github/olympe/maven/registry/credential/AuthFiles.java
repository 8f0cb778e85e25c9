package io.github.olympe.maven.registry.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that {@code docker login} and {@code podman login} write: docker's {@code config.json}, then podman's {@code auth.json} in the
 * places that containers-auth.json(5) names.
 *
 * @param environment the environment's variables
 * @param run the folder for runtime files, {@code /run}
 */
record AuthFiles(Map<String, String> environment, Path run) {

    /** Returns the file that docker itself reads. */
    Path docker() {
        return variable("DOCKER_CONFIG")
                .orElseGet(() -> home().resolve(".docker"))
                .resolve("config.json");
    }

    /** Returns the existing files, in the order in which they are read. */
    List<Path> present() {
        Path podman = Path.of("containers", "auth.json");
        return Stream.of(
                        Optional.of(docker()),
                        variable("REGISTRY_AUTH_FILE"),
                        variable("XDG_RUNTIME_DIR").map(folder -> folder.resolve(podman)),
                        userId().map(id -> run.resolve("containers").resolve(id).resolve("auth.json")),
                        Optional.of(variable("XDG_CONFIG_HOME")
                                .orElseGet(() -> home().resolve(".config"))
                                .resolve(podman)))
                .flatMap(Optional::stream)
                .distinct()
                .filter(Files::isRegularFile)
                .toList();
    }

    private static Optional<String> userId() {
        try {
            return Optional.of(
                    Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not Linux, so podman's folders do not exist.
            return Optional.empty();
        }
    }

    private Path home() {
        return variable("HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
