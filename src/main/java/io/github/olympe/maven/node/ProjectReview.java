package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds common mistakes of new users in package.json and the files beside it. Each finding is a sentence that says what to do. None is an
 * error, because it may be intended.
 *
 * @param packageJson the project's package.json
 * @param project the project's folder
 */
public record ProjectReview(PackageJson packageJson, Path project) {

    /** Names that projects give to the script that builds the frontend, besides {@code build:draw}. */
    private static final List<String> FRONTEND_SCRIPTS =
            List.of("build:web", "build:frontend", "build:front", "build:client", "build:ui", "build:app");

    /** The same for the backend, besides {@code build:node}. */
    private static final List<String> BACKEND_SCRIPTS =
            List.of("build:backend", "build:back", "build:server", "build:service", "build:api");

    private static final String LIBRARY_SCRIPT = "build";
    private static final String SNAPSHOT = "snapshot";

    /** Lock files that npm does not read. */
    private static final List<String> OTHER_LOCK_FILES = List.of("yarn.lock", "pnpm-lock.yaml");

    /** A package.json, and the files beside it. */
    public static ProjectReview of(PackageJson packageJson) {
        Path folder = packageJson.file().toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(packageJson.file() + " is in no folder");
        }
        return new ProjectReview(packageJson, folder);
    }

    /**
     * Returns likely mistakes in the scripts of a project that is deployed.
     *
     * @param frontendScript the parameter of this name
     * @param backendScript the parameter of this name
     * @param namesFrontendFolder whether the configuration names the folder that the frontend's script makes
     */
    public List<String> scripts(String frontendScript, String backendScript, boolean namesFrontendFolder) {
        List<String> findings = new ArrayList<>();
        Optional<String> frontend = other(FRONTEND_SCRIPTS, frontendScript);
        Optional<String> backend = other(BACKEND_SCRIPTS, backendScript);
        boolean hasFrontend = packageJson.hasScript(frontendScript);
        boolean hasBackend = packageJson.hasScript(backendScript);
        if (!hasFrontend) {
            frontend.ifPresent(script -> findings.add(missing(frontendScript, "frontend", script)));
        } else if (!namesFrontendFolder) {
            frontend.ifPresent(script -> findings.add("The file '" + packageJson.file() + "' has the scripts '"
                    + frontendScript + "' and '" + script + "', of which '" + frontendScript
                    + "' builds the frontend; if it is the other one that makes 'dist/web', set the parameter 'frontendScript'"
                    + " (olympe.frontendScript) to it, else set 'frontend/source' to the folder that '"
                    + frontendScript
                    + "' makes."));
        }
        if (!hasBackend) {
            backend.ifPresent(script -> findings.add(missing(backendScript, "backend", script)));
        }
        if (!hasFrontend && !hasBackend && findings.isEmpty() && packageJson.hasScript(LIBRARY_SCRIPT)) {
            findings.add("The file '" + packageJson.file() + "' has the script '" + LIBRARY_SCRIPT + "' but neither '"
                    + frontendScript + "' nor '" + backendScript
                    + "', as a library of bricks does; use <packaging>olympe-library</packaging> for one, else set the parameters"
                    + " 'frontendScript' and 'backendScript' to the scripts that build the frontend and the backend.");
        }
        return findings;
    }

    private Optional<String> other(List<String> names, String script) {
        return names.stream()
                .filter(name -> !name.equals(script) && packageJson.hasScript(name))
                .findFirst();
    }

    private String missing(String script, String part, String other) {
        return "The file '" + packageJson.file() + "' has no script '" + script + "', so there is no " + part
                + "; if '" + other + "' builds it, set the parameter '" + part + "Script' (olympe." + part
                + "Script) to '" + other + "'.";
    }

    /** Returns a finding if the project has no code as data of its own. */
    public Optional<String> snapshot() {
        Path folder = project.resolve(SNAPSHOT);
        if (hasPatch(folder)) {
            return Optional.empty();
        }
        return Optional.of("There is no snapshot in '" + folder
                + "', so that the code as data is that of the dependencies alone; save what the project has in Draw by 'mvn"
                + " olympe:snapshot', or leave it out by <codeAsData><skip>true</skip></codeAsData>.");
    }

    /** Returns whether a folder of a root tag contains a file. The toolkit looks for snapshots there. */
    private static boolean hasPatch(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> folder.relativize(file).getNameCount() > 1
                    && file.toString().endsWith(".json"));
        } catch (IOException | UncheckedIOException e) {
            throw new OlympeException("The folder '" + folder + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    /** Returns a finding if npm does not read the project's lock file. */
    public Optional<String> lockFile() {
        Path root = Workspace.of(project).root();
        if (NpmInstall.lockFile(root).isPresent()) {
            return Optional.empty();
        }
        return OTHER_LOCK_FILES.stream()
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(other -> "The file '" + other
                        + "' says which packages the project has, but npm does not read it and may install other versions; run 'npm"
                        + " install' once and commit the package-lock.json that it writes.");
    }
}
