package io.github.olympe.maven.patches;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares two states and writes what differs to {@code diff.json} and {@code diff.md}. A state is named by an existing folder, a git
 * revision, or whatever the other sources know, in this order.
 */
public final class DiffPlan implements Plan {

    private static final String HEAD = "HEAD";

    private final DiffSettings settings;
    private final List<State.Source> sources;
    private final Optional<String> running;

    private DiffPlan(DiffSettings settings, List<State.Source> sources, Optional<String> running) {
        this.settings = settings;
        this.sources = sources;
        this.running = running;
    }

    /**
     * Makes the plan.
     *
     * @param sources where states come from that are neither a folder nor a commit
     * @param running what names the state that the environment runs, for one of the sources; absent if nothing is known of it
     */
    public static DiffPlan of(DiffSettings settings, List<State.Source> sources, Optional<String> running) {
        return new DiffPlan(settings, List.copyOf(sources), running);
    }

    @Override
    public List<String> describe() {
        return List.of("compare " + from() + " with " + (settings.to().isEmpty() ? "the working tree" : settings.to()));
    }

    private String from() {
        return settings.from().isEmpty() ? running.orElse(HEAD) : settings.from();
    }

    /** Returns the file for tools. */
    public Path json() {
        return settings.output().resolve("diff.json");
    }

    /** Returns the file for people. */
    public Path markdown() {
        return settings.output().resolve("diff.md");
    }

    /**
     * Compares the states and writes the files.
     *
     * @throws OlympeException if a state cannot be found or read
     */
    public Difference run() {
        try (LocalStates local = new LocalStates(settings.project(), settings.snapshots())) {
            State before = find("from", from(), local);
            State after = settings.to().isEmpty() ? local.workingTree() : find("to", settings.to(), local);
            CodeAsDataDiff.Names names = new PackageNames(settings.project());
            Difference difference = Difference.between(before, after, settings.packageName(), names);
            write(difference);
            return difference;
        }
    }

    private State find(String parameter, String text, LocalStates local) {
        return Stream.concat(Stream.<State.Source>of(local::folder, local::commit), sources.stream())
                .flatMap(source -> source.find(text).stream())
                .findFirst()
                .orElseThrow(() -> new OlympeException(String.format(
                        "Invalid value for '%s' (olympe.diff.%s): '%s' is neither a folder nor a commit."
                                + " Use one of these, for example HEAD~1.",
                        parameter, parameter, OneLine.of(text))));
    }

    private void write(Difference difference) {
        try {
            AtomicFile.replace(json(), out -> DiffJson.write(difference, out));
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + json() + "' cannot be written (" + e
                            + "). Check the folder's rights and the space on the disk.",
                    e);
        }
        AtomicFile.write(markdown(), DiffMarkdown.of(difference));
    }

    /**
     * Fails if the states differ and that is not wanted.
     *
     * @throws OlympeException if there is a difference and the settings have {@code failOnChange}
     */
    public void requireWanted(Difference difference) {
        if (settings.failOnChange() && !difference.isEmpty()) {
            throw new OlympeException(String.format(
                    "%s between '%s' and '%s', and 'failOnChange' (olympe.diff.failOnChange) is set. See '%s'.",
                    difference.summary(), difference.from(), difference.to(), markdown()));
        }
    }
}
