package io.github.olympe.maven.node;

import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.ProgramSearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program {@code git}, for repositories that JGit cannot read. If it is not installed or refuses a repository, there is no answer.
 *
 * @param environment the environment variables, with the PATH
 * @param runner runs it
 */
public record GitProgram(Map<String, String> environment, CommandRunner runner) {

    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** The git that commands of a project would run. */
    public static GitProgram of(Npm npm) {
        return new GitProgram(npm.environment(), npm.runner());
    }

    /** What {@code git ARGUMENTS} prints in a folder, line by line; empty if it fails. */
    Optional<List<String>> lines(Path folder, List<String> arguments) {
        Optional<Path> git = ProgramSearch.current().find("git", environment);
        if (git.isEmpty()) {
            return Optional.empty();
        }
        List<String> line = new ArrayList<>(List.of(git.get().toString()));
        line.addAll(arguments);
        List<String> output = new ArrayList<>();
        boolean succeeded = runner.run(Command.of(line, folder, environment, ANSWER), output::add, error -> {})
                .succeeded();
        return succeeded ? Optional.of(output) : Optional.empty();
    }
}
