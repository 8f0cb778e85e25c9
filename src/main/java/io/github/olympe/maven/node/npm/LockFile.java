package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.runtime.Digests;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lock file of npm 7 and later, or the file of the same form in {@code node_modules} with which npm records what it has installed.
 *
 * @param root the folder that the paths in it are relative to
 * @param file the file
 * @param content all of it
 */
record LockFile(Path root, Path file, JsonNode content) {

    /** In the order in which npm looks for them. */
    private static final List<String> NAMES = List.of("npm-shrinkwrap.json", "package-lock.json");

    private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");
    private static final int LARGEST_MEBIBYTES = 200;

    /** Where the lock file of a project or workspace is. */
    static Optional<Path> find(Path root) {
        return NAMES.stream().map(root::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** The lock file of a project or workspace. */
    static Optional<LockFile> of(Path root) {
        return find(root).map(file -> new LockFile(root, file, read(file)));
    }

    /** The file that npm writes when an install has succeeded. */
    static Path installedFile(Path root) {
        return root.resolve(INSTALLED);
    }

    /** What npm has installed; empty where no install has succeeded. */
    static Optional<LockFile> installed(Path root) {
        Path file = installedFile(root);
        return Files.isRegularFile(file) ? Optional.of(new LockFile(root, file, read(file))) : Optional.empty();
    }

    /** Its packages by their folders, the project itself by an empty text. */
    JsonNode packages() {
        return content.path("packages");
    }

    /** Whether it has packages to install, and not just the project itself. */
    boolean hasPackages() {
        return packages().size() > 1;
    }

    /** Returns why package.json requires other packages than when this file was made. npm ci then says what to do. */
    Optional<String> changedDependencies() {
        for (Map.Entry<String, JsonNode> entry : packages().properties()) {
            boolean own = !isPackage(entry.getKey());
            Path folder = own ? folder(entry.getKey()) : root;
            if (own && Files.isRegularFile(folder.resolve(PackageJson.FILE_NAME))) {
                JsonNode packageJson = PackageJson.read(folder).content();
                for (String name : PackageJson.DEPENDENCIES) {
                    if (!orEmpty(packageJson.path(name))
                            .equals(orEmpty(entry.getValue().path(name)))) {
                        return Optional.of("package.json and " + file.getFileName() + " differ in " + name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether a folder in it belongs to an installed package, and not to the project or a member of its workspace. */
    static boolean isPackage(String folder) {
        return folder.startsWith("node_modules/") || folder.contains("/node_modules/");
    }

    private static JsonNode orEmpty(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }

    /** The folder that a path in it names, which may be anything. */
    Path folder(String name) {
        try {
            return root.resolve(name);
        } catch (InvalidPathException e) {
            throw new OlympeException("The file '" + file + "' names the folder '" + OneLine.of(name, 200)
                    + "', which cannot be one; delete it or check it out again, and run 'npm install'.");
        }
    }

    /**
     * Returns a digest of the content, without the versions of the project itself and of the members of its workspace, which may be bumped.
     */
    String digest() {
        JsonNode copy = content.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("version");
            for (Map.Entry<String, JsonNode> entry : object.path("packages").properties()) {
                if (!isPackage(entry.getKey()) && entry.getValue() instanceof ObjectNode own) {
                    own.remove("version");
                }
            }
        }
        return Digests.of(copy.toString());
    }

    static JsonNode read(Path file) {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES);
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("The file '" + file + "' is not valid JSON (" + e.reason()
                    + "); delete it or check it out again, and run 'npm install' where it was a lock file.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
    }
}
