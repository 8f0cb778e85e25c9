package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.OneLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scripts that npm runs when it installs, and which packages' scripts change nothing outside of their own folder, so that copying the
 * folder replaces running them: programs that look for a prebuilt native module, and some packages whose scripts were reviewed. A native
 * module that they compiled is not copied, because its files contain the folder's path and depend on the machine's libraries.
 */
final class InstallScripts {

    /** The scripts of a package that it runs for each dependency, in its order. */
    private static final List<String> OF_DEPENDENCIES = List.of("preinstall", "install", "postinstall");

    /** The scripts of the project itself, in npm's order; {@code npm run} runs those of a group together. */
    private static final Map<String, List<String>> OWN = new LinkedHashMap<>();

    static {
        OWN.put("install", OF_DEPENDENCIES);
        OWN.put("prepublish", List.of("prepublish"));
        OWN.put("prepare", List.of("preprepare", "prepare", "postprepare"));
    }

    static final String IGNORE = "ignore-scripts";

    private static final Set<String> NATIVE_BUILDERS = Set.of(
            "cmake-js",
            "node-gyp",
            "node-gyp-build",
            "node-gyp-build-optional-packages",
            "node-pre-gyp",
            "prebuild-install");

    /** Packages by name, each with the one script that is known. */
    private static final Map<String, String> KNOWN = Map.of(
            "esbuild", "node install.js", // puts its own program into its bin
            "core-js", "node -e \"try{require('./postinstall')}catch(e){}\"", // prints a text
            "core-js-bundle", "node -e \"try{require('./postinstall')}catch(e){}\"",
            "core-js-pure", "node -e \"try{require('./postinstall')}catch(e){}\"",
            "protobufjs", "node scripts/postinstall"); // warns of version ranges

    /** What node-gyp and cmake-js write when they compile. */
    private static final List<Path> COMPILED =
            List.of(Path.of("build", "config.gypi"), Path.of("build", "CMakeCache.txt"));

    private static final Pattern STEPS = Pattern.compile("\\|\\||&&");
    private static final Pattern SPECIAL = Pattern.compile("[;`$<>|&\\n]");

    private InstallScripts() {}

    /**
     * Returns the scripts of a project that an install runs, in the order in which to call {@code npm run}, which runs those before and after
     * a script, too.
     */
    static List<String> own(PackageJson project) {
        return OWN.entrySet().stream()
                .flatMap(group -> project.hasScript(group.getKey())
                        ? List.of(group.getKey()).stream()
                        : group.getValue().stream().filter(project::hasScript))
                .toList();
    }

    /** Returns whether npm runs scripts when it installs with these arguments. */
    static boolean areWanted(Npm npm, List<String> arguments) {
        return !arguments.contains("--" + IGNORE)
                && !arguments.contains("--" + IGNORE + "=true")
                && !"true".equals(npm.configuration().effective().get(IGNORE));
    }

    /**
     * Runs the scripts of the project, and before them those of the members of its workspace and of dependencies that are folders, like an
     * install with all packages present.
     *
     * @param registry npm in the root of the project or workspace; the scripts do not get its credential
     */
    static void run(Npm registry, List<String> arguments, Workspace workspace) {
        if (!areWanted(registry, arguments)) {
            return;
        }
        Npm npm = registry.withoutSecrets();
        for (Path folder : NpmInstall.linkedPackages(workspace)) {
            own(PackageJson.read(folder)).stream()
                    .filter(script -> !script.equals("prepublish"))
                    .forEach(script -> npm.in(folder).run("run", script));
        }
        runOwn(registry, workspace.root());
    }

    /**
     * Runs only the scripts of the project.
     *
     * @param npm as {@link #run} takes it
     */
    static void runOwn(Npm npm, Path root) {
        own(PackageJson.read(root)).forEach(script -> npm.withoutSecrets().run("run", script));
    }

    /** Returns all scripts that an install runs for a project, of a member of its workspace, or of a package given as a folder. */
    static Map<String, String> all(JsonNode packageJson) {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (List<String> group : OWN.values()) {
            for (String name : group) {
                JsonNode script = packageJson.path("scripts").path(name);
                if (script.isTextual()) {
                    scripts.put(name, script.textValue());
                }
            }
        }
        return scripts;
    }

    /**
     * Finds an installed package whose install script may do something outside of its own folder, or has compiled something.
     *
     * @param installed the installed packages according to npm
     * @return the package and what is wrong with it, for a sentence; empty if there is none
     */
    static Optional<String> unknown(LockFile installed) {
        for (Map.Entry<String, JsonNode> entry : installed.packages().properties()) {
            if (LockFile.isPackage(entry.getKey())
                    && entry.getValue().path("hasInstallScript").asBoolean(false)) {
                Path folder = installed.folder(entry.getKey());
                if (COMPILED.stream().anyMatch(file -> Files.exists(folder.resolve(file)))) {
                    return Optional.of(entry.getKey() + " was compiled on this machine");
                }
                Path file = folder.resolve(PackageJson.FILE_NAME);
                JsonNode packageJson = Files.isRegularFile(file) ? LockFile.read(file) : entry.getValue();
                for (String name : OF_DEPENDENCIES) {
                    String script = packageJson.path("scripts").path(name).asText("");
                    if (!isKnown(packageJson.path("name").asText(""), script)) {
                        return Optional.of(entry.getKey() + " has the " + name + " script '" + OneLine.of(script, 100)
                                + "', which may do something outside of its folder");
                    }
                }
            }
        }
        return Optional.empty();
    }

    static boolean isKnown(String packageName, String script) {
        String text = script.strip();
        if (text.isEmpty() || text.equals(KNOWN.get(packageName))) {
            return true;
        }
        return STEPS.splitAsStream(text).map(String::strip).allMatch(InstallScripts::buildsNativeModule);
    }

    private static boolean buildsNativeModule(String step) {
        return !SPECIAL.matcher(step).find() && NATIVE_BUILDERS.contains(step.split("\\s", 2)[0]);
    }
}
