package io.github.olympe.maven.node.webpack;

import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The inputs of a build whose tool the plugin knows: the whole project, including files that git ignores, and the installed packages.
 *
 * @param tool the tool that builds
 * @param folders the project, and the folders that builds create in it
 */
public record KnownInputs(Tool tool, BuiltFolders folders) {

    /** A tool that builds. */
    public enum Tool {
        /** Webpack, with the loaders and plugins of {@link WebpackBuild}. */
        WEBPACK("webpack", Pattern.compile("[45]\\..*")),
        /** The toolkit of Olympe. */
        TOOLKIT("@olympeio/toolkit", Pattern.compile("1\\.[12]\\..*"));

        private final String packageName;
        private final Pattern versions;

        Tool(String packageName, Pattern versions) {
            this.packageName = packageName;
            this.versions = versions;
        }
    }

    /** Programs look for these in the folders above as well. */
    private static final List<String> FOUND_ABOVE =
            List.of("node_modules", ".browserslistrc", "browserslist", "tsconfig.json");

    private static final int LARGEST_MEBIBYTES = 10;

    /** Environment variables that make programs read files anywhere. */
    private static final List<String> FILES = List.of(
            "NODE_PATH",
            "BROWSERSLIST_CONFIG",
            "BROWSERSLIST_STATS",
            "BROWSERSLIST_ROOT_PATH",
            "ESBUILD_BINARY_PATH",
            "WEBPACK_PACKAGE");

    /** Settings of npm that change what {@code npm run} and Node.js do. */
    private static final Set<String> SCRIPT_SETTINGS =
            Set.of("node-options", "script-shell", "shell", "workspace", "workspaces");

    private static final Pattern LOADS_CODE =
            Pattern.compile("-r\\b|--(?:require|import|loader|experimental|env-file|conditions|openssl)");

    /**
     * Reads the project as it is now.
     *
     * @param environment the environment variables
     * @param npmSettings the settings in npm's configuration
     * @throws IOException if something in it cannot be read
     */
    public KnownProject read(Workspace workspace, Map<String, String> environment, Map<String, String> npmSettings)
            throws IOException {
        Optional<String> unknown = surroundings(workspace, environment, npmSettings);
        if (unknown.isPresent()) {
            return KnownProject.unknown(unknown.get());
        }
        return new ProjectWalk(folders, workspace, tool == Tool.WEBPACK).read();
    }

    private Optional<String> surroundings(
            Workspace workspace, Map<String, String> environment, Map<String, String> npmSettings) throws IOException {
        for (String setting : SCRIPT_SETTINGS) {
            if (npmSettings.containsKey(setting)) {
                return Optional.of("npm's configuration sets '" + setting + "'");
            }
        }
        for (String name : FILES) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return Optional.of("the environment variable " + name + " names a file or folder");
            }
        }
        if (LOADS_CODE.matcher(environment.getOrDefault("NODE_OPTIONS", "")).find()) {
            return Optional.of("the environment variable NODE_OPTIONS loads code");
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith("SNAPSHOT_") && tool == Tool.TOOLKIT && isElsewhere(variable.getValue())) {
                return Optional.of("the environment variable " + variable.getKey() + " names another folder");
            }
        }
        return installed(workspace).or(() -> linked(workspace)).or(() -> above(workspace));
    }

    private boolean isElsewhere(String value) {
        return value.startsWith("/") || value.contains("..") || value.contains(":");
    }

    private Optional<String> installed(Workspace workspace) throws IOException {
        for (Path folder : workspace.folders()) {
            Path file = folder.resolve("node_modules").resolve(tool.packageName).resolve(PackageJson.FILE_NAME);
            if (Files.isRegularFile(file)) {
                String version = ForeignText.json(file, LARGEST_MEBIBYTES)
                        .path("version")
                        .asText();
                return tool.versions.matcher(version).matches()
                        ? Optional.empty()
                        : Optional.of("the plugin does not know " + tool.packageName + " " + version);
            }
        }
        return Optional.of("'" + tool.packageName + "' is not installed");
    }

    private static Optional<String> linked(Workspace workspace) {
        Set<Path> linked = new HashSet<>(NpmInstall.linkedPackages(workspace));
        linked.remove(workspace.project());
        return linked.isEmpty()
                ? Optional.empty()
                : Optional.of("npm links to the package in " + linked.iterator().next());
    }

    private static Optional<String> above(Workspace workspace) {
        for (Path folder = workspace.project().getParent(); folder != null; folder = folder.getParent()) {
            for (String name : FOUND_ABOVE) {
                boolean known = name.equals("node_modules") && folder.startsWith(workspace.root());
                if (!known && Files.exists(folder.resolve(name))) {
                    return Optional.of("there is '" + name + "' in " + folder);
                }
            }
            if (setsBrowsers(folder.resolve(PackageJson.FILE_NAME))) {
                return Optional.of("there is 'browserslist' in package.json in " + folder);
            }
        }
        return Optional.empty();
    }

    private static boolean setsBrowsers(Path packageJson) {
        try {
            return Files.exists(packageJson)
                    && ForeignText.json(packageJson, LARGEST_MEBIBYTES).has("browserslist");
        } catch (IOException e) {
            return true; // Its settings cannot be read.
        }
    }
}
