package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.PathInside;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.VersionBump;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A library of bricks as an npm package.
 *
 * @param name the package's name
 * @param version its version
 * @param registry the registry that it is published to; absent if npm should find it in {@code .npmrc}
 */
public record LibraryPackage(String name, String version, Optional<NpmRegistry> registry) {

    /** The names that npm accepts, except those that begin with a dash: npm would take them for options. */
    private static final Pattern NAME =
            Pattern.compile("(?:@[a-zA-Z0-9~][a-zA-Z0-9._~-]*/)?[a-zA-Z0-9~][a-zA-Z0-9._~-]*");

    /** An answer of npm, in characters. */
    private static final int LONGEST_ANSWER = 1 << 20;

    /**
     * Returns the package that a project is going to publish, as far as its own package.json shows before the build.
     *
     * @param npmRegistry the parameter of this name
     * @return empty if it has no name or version that npm publishes; only the package.json that the build writes needs them
     */
    public static Optional<LibraryPackage> announcedBy(PackageJson packageJson, Optional<String> npmRegistry) {
        return packageJson
                .name()
                .filter(LibraryPackage::isName)
                .flatMap(name -> packageJson
                        .version()
                        .filter(VersionBump::isVersion)
                        .map(version -> new LibraryPackage(name, version, registry(packageJson, npmRegistry))));
    }

    /** Whether npm takes this as the name of a package. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public static LibraryPackage of(PackageJson packageJson, Optional<NpmRegistry> registry) {
        if (packageJson.isPrivate()) {
            throw new OlympeException("The file '" + packageJson.file()
                    + "' has \"private\": true, so that npm refuses to publish it; take that out.");
        }
        String name = packageJson.name().orElseThrow(() -> missing(packageJson, "name", "@acme/bricks"));
        String version = packageJson.version().orElseThrow(() -> missing(packageJson, "version", "1.0.0"));
        if (!isName(name)) {
            throw new OlympeException("The file '" + packageJson.file() + "' has the name '" + name
                    + "', which npm does not publish; write one such as '@acme/bricks'.");
        }
        if (!VersionBump.isVersion(version)) {
            throw new OlympeException("The file '" + packageJson.file() + "' has the version '" + version
                    + "', which npm does not publish; write one such as '1.0.0'.");
        }
        return new LibraryPackage(name, version, registry);
    }

    private static Optional<NpmRegistry> registry(PackageJson packageJson, Optional<String> npmRegistry) {
        return npmRegistry
                .map(NpmRegistry::ofParameter)
                .or(() -> packageJson
                        .publishRegistry()
                        .map(url -> NpmRegistry.of("publishConfig of '" + packageJson.file() + "'", url)));
    }

    /**
     * Reads the package in a folder, ready to be packed.
     *
     * @param npmRegistry the parameter of this name
     * @param project the project's own package.json, whose {@code publishConfig} counts if that of the folder has none
     * @throws OlympeException if npm would not publish it, or it is not a library: its package.json has to name the folder with its code as
     *     data
     */
    public static LibraryPackage in(Path folder, Optional<String> npmRegistry, PackageJson project) {
        Path file = folder.resolve(PackageJson.FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new OlympeException(
                    "There is no '" + file + "', so there is nothing to publish; let the script that builds"
                            + " the library write it, with its 'codeAsData'.");
        }
        PackageJson packageJson = PackageJson.read(folder);
        JsonNode codeAsData = packageJson.content().path("codeAsData");
        if (!codeAsData.isTextual() || codeAsData.textValue().isBlank()) {
            throw new OlympeException(
                    "The file '" + file + "' has no 'codeAsData', without which projects that install the library"
                            + " do not get its bricks; add \"codeAsData\": \"codeAsData\".");
        }
        Optional<Path> patches = PathInside.of(folder, codeAsData.textValue());
        if (patches.filter(Files::isDirectory).isEmpty()) {
            throw new OlympeException("The file '" + file + "' has the codeAsData '" + codeAsData.textValue()
                    + "', but there is no such folder beside it; run build-code-as-data first, or correct it.");
        }
        return of(packageJson, registry(packageJson, npmRegistry).or(() -> registry(project, npmRegistry)));
    }

    private static OlympeException missing(PackageJson packageJson, String member, String example) {
        return new OlympeException("The file '" + packageJson.file() + "' has no '" + member
                + "', without which npm cannot publish it; add \"" + member + "\": \"" + example + "\".");
    }

    /** The package as npm names it: {@code @acme/bricks@1.0.0}. */
    public String id() {
        return name + "@" + version;
    }

    /** Returns where it is published, as a user would name it. */
    public String destination() {
        return registry.map(npmRegistry -> npmRegistry.url().toString()).orElse("the registry of .npmrc");
    }

    /**
     * Returns the registry that npm publishes it to.
     *
     * @throws OlympeException if what {@code .npmrc} has for it is not the URL of a registry
     */
    public NpmRegistry registryOf(Npm npm) {
        return registry.orElseGet(
                () -> NpmRegistry.of("npm's configuration", npm.configuration().registryOf(name)));
    }

    /**
     * Makes its tarball.
     *
     * @param folder the folder with the package
     * @param into the folder for the tarball
     */
    public Path pack(Npm npm, Path folder, Path into) {
        Path tarball = into.resolve(tarballName());
        // A later npm-publish would publish half a tarball.
        try (TemporaryPath unfinished = TemporaryPath.beside(tarball)) {
            Files.createDirectory(unfinished.path());
            npm.in(folder).run("pack", "--pack-destination", unfinished.path().toString());
            TemporaryPath packed = new TemporaryPath(unfinished.path().resolve(tarballName()));
            if (!Files.isRegularFile(packed.path())) {
                throw new OlympeException(
                        "'npm pack' succeeded but made no '" + tarballName() + "'; check what it printed.");
            }
            packed.replaceFile(tarball);
            return tarball;
        } catch (IOException e) {
            throw new OlympeException(
                    "The tarball '" + tarball + "' cannot be written (" + e
                            + "); check the folder's permissions and the space on the disk.",
                    e);
        }
    }

    /** The name that npm gives the tarball: {@code acme-bricks-1.0.0.tgz}. */
    public String tarballName() {
        return name.replaceFirst("^@", "").replace('/', '-') + "-" + version + ".tgz";
    }

    /**
     * Whether the registry has this version already.
     *
     * @throws OlympeException if the registry does not say
     */
    public boolean isPublished(Npm npm) {
        List<String> arguments = new ArrayList<>(List.of("view", id(), "version", "--json"));
        registry.ifPresent(npmRegistry -> arguments.addAll(npmRegistry.arguments(name)));
        StringBuilder output = new StringBuilder();
        CommandResult result = npm.ask(arguments, line -> {
            if (output.length() < LONGEST_ANSWER) {
                output.append(line).append('\n');
            }
        });
        if (result.succeeded()) {
            return !output.toString().isBlank();
        }
        JsonNode error = error(output.toString());
        if (error.path("code").asText().equals("E404")) {
            return false;
        }
        String reason = error.path("summary").asText().isBlank()
                ? String.join(" ", result.lastLines())
                : error.path("code").asText() + ": " + error.path("summary").asText();
        throw new OlympeException(
                "Whether " + id() + " is published already cannot be found out from " + destination() + " ("
                        + npm.runner().mask().apply(reason.strip().replaceAll("\\s+", " "))
                        + "); check the registry and its credentials (the parameters 'npmRegistry' and 'npmServerId', or .npmrc).");
    }

    private static JsonNode error(String output) {
        try {
            return Json.parse(output).path("error");
        } catch (JsonProcessingException e) {
            return Json.object();
        }
    }

    /**
     * Fails if the registry has this version already.
     *
     * @throws OlympeException then, and if the registry does not say
     */
    public void requireUnpublished(Npm npm) {
        if (isPublished(npm)) {
            throw new OlympeException(id() + " is published already in " + destination()
                    + ", and a version cannot be published twice; raise the version in package.json, or set the parameter"
                    + " 'skipPublished' (olympe.skipPublished).");
        }
    }

    /** Publishes its tarball. */
    public void publish(Npm npm, Path tarball, Optional<String> tag, Optional<String> access) {
        List<String> arguments = new ArrayList<>(List.of("publish", tarball.toString()));
        tag.ifPresent(value -> arguments.addAll(List.of("--tag", value)));
        access.ifPresent(value -> arguments.addAll(List.of("--access", value)));
        registry.ifPresent(npmRegistry -> arguments.addAll(npmRegistry.arguments(name)));
        npm.run(arguments);
    }
}
