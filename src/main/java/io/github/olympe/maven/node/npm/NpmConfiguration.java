package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.node.runtime.NodeRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * npm's configuration, from the files and variables that npm reads it from. See npmrc(5): the environment wins over the project's file,
 * that over the user's, and that over the global one.
 *
 * @param project what the project's {@code .npmrc} sets, that of the workspace's root for its members
 * @param user what the user's file sets
 * @param global what the global file sets
 * @param builtIn what npm's own file sets, as Linux distributions have it
 * @param variables what the environment sets
 */
record NpmConfiguration(Npmrc project, Npmrc user, Npmrc global, Npmrc builtIn, Npmrc variables) {

    private static final Pattern PREFIX = Pattern.compile("(?i)npm_config_(?=.)");

    /**
     * Settings that do not affect which packages are installed and how: logs, the network, caches, and values for npm's own child
     * processes.
     */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "audit",
            "audit-level",
            "ca",
            "cache",
            "cafile",
            "cert",
            "color",
            "fund",
            "global-prefix",
            "globalconfig",
            "heading",
            "https-proxy",
            "init-module",
            "key",
            "local-prefix",
            "loglevel",
            "logs-dir",
            "logs-max",
            "maxsockets",
            "no-proxy",
            "omit-lockfile-registry-resolved",
            "yes",
            "node-gyp",
            "noproxy",
            "npm-version",
            "offline",
            "prefer-offline",
            "prefer-online",
            "prefix",
            "progress",
            "proxy",
            "strict-ssl",
            "timing",
            "unicode",
            "update-notifier",
            "user-agent",
            "userconfig");

    static NpmConfiguration of(Path root, NodeRuntime runtime, Map<String, String> environment) {
        Npmrc variables = variables(environment);
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path user = variables.last("userconfig").map(Path::of).orElse(home.resolve(Npmrc.FILE_NAME));
        Npmrc builtIn = runtime.npmFolder()
                .map(folder -> Npmrc.read(folder.resolve("npmrc"), environment))
                .orElse(new Npmrc(List.of()));
        Path prefix = variables
                .last("prefix")
                .or(() -> builtIn.last("prefix"))
                .map(Path::of)
                .orElseGet(() -> prefix(runtime));
        Path global = variables.last("globalconfig").map(Path::of).orElse(prefix.resolve("etc/npmrc"));
        return new NpmConfiguration(
                Npmrc.read(root.resolve(Npmrc.FILE_NAME), environment),
                Npmrc.read(user, environment),
                Npmrc.read(global, environment),
                builtIn,
                variables);
    }

    /** The folder that global packages are installed into: that of {@code node.exe}, or the one above {@code bin/node}. */
    private static Path prefix(NodeRuntime runtime) {
        Path folder = runtime.folder();
        Path above = folder.getParent();
        return runtime.search().windows() || above == null ? folder : above;
    }

    /**
     * Reads the variables. npm reads {@code _} in a name as {@code -}, but keeps the names of registries unchanged, and ignores empty
     * values.
     */
    private static Npmrc variables(Map<String, String> environment) {
        List<Npmrc.Entry> entries = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (PREFIX.matcher(name).lookingAt() && !value.isEmpty()) {
                String key = name.substring("npm_config_".length());
                entries.add(new Npmrc.Entry(
                        key.startsWith("//")
                                ? key
                                : key.replaceAll("(?!^)_", "-").toLowerCase(Locale.ROOT),
                        value));
            }
        });
        return new Npmrc(entries);
    }

    /** Returns the settings that affect which packages are installed and how, without credentials. */
    SortedMap<String, String> effective() {
        SortedMap<String, String> effective = new TreeMap<>();
        for (Npmrc source : List.of(builtIn, global, user, project, variables)) {
            SortedMap<String, String> own = new TreeMap<>();
            for (Npmrc.Entry entry : source.entries()) {
                String key = entry.key();
                if (!key.startsWith("//")
                        && !key.startsWith("_")
                        && !key.startsWith("fetch-")
                        && !WITHOUT_EFFECT.contains(key)) {
                    own.merge(key, entry.value(), (before, now) -> before + "," + now);
                }
            }
            effective.putAll(own);
        }
        return effective;
    }

    /**
     * Returns whether this configuration does not change the result of an install: at most it names registries, and where install scripts
     * find Node.js's headers.
     */
    boolean changesNothing() {
        return effective().keySet().stream()
                .allMatch(key -> key.equals("nodedir") || key.equals("registry") || key.endsWith(":registry"));
    }

    /** The registry of all packages that have no other. */
    String registry() {
        return last("registry").orElse(NpmRegistry.PUBLIC);
    }

    /** The registry of a package: that of its scope, else that of all packages. */
    String registryOf(String packageName) {
        return last(packageName.replaceFirst("/.*", "") + ":registry").orElseGet(this::registry);
    }

    private Optional<String> last(String key) {
        return Stream.of(variables, project, user, global, builtIn)
                .flatMap(source -> source.last(key).stream())
                .findFirst();
    }

    /** The registries that the project's own file names, by their keys: {@code registry} or {@code @scope:registry}. */
    Stream<Npmrc.Entry> projectRegistries() {
        return project.entries().stream()
                .filter(entry -> entry.key().equals("registry")
                        || entry.key().startsWith("@") && entry.key().endsWith(":registry"));
    }

    /** All that is set anywhere. */
    Stream<Npmrc.Entry> all() {
        return Stream.of(project, user, global, builtIn, variables).flatMap(source -> source.entries().stream());
    }
}
