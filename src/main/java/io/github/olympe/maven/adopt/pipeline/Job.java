package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.util.List;
import java.util.Map;

/**
 * A job of a pipeline.
 *
 * @param name its name
 * @param environment the environment that it deploys to, empty if it names none
 * @param variables the variables, with placeholders for what only the CI knows
 * @param shells the lines of each shell, in several parts if they come from several files
 * @param branches the branches that it is for, as regular expressions for the whole name; empty for all
 * @param byHand whether somebody has to start it
 */
record Job(
        String name,
        String environment,
        Map<String, String> variables,
        List<List<Script>> shells,
        List<String> branches,
        boolean byHand) {

    Job {
        variables = Map.copyOf(variables);
        shells = List.copyOf(shells);
        branches = List.copyOf(branches);
    }

    /** Returns whether it runs for no branch, like a job for tags. */
    boolean isForNoBranch() {
        return branches.equals(List.of(PipelineFile.NO_BRANCH));
    }
}
