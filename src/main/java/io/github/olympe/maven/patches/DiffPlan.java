package io.github.olympe.maven.patches;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares two states and writes what differs to {@code diff.json} and {@code diff.md}. A state is named by an existing folder, a git
 * revision, or whatever the other sources know, in this order.
 */
public final class DiffPlan implements Plan {

    private static final String HEAD = "HEAD";
    private static final String FROM = "from (olympe.diff.from)";
    private static final String TO = "to (olympe.diff.to)";

    /** What a CI's clone lacks most often. */
    private static final String SHALLOW =
            " This clone has only a part of the history: fetch the rest first, for example with 'git fetch --unshallow', if that is a"
                    + " commit.";

    private final DiffSettings settings;

    private DiffPlan(DiffSettings settings) {
        this.settings = settings;
    }

    /** Makes the plan. */
    public static DiffPlan of(DiffSettings settings) {
        return new DiffPlan(settings);
    }

    @Override
    public List<String> describe() {
        return List.of("compare " + (settings.from().isEmpty() ? HEAD : settings.from()) + " with "
                + (settings.to().isEmpty() ? "the working tree" : settings.to()));
    }

    /** Returns whether the user set {@code from}. */
    public boolean namesFrom() {
        return !settings.from().isEmpty();
    }

    /** Returns the files that it writes. */
    public DiffFiles files() {
        return new DiffFiles(settings.output(), settings.mask());
    }

    /**
     * Compares the states and writes the files.
     *
     * @param sources provide states that are neither a folder nor a commit
     * @param running the name of the state that the environment runs, for one of the sources; absent if it is unknown
     * @throws OlympeException if a state cannot be found or read
     */
    public Difference run(List<State.Source> sources, Optional<String> running) {
        try (LocalStates local = new LocalStates(settings.project(), settings.snapshots())) {
            FoundState from = settings.from().isEmpty()
                    // What the environment runs, even if a folder or a branch has its name.
                    ? running.flatMap(name -> sources.stream()
                                    .flatMap(source -> source.find(FROM, name).stream())
                                    .findFirst())
                            .orElseGet(() -> head(local))
                    : find(FROM, settings.from(), sources, local);
            FoundState to = settings.to().isEmpty() ? local.workingTree() : find(TO, settings.to(), sources, local);
            FoundState comparableFrom = from.comparableWith(to);
            FoundState comparableTo = to.comparableWith(from);
            State before = comparableFrom.read(comparableTo);
            State after = comparableTo.read(comparableFrom);
            CodeAsDataDiff.Names names = new PackageNames(settings.project());
            Difference difference = Difference.between(before, after, settings.packageName(), names);
            files().write(difference);
            return difference;
        }
    }

    private FoundState head(LocalStates local) {
        return local.commit(HEAD)
                .orElseThrow(() -> new OlympeException(String.format(
                        "There is no commit to compare '%s' with. Commit the project to git first, or set the parameter 'from'"
                                + " (olympe.diff.from) to a folder, an environment or an image with its tag.",
                        settings.project())));
    }

    private FoundState find(String parameter, String name, List<State.Source> sources, LocalStates local) {
        return Stream.concat(
                        Stream.<State.Source>of(
                                (of, text) -> local.folder(text).map(FoundState::of), (of, text) -> local.commit(text)),
                        sources.stream())
                .flatMap(source -> source.find(parameter, name).stream())
                .findFirst()
                .orElseThrow(() -> new OlympeException(String.format(
                        "Invalid value for %s: '%s' is neither a folder, a commit, an environment nor an image with its tag."
                                + " Use one of these, for example HEAD~1.%s",
                        InvalidParameter.quoted(parameter), OneLine.of(name), local.isShallow() ? SHALLOW : "")));
    }

    /**
     * Fails if the states differ although they must not.
     *
     * @throws OlympeException if there is a difference and the settings have {@code failOnChange}
     */
    public void requireWanted(Difference difference) {
        if (settings.failOnChange() && !difference.isEmpty()) {
            throw new OlympeException(String.format(
                    "%s between '%s' and '%s', and 'failOnChange' (olympe.diff.failOnChange) is set. See '%s'.",
                    difference.summary(), difference.from(), difference.to(), files().markdown()));
        }
    }
}
