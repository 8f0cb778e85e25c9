package io.github.olympe.maven.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code package.json}, as far as the plugin needs it.
 *
 * @param file the file
 * @param name the package's name
 * @param version its version
 * @param scripts its scripts by name
 * @param engine the versions of Node.js that {@code engines.node} asks for
 * @param isPrivate whether npm refuses to publish it
 * @param publishRegistry the registry of {@code publishConfig}
 * @param content all of it
 */
public record PackageJson(
        Path file,
        Optional<String> name,
        Optional<String> version,
        Map<String, String> scripts,
        Optional<String> engine,
        boolean isPrivate,
        Optional<String> publishRegistry,
        JsonNode content) {

    /** The file's name. */
    public static final String FILE_NAME = "package.json";

    /** The members that name packages which npm installs for this one. */
    public static final List<String> DEPENDENCIES =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

    /** The script that builds the frontend, where no parameter names another. */
    public static final String FRONTEND_SCRIPT = "build:draw";

    /** The script that builds the backend, where no parameter names another. */
    public static final String BACKEND_SCRIPT = "build:node";

    private static final int LARGEST_MEBIBYTES = 10;
    /** npm has 214 for a name and 256 for a version. */
    private static final int LONGEST_NAME = 256;

    public PackageJson {
        scripts = Map.copyOf(scripts);
    }

    /**
     * Reads the package.json of a project.
     *
     * @param project the project's folder
     * @throws OlympeException if there is none, or npm would not accept it
     */
    public static PackageJson read(Path project) {
        Path file = project.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new OlympeException("There is no " + FILE_NAME + " in '" + project
                    + "'; an Olympe project has one, so run Maven in the project's folder, or set the parameter 'projectDirectory'"
                    + " (olympe.projectDirectory).");
        }
        JsonNode content = parse(file);
        if (!content.isObject()) {
            throw new OlympeException(
                    "The file '" + file + "' is not a JSON object; start it with '{' as 'npm init' does.");
        }
        Map<String, String> scripts = new TreeMap<>();
        object(file, content, "scripts")
                .ifPresent(node -> node.fieldNames()
                        .forEachRemaining(name ->
                                text(file, node, "scripts", name).ifPresent(script -> scripts.put(name, script))));
        Optional<String> engine = content.path("engines").isObject()
                ? text(file, content.path("engines"), "engines", "node")
                : Optional.empty();
        return new PackageJson(
                file,
                plainText(file, content, "name"),
                plainText(file, content, "version"),
                scripts,
                engine,
                content.path("private").asBoolean(false),
                object(file, content, "publishConfig").flatMap(node -> text(file, node, "publishConfig", "registry")),
                content);
    }

    private static JsonNode parse(Path file) {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES);
        } catch (ForeignText.Malformed e) {
            throw new OlympeException(
                    "The file '" + file + "' is not valid JSON (" + e.reason() + "); correct it there.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    private static Optional<JsonNode> object(Path file, JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw new OlympeException(
                    "The file '" + file + "' has '" + name + "' that is not an object; write it as {\"…\": \"…\"}.");
        }
        return Optional.of(node);
    }

    private static Optional<String> text(Path file, JsonNode parent, @Nullable String parentName, String name) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new OlympeException("The file '" + file + "' has '" + (parentName == null ? "" : parentName + ".")
                    + name + "' that is not a text; write it in double quotes.");
        }
        return Optional.of(node.textValue());
    }

    /** A text that goes into command lines, files' names and labels. */
    private static Optional<String> plainText(Path file, JsonNode parent, String name) {
        Optional<String> text = text(file, parent, null, name);
        if (text.isPresent() && (!OneLine.isPlain(text.get()) || text.get().length() > LONGEST_NAME)) {
            throw new OlympeException(String.format(
                    "The file '%s' has the %s '%s', which npm would not accept; write one without line breaks or control characters, of at most %d characters.",
                    file, name, OneLine.of(text.get(), 200), LONGEST_NAME));
        }
        return text;
    }

    /** Whether it has this script. */
    public boolean hasScript(String script) {
        return scripts.containsKey(script);
    }

    /**
     * Fails unless it has this script.
     *
     * @param parameter the parameter that names the script
     */
    public void requireScript(String script, String parameter) {
        if (!hasScript(script)) {
            throw new OlympeException("The file '" + file + "' has no script '" + script
                    + "'; add it under 'scripts', or set the parameter '" + parameter + "' (olympe." + parameter
                    + ") to the one that does it.");
        }
    }

    /**
     * Returns whether npm has installed, or is going to install, a package for this one: it is in {@code node_modules} or among the
     * dependencies, here or in the npm workspace. A package that only another one depends on is found once it is installed.
     */
    public boolean brings(String dependency, Workspace workspace) {
        return workspace.folders().stream()
                .anyMatch(folder ->
                        Files.isDirectory(folder.resolve("node_modules").resolve(dependency))
                                || dependsOn(folder.resolve(FILE_NAME), dependency));
    }

    private static boolean dependsOn(Path packageJson, String dependency) {
        if (!Files.isRegularFile(packageJson)) {
            return false;
        }
        try {
            JsonNode content = ForeignText.json(packageJson, LARGEST_MEBIBYTES);
            return DEPENDENCIES.stream()
                    .anyMatch(section -> content.path(section).has(dependency));
        } catch (IOException e) {
            return false; // another package's file, whose own error will be reported
        }
    }
}
