package io.github.olympe.maven.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.PathInside;
import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file {@code import_order.json} that the toolkit writes beside the code as data: a list of
 * {@code {"name": "@acme/shop", "rootTag": "…", "path": "acme.shop"}}, one entry a package, in the order in which they are imported. The
 * toolkit also lists packages without patches, for which it makes no folder.
 *
 * @param workspace the project, and where its packages are installed
 * @param folder the folder of the code as data
 */
record ImportOrder(Workspace workspace, Path folder) {

    private static final String FILE_NAME = "import_order.json";
    private static final int LARGEST_MEBIBYTES = 10;

    /** Files in a folder of code as data that are not patches. */
    private static final Set<String> NO_PATCHES = Set.of(FILE_NAME, "version.json");

    /**
     * Checks that the folder of each package exists, unless the package has no code as data.
     *
     * @param step the command that wrote the file, such as {@code npx olympe buildCodeAsData}
     * @throws OlympeException if the file is missing or broken, or a folder is missing
     */
    void check(String step) {
        Path file = folder.resolve(FILE_NAME);
        JsonNode entries = read(step, file);
        if (!entries.isArray() || entries.isEmpty()) {
            throw new OlympeException(
                    "'" + step + "' wrote no '" + file
                            + "' with the list of folders to import; run it again, and update @olympeio/toolkit if that does not help.");
        }
        for (JsonNode entry : entries) {
            JsonNode path = entry.isTextual() ? entry : entry.path("path");
            if (!path.isTextual() || !isFolderInside(path.textValue())) {
                String shown = OneLine.of(path.isTextual() ? path.textValue() : entry.toString(), 200);
                Optional<Path> codeAsData = codeAsDataOf(entry.path("name").asText());
                if (codeAsData.isEmpty() || !path.isTextual()) {
                    throw new OlympeException(
                            "'" + step + "' wrote an '" + file + "' that names the folder '" + shown
                                    + "', which does not exist; run it again, and update @olympeio/toolkit if that does not help.");
                }
                if (!isEmpty(codeAsData.get())) {
                    throw new OlympeException(
                            "'" + step + "' wrote an '" + file + "' that names the folder '" + shown
                                    + "' for the package '" + entry.path("name").asText()
                                    + "', but copied nothing there from '"
                                    + codeAsData.get()
                                    + "'; delete node_modules and install the packages again, or use another version of that package.");
                }
            }
        }
    }

    private static JsonNode read(String step, Path file) {
        try {
            return Files.isRegularFile(file) ? ForeignText.json(file, LARGEST_MEBIBYTES) : MissingNode.getInstance();
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("'" + step + "' wrote an '" + file + "' that is not valid JSON (" + e.reason()
                    + "); run it again, and update @olympeio/toolkit if that does not help.");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private boolean isFolderInside(String name) {
        return PathInside.of(folder, name)
                .filter(named -> !named.equals(folder) && Files.isDirectory(named))
                .isPresent();
    }

    /** Returns the folder with an installed package's own code as data, which its package.json names. */
    private Optional<Path> codeAsDataOf(String packageName) {
        if (!LibraryPackage.isName(packageName)) {
            return Optional.empty();
        }
        for (Path above : workspace.folders()) {
            Path installed = above.resolve("node_modules").resolve(packageName);
            if (Files.isRegularFile(installed.resolve(PackageJson.FILE_NAME))) {
                JsonNode name = PackageJson.read(installed).content().path("codeAsData");
                return name.isTextual() ? PathInside.of(installed, name.textValue()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns whether a package has no patches: its own import order, if any, is an empty list, and there are no other files. */
    private static boolean isEmpty(Path codeAsData) {
        if (!Files.isDirectory(codeAsData)) {
            return true;
        }
        Path order = codeAsData.resolve(FILE_NAME);
        try (Stream<Path> files = Files.walk(codeAsData)) {
            return (!Files.exists(order)
                            || ForeignText.json(order, LARGEST_MEBIBYTES).isEmpty())
                    && files.filter(file -> !Files.isDirectory(file))
                            .allMatch(file -> NO_PATCHES.contains(
                                    codeAsData.relativize(file).toString()));
        } catch (ForeignText.Malformed e) {
            return false;
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(codeAsData, e);
        }
    }

    private static OlympeException unreadable(Path path, Exception e) {
        return new OlympeException("The file '" + path + "' cannot be read (" + e + "); check its rights.", e);
    }
}
