package io.github.olympe.maven.node.webpack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known about a build script, from its command and the configuration of webpack. If the plugin knows everything that it reads, the
 * script can be skipped as long as nothing of that changes.
 *
 * @param unknown why the plugin does not know what the script reads; empty if it does
 * @param variables the environment variables that the configuration reads
 * @param file the file of the configuration
 * @param names the names of the builds in it that the script runs; empty means all
 * @param alone why nothing may run at the same time although the script is known; empty if it writes only into its own folder
 */
public record WebpackBuild(
        Optional<String> unknown, Set<String> variables, String file, Set<String> names, Optional<String> alone) {

    private static final Pattern KEEPS = Pattern.compile("\"(?:incremental|composite|tsBuildInfoFile)\"");
    private static final Pattern MAPPED = Pattern.compile("\"(\\./?[^\"*\\\\]*)");
    private static final int LARGEST_MEBIBYTES = 1;

    public WebpackBuild {
        variables = Collections.unmodifiableSet(new TreeSet<>(variables));
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /**
     * Reads a script.
     *
     * @param script the script's name in package.json
     * @param workspace where packages are installed
     * @param folders the folders that builds create
     */
    public static WebpackBuild of(PackageJson packageJson, String script, Workspace workspace, BuiltFolders folders) {
        try {
            WebpackScript command = WebpackScript.of(packageJson, script);
            if (!packageJson.brings("webpack", workspace)) {
                throw new NotKnown("package.json does not depend on 'webpack'");
            }
            mapped(packageJson.content(), folders);
            JsonNode babel = packageJson.content().path("babel");
            BabelSettings.check(PackageJson.FILE_NAME, babel);
            WebpackConfig config = WebpackConfig.of(command.configFile(), folders);
            return new WebpackBuild(
                    Optional.empty(),
                    config.variables(),
                    config.main(),
                    command.configNames(),
                    config.reasonNotBeside(Set.copyOf(folders.outputs()))
                            .or(() -> reasonOfTypeScript(folders.project())));
        } catch (NotKnown e) {
            return new WebpackBuild(Optional.of(e.reason()), Set.of(), "", Set.of(), Optional.empty());
        }
    }

    /** Checks the members with which webpack maps names to files. */
    private static void mapped(JsonNode content, BuiltFolders folders) throws NotKnown {
        for (String member : List.of("imports", "exports", "browser")) {
            String text = content.path(member).toString();
            Matcher path = MAPPED.matcher(text);
            while (path.find()) {
                if (path.group(1).contains("..")
                        || folders.have(folders.project().resolve(path.group(1)).normalize())) {
                    throw new NotKnown("package.json has '" + path.group(1) + "' in '" + member + "'");
                }
            }
        }
    }

    /** Returns a reason if TypeScript keeps a file in the project that the next compilation uses. */
    private static Optional<String> reasonOfTypeScript(Path project) {
        Path file = project.resolve("tsconfig.json");
        try {
            return Files.isRegularFile(file)
                            && KEEPS.matcher(ForeignText.read(file, LARGEST_MEBIBYTES))
                                    .find()
                    ? Optional.of("tsconfig.json lets TypeScript keep what it has compiled")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("tsconfig.json cannot be read");
        }
    }

    /** Returns why this build and another must not run at the same time, empty if they may. */
    public Optional<String> reasonNotBeside(WebpackBuild other) {
        return unknown.or(other::unknown)
                .or(this::alone)
                .or(other::alone)
                .or(() -> overlaps(other)
                        ? Optional.of("both scripts build the same configuration of webpack")
                        : Optional.empty());
    }

    private boolean overlaps(WebpackBuild other) {
        return file.equals(other.file)
                && (names.isEmpty() || other.names.isEmpty() || !Collections.disjoint(names, other.names));
    }
}
