package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.runtime.Digests;
import io.github.olympe.maven.node.webpack.KnownInputs;
import io.github.olympe.maven.node.webpack.KnownProject;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Skips build steps whose output would not change. A record of each successful step holds the digests of everything that it depends on and
 * of everything that it made. The step is skipped if both are still the same.
 *
 * @param folder the folder of the records
 * @param excluded folders of the project that are not inputs: the outputs of steps, and the target folder
 * @param environment the environment variables that a step depends on, by name
 * @param known the inputs of a step whose tool the plugin knows; empty if the user has set {@code incremental}
 */
public record IncrementalBuild(
        Path folder, Collection<Path> excluded, Map<String, String> environment, Optional<KnownInputs> known) {

    private static final int VERSION = 1;

    public IncrementalBuild {
        excluded = List.copyOf(excluded);
        environment = Map.copyOf(environment);
    }

    /** The record of a successful step. The values of {@code settings} are salted digests. */
    record Kept(
            int version,
            String salt,
            Map<String, String> settings,
            Map<String, String> inputs,
            Map<String, String> outputs) {

        Kept {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
            inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
            outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        }

        static Kept none() {
            return new Kept(0, "", Map.of(), Map.of(), Map.of());
        }
    }

    /** Runs the step, unless its output would not change. */
    public void run(BuildStep step, Npm npm) {
        Path file = folder.resolve(step.name().replace(' ', '-') + ".json");
        Optional<KnownProject> project = known.map(inputs -> read(inputs, npm));
        Optional<String> unknown = project.flatMap(KnownProject::unknown);
        if (unknown.isPresent()) {
            npm.log().detail("Running " + step.name() + " in each build: " + unknown.get() + ".");
            delete(file);
            step.run(npm, new UnfinishedBuilds(folder));
            return;
        }
        Kept last = read(file);
        Map<String, String> settings = settings(step, npm);
        project.ifPresent(found -> settings.put("set of files in node_modules", found.packages()));
        Map<String, String> inputs = project.isPresent()
                ? ProjectFiles.of(npm.project(), project.get().files())
                : inputs(npm);
        Optional<String> reason = reason(last, settings, inputs, step);
        if (reason.isEmpty()) {
            npm.log().skipped(step.name(), "nothing changed since it last succeeded");
            return;
        }
        npm.log().runs(step.name(), reason.get());
        delete(file);
        step.run(npm, new UnfinishedBuilds(folder));
        // The inputs before the step: if it changes files of the project itself, it runs again.
        String salt = UUID.randomUUID().toString();
        Kept kept = new Kept(VERSION, salt, salted(settings, salt), inputs, outputs(step));
        AtomicFile.write(file, Json.bytes(kept));
    }

    private static KnownProject read(KnownInputs inputs, Npm npm) {
        try {
            return inputs.read(npm.workspace(), npm.environment(), npm.settings());
        } catch (IOException e) {
            throw ProjectFiles.unreadable(npm.project(), e);
        }
    }

    private Optional<String> reason(
            Kept last, Map<String, String> settings, Map<String, String> inputs, BuildStep step) {
        if (last.version() != VERSION) {
            return Optional.of("there is no record of a run that succeeded");
        }
        return difference(last.settings(), salted(settings, last.salt()))
                .or(() -> difference(last.inputs(), inputs))
                .or(() -> difference(last.outputs(), outputs(step)));
    }

    /** Returns the first difference by name. */
    private static Optional<String> difference(Map<String, String> last, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(last.keySet());
        names.addAll(now.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = last.get(name);
            String after = now.get(name);
            if (before == null) {
                changes.add(name + " added");
            } else if (after == null) {
                changes.add(name + " deleted");
            } else if (!before.equals(after)) {
                changes.add(name + " changed");
            }
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(changes.get(0) + (changes.size() > 1 ? ", and " + (changes.size() - 1) + " more" : ""));
    }

    private Map<String, String> settings(BuildStep step, Npm npm) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("command '" + step.shown() + "'", step.shown());
        settings.put("Node.js", npm.runtime().version().toString());
        settings.put("installed packages", NpmInstall.installedDigest(npm.workspace()));
        if (known.isPresent()) {
            settings.put("npm's configuration", npm.settings().toString());
        }
        environment.forEach((name, value) -> settings.put("environment variable " + name, value));
        return settings;
    }

    private static Map<String, String> salted(Map<String, String> settings, String salt) {
        Map<String, String> salted = new TreeMap<>();
        settings.forEach((name, value) -> salted.put(name, Digests.of(salt + value)));
        return salted;
    }

    /** Returns the project's own files, and all files of packages that npm only links to, such as other members of a workspace. */
    private Map<String, String> inputs(Npm npm) {
        Map<String, String> inputs =
                new TreeMap<>(ProjectFiles.notIgnored(npm.project(), excluded, GitProgram.of(npm)));
        for (Path linked : NpmInstall.linkedPackages(npm.workspace())) {
            if (!linked.equals(npm.project())) {
                String name = npm.project().relativize(linked).toString().replace('\\', '/');
                ProjectFiles.all(linked).forEach((file, digest) -> inputs.put(name + "/" + file, digest));
            }
        }
        return inputs;
    }

    private static Map<String, String> outputs(BuildStep step) {
        Map<String, String> outputs = new TreeMap<>();
        for (BuildOutput output : step.outputs()) {
            String name =
                    output.project().relativize(output.folder()).toString().replace('\\', '/');
            ProjectFiles.everything(output.folder(), output.without())
                    .forEach((file, digest) -> outputs.put(name + "/" + file, digest));
        }
        return outputs;
    }

    private static Kept read(Path file) {
        try {
            return Files.isRegularFile(file) ? Json.value(Json.parse(Files.readString(file)), Kept.class) : Kept.none();
        } catch (IOException e) {
            return Kept.none(); // The record is broken or from another version of the plugin. The step runs, which is
            // always safe.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be deleted (" + e + "); check the folder's permissions.", e);
        }
    }
}
