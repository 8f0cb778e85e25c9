package io.github.olympe.maven.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.snapshot.config.ConfigurationFiles;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The npm side of an existing project.
 *
 * @param folder its folder
 * @param packageJson its package.json
 * @param nodeVersion the version of Node.js in {@code .nvmrc} or a similar file
 */
record Project(Path folder, PackageJson packageJson, Optional<String> nodeVersion) {

    private static final int LARGEST_MEBIBYTES = 1;
    private static final Pattern NPMRC_SECRET =
            Pattern.compile("(?i)(.*(?:_authToken|_auth|_password))\\s*=\\s*(?!\\$\\{|\\s*$).+");
    private static final Pattern NPMRC_REGISTRY = Pattern.compile("(?i)\\s*((?:@[^:]+:)?registry)\\s*=\\s*(\\S+)");
    private static final Pattern URL_SECRET = Pattern.compile("https?://[^/\\s\"@<$]+@");

    /**
     * Reads a project.
     *
     * @throws OlympeException if it is not an Olympe project
     */
    static Project read(Path folder, Findings findings) {
        PackageJson packageJson = PackageJson.read(folder);
        if (packageJson.content().has("workspaces") && !hasScripts(packageJson)) {
            throw new OlympeException("The folder '" + folder
                    + "' is the root of an npm workspace without scripts of Olympe. Run adopt in the folder of the package that is the Olympe"
                    + " project, or set the parameter 'projectDirectory' (olympe.projectDirectory) to it.");
        }
        if (!isOlympe(packageJson)) {
            throw new OlympeException(
                    "The project in '" + folder
                            + "' is not an Olympe project: its package.json names no package of @olympeio. Run adopt in the folder of an Olympe project.");
        }
        Project project = new Project(folder, packageJson, nodeVersion(folder, findings));
        project.describe(findings);
        return project;
    }

    private static boolean hasScripts(PackageJson packageJson) {
        return packageJson.hasScript(PackageJson.FRONTEND_SCRIPT) || packageJson.hasScript(PackageJson.BACKEND_SCRIPT);
    }

    private static boolean isOlympe(PackageJson packageJson) {
        boolean depends = PackageJson.DEPENDENCIES.stream().anyMatch(kind -> {
            List<String> names = new ArrayList<>();
            packageJson.content().path(kind).fieldNames().forEachRemaining(names::add);
            return names.stream().anyMatch(name -> name.startsWith("@olympeio"));
        });
        return depends || packageJson.name().orElse("").startsWith("@olympeio/");
    }

    private void describe(Findings findings) {
        packageJson
                .name()
                .ifPresent(name -> findings.found(placeOf("\"name\""), "name " + name, "groupId, artifactId"));
        packageJson
                .version()
                .ifPresent(version -> findings.found(placeOf("\"version\""), "version " + version, "version"));
        for (String script : List.of(PackageJson.FRONTEND_SCRIPT, PackageJson.BACKEND_SCRIPT, "test")) {
            if (packageJson.hasScript(script)) {
                findings.found(placeOf("\"" + script + "\""), "script " + script, "goal " + goal(script));
            }
        }
        packageJson
                .engine()
                .ifPresent(engine ->
                        findings.found(placeOf("\"node\""), "engines.node " + engine, "checked by the plugin"));
        JsonNode manager = packageJson.content().path("packageManager");
        if (manager.isTextual() && !manager.textValue().startsWith("npm")) {
            findings.open(
                    placeOf("\"packageManager\""),
                    "packageManager " + manager.textValue(),
                    "The plugin runs npm. Make a package-lock.json with 'npm install', and commit it.");
        }
        for (String lock : List.of("yarn.lock", "pnpm-lock.yaml")) {
            if (Files.exists(folder.resolve(lock))) {
                findings.open(
                        new Place(lock, 1),
                        lock,
                        "The plugin runs npm. Make a package-lock.json with 'npm install', and commit it.");
            }
        }
        if (Files.exists(folder.resolve("package-lock.json"))) {
            findings.found(new Place("package-lock.json", 1), "lock file", "npm ci");
        }
        npmrc(findings);
        snapshotConfigs(findings);
    }

    private static String goal(String script) {
        return script.equals("test")
                ? "npm-test"
                : script.equals(PackageJson.FRONTEND_SCRIPT) ? "build-frontend" : "build-backend";
    }

    private void npmrc(Findings findings) {
        int number = 0;
        for (String line : lines(".npmrc")) {
            number++;
            Place place = new Place(".npmrc", number);
            Matcher secret = NPMRC_SECRET.matcher(line);
            Matcher registry = NPMRC_REGISTRY.matcher(line);
            if (secret.matches()) {
                findings.open(
                        place,
                        secret.group(1) + "=***",
                        "A secret is written in the file. Revoke it, and write ${NPM_TOKEN} there, or name a server of settings.xml in 'npmServerId'.");
            } else if (registry.matches() && URL_SECRET.matcher(line).find()) {
                findings.open(
                        place,
                        registry.group(1) + " with a user or password in its URL",
                        "Change the password, and take it out of the file. Name a server of settings.xml with the new one in 'npmServerId'.");
            } else if (registry.matches()) {
                findings.found(place, registry.group(1) + " " + registry.group(2), "npm reads it there");
            }
        }
    }

    private void snapshotConfigs(Findings findings) {
        for (String file : ConfigurationFiles.DEFAULTS) {
            List<String> lines = lines(file);
            if (!lines.isEmpty()) {
                findings.found(
                        new Place(file, 1), "snapshot configuration", "goal snapshot, once 'orchestratorHost' is set");
            }
            for (int i = 0; i < lines.size(); i++) {
                if (URL_SECRET.matcher(lines.get(i)).find()) {
                    findings.open(
                            new Place(file, i + 1),
                            "a token in the URL of the git repository",
                            "Revoke it and take it out of the file. Put a new one into the variable OLYMPE_GIT_TOKEN, or into a server of settings.xml"
                                    + " that 'gitServerId' names.");
                }
            }
        }
    }

    private static Optional<String> nodeVersion(Path folder, Findings findings) {
        for (String file : List.of(".nvmrc", ".node-version")) {
            Optional<String> version = lines(folder, file).stream()
                    .map(String::strip)
                    .filter(line -> line.matches("v?\\d+(\\.\\d+){0,2}"))
                    .findFirst();
            if (version.isPresent()) {
                findings.found(new Place(file, 1), "Node.js " + version.get(), "nodeVersion");
                return version;
            }
        }
        return Optional.empty();
    }

    /** Returns the line of package.json that contains a text. */
    Place placeOf(String text) {
        List<String> lines = lines(PackageJson.FILE_NAME);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return new Place(PackageJson.FILE_NAME, i + 1);
            }
        }
        return new Place(PackageJson.FILE_NAME, 1);
    }

    /** Returns the lines of a file, none if it does not exist or is unreadable. */
    List<String> lines(String file) {
        return lines(folder, file);
    }

    private static List<String> lines(Path folder, String file) {
        try {
            Path path = folder.resolve(file);
            return Files.isRegularFile(path)
                    ? ForeignText.read(path, LARGEST_MEBIBYTES).lines().toList()
                    : List.of();
        } catch (IOException e) {
            return List.of(); // The goals that need it report what is wrong with it.
        }
    }
}
