package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.webpack.BuiltFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings for building a project's parts.
 *
 * @param project the project's folder
 * @param frontendScript the script of package.json that builds the frontend
 * @param backendScript the script that builds the backends
 * @param frontend the section {@code frontend}, if the user wrote one
 * @param backends the sections {@code backend}
 * @param codeAsData the section {@code codeAsData}
 * @param libraryDirectory the folder of the built library
 * @param incremental whether to skip a step whose output would not change; empty means if the plugin knows everything that it reads
 * @param variables the names of the environment variables that steps depend on
 * @param outputDirectory the folder {@code target/olympe}
 */
public record BuildSettings(
        Path project,
        String frontendScript,
        String backendScript,
        Optional<Section> frontend,
        List<Section> backends,
        Optional<Section> codeAsData,
        String libraryDirectory,
        Optional<Boolean> incremental,
        Set<String> variables,
        Path outputDirectory) {

    public BuildSettings {
        backends = List.copyOf(backends);
        variables = Set.copyOf(variables);
    }

    /**
     * The settings of a section that a build needs.
     *
     * @param skip whether the part is left out
     * @param source the folder that is built, as the user wrote it
     */
    public record Section(boolean skip, Optional<String> source) {}

    Path frontendFolder() {
        return folder("frontend/source", frontend.flatMap(Section::source), "dist/web");
    }

    List<Path> backendFolders() {
        if (backends.isEmpty()) {
            return List.of(folder("backends/backend/source", Optional.empty(), "dist/node"));
        }
        Set<Path> folders = new LinkedHashSet<>();
        backends.stream()
                .filter(backend -> !backend.skip())
                .forEach(backend -> folders.add(folder("backends/backend/source", backend.source(), "dist/node")));
        return List.copyOf(folders);
    }

    Path codeAsDataFolder() {
        return folder("codeAsData/source", codeAsData.flatMap(Section::source), "dist/codeAsData");
    }

    Path libraryFolder() {
        return folder("libraryDirectory", Optional.of(libraryDirectory), "");
    }

    private Path folder(String parameter, Optional<String> source, String byDefault) {
        return FileNames.folder(parameter, project, source.orElse(byDefault).strip());
    }

    /** Returns all output folders of build steps, except the library's, which contains others. */
    List<Path> outputs() {
        List<Path> folders = new ArrayList<>(backendFolders());
        folders.add(frontendFolder());
        folders.add(codeAsDataFolder());
        return folders;
    }

    /** Returns the project and the folders that builds create in it. */
    BuiltFolders builtFolders() {
        List<Path> webpack = new ArrayList<>(backendFolders());
        webpack.add(frontendFolder());
        return new BuiltFolders(
                project,
                webpack,
                List.of(
                        codeAsDataFolder(),
                        libraryFolder(),
                        outputDirectory.resolve("..").normalize()));
    }
}
