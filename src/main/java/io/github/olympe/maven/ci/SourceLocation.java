package io.github.olympe.maven.ci;

import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Finds the URL of a build's sources, for people: from the CI's variables, else from the remote {@code origin} of the git repository. It
 * never contains user names, passwords or tokens.
 */
public final class SourceLocation {

    private static final int LONGEST = 2000;
    private static final int LARGEST_CONFIG_MEBIBYTES = 1;
    private static final Pattern URL = Pattern.compile("(https?|ssh|git)://(?:[^/?#]*@)?([^?#@]+)(?:[?#].*)?");
    private static final Pattern SCP_LIKE = Pattern.compile("(?:[^@/:]+@)?([^/:]+):(?!//)(.+)");

    private SourceLocation() {}

    /**
     * Returns the URL, absent if neither has one.
     *
     * @param environment the environment variables
     * @param directory a folder in the git work tree
     */
    public static Optional<String> detect(Map<String, String> environment, Path directory) {
        return variable(environment, "CI_PROJECT_URL")
                .or(() -> variable(environment, "GITHUB_REPOSITORY")
                        .flatMap(name ->
                                variable(environment, "GITHUB_SERVER_URL").map(url -> url + "/" + name)))
                .or(() -> variable(environment, "BUILD_REPOSITORY_URI"))
                .or(() -> variable(environment, "BITBUCKET_GIT_HTTP_ORIGIN"))
                .or(() -> variable(environment, "GIT_URL"))
                .or(() -> origin(directory))
                .flatMap(SourceLocation::withoutUser);
    }

    /**
     * Returns the URL without its user part, query and fragment. Git's short form for SSH becomes {@code ssh://}. A local path gives
     * nothing.
     */
    static Optional<String> withoutUser(String url) {
        if (!OneLine.isPlain(url) || url.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = URL.matcher(url);
        if (matcher.matches()) {
            return Optional.of(matcher.group(1) + "://" + matcher.group(2));
        }
        Matcher scp = SCP_LIKE.matcher(url);
        return scp.matches() && !url.contains("://") && !url.contains("\\")
                ? Optional.of("ssh://" + scp.group(1) + "/" + scp.group(2))
                : Optional.empty();
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<String> origin(Path directory) {
        for (Path folder = directory.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path git = folder.resolve(".git");
            try {
                if (Files.isRegularFile(git)) {
                    git = elsewhere(git);
                }
                Path config = git.resolve("config");
                if (Files.isRegularFile(config)) {
                    return origin(ForeignText.read(config, LARGEST_CONFIG_MEBIBYTES));
                }
            } catch (IOException | InvalidPathException e) {
                return Optional.empty();
            }
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the folder with the configuration if {@code .git} is a file, as in worktrees and submodules. See "gitfile" in gitglossary(7)
     * and "commondir" in gitrepository-layout(5).
     */
    private static Path elsewhere(Path gitFile) throws IOException {
        String line = ForeignText.read(gitFile, LARGEST_CONFIG_MEBIBYTES).strip();
        Path git = gitFile.resolveSibling(line.replaceFirst("^gitdir:\\s*", ""));
        Path common = git.resolve("commondir");
        return Files.isRegularFile(common)
                ? git.resolve(ForeignText.read(common, LARGEST_CONFIG_MEBIBYTES).strip())
                : git;
    }

    private static Optional<String> origin(String text) {
        Config config = new Config();
        try {
            config.fromText(text);
        } catch (ConfigInvalidException e) {
            return Optional.empty();
        }
        return Arrays.stream(config.getStringList("remote", "origin", "url")).findFirst();
    }
}
