package io.github.olympe.maven.release.await;

import io.github.olympe.maven.release.await.AwaitedFile.Before;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses the file of a frontend by which to see that it is there: a small one that the frontend before does not have like this. */
public final class FileChoice {

    /** How many files the environment is asked for before a deployment. */
    private static final int MOST_LOOKS = 8;

    private static final String INDEX = "index.html";

    /** What bundlers put into the names of files: a hash of the content. */
    private static final Pattern HASH =
            Pattern.compile("(?<![0-9A-Za-z])(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}(?![0-9A-Za-z])");

    private static final Pattern TEXT = Pattern.compile(".*\\.(js|mjs|css|json|html|htm|txt|svg|xml|webmanifest)");

    /** Files that nginx may not serve as they are: environments mount their own configuration there, and hidden files are often denied. */
    private static final Pattern NOT_SERVED = Pattern.compile("(.*/)?\\..*|conf\\.d/.*");

    private final List<ServedFile> candidates;

    /**
     * The choice among these files, the best first: those that are named by a hash of their content, then by size.
     *
     * @param files the files of the frontend that is deployed
     */
    public FileChoice(FrontendFiles files) {
        this(files.files().values().stream()
                .filter(file -> !NOT_SERVED.matcher(file.path()).matches())
                .sorted(Comparator.comparing((ServedFile file) -> !isNamedByContent(file))
                        .thenComparing(ServedFile::size)
                        .thenComparing(ServedFile::path))
                .toList());
    }

    private FileChoice(List<ServedFile> candidates) {
        this.candidates = candidates;
    }

    /** Returns the same choice with one file alone. */
    static FileChoice of(ServedFile file) {
        return new FileChoice(List.of(file));
    }

    /**
     * Chooses a file that the frontend deployed before does not have, or has with another content.
     *
     * @param before the files of that frontend
     * @param name what it is called in messages
     * @return absent where all are the same
     */
    Optional<AwaitedFile> byContent(FrontendFiles before, String name) {
        return candidates.stream()
                .map(file -> new AwaitedFile(
                        file,
                        Optional.of(new Before(
                                Optional.ofNullable(before.files().get(file.path()))
                                        .map(ServedFile::content),
                                name))))
                .filter(file -> !file.before()
                        .orElseThrow()
                        .content()
                        .equals(Optional.of(file.file().content())))
                .findFirst();
    }

    /**
     * Chooses a file that the environment does not serve yet; to be asked before the deployment.
     *
     * @return absent where the environment serves all of those that were asked for
     */
    Optional<AwaitedFile> byLooking(AwaitUrl url, Visitor visitor) {
        Optional<AwaitedFile> unknown = Optional.empty();
        boolean isSame = false;
        for (ServedFile file : toLookAt()) {
            Sight sight = visitor.look(url, file);
            boolean tells = sight.content().isPresent() || sight.status() == 404;
            if (tells && !sight.content().equals(Optional.of(file.content()))) {
                return Optional.of(new AwaitedFile(
                        file, Optional.of(new Before(sight.content(), "what it served before the deployment"))));
            }
            isSame |= tells;
            // An environment that asks for a password or is down says nothing of what it serves.
            unknown = unknown.isPresent() || tells ? unknown : Optional.of(new AwaitedFile(file, Optional.empty()));
            if (!sight.isAnswer()) {
                break;
            }
        }
        return isSame ? Optional.empty() : unknown;
    }

    private List<ServedFile> toLookAt() {
        return Stream.concat(
                        candidates.stream().filter(file -> file.path().equals(INDEX)),
                        candidates.stream().filter(file -> !file.path().equals(INDEX)))
                .sorted(Comparator.comparing(file -> !isNamedByContent(file)))
                .limit(MOST_LOOKS)
                .toList();
    }

    /**
     * Chooses a file where nothing is known of the frontend before: the smallest text with a hash in its name, else {@code index.html}.
     *
     * @return absent where there is none
     */
    Optional<AwaitedFile> byName() {
        return Stream.<Predicate<ServedFile>>of(
                        file -> isNamedByContent(file)
                                && TEXT.matcher(file.path()).matches(),
                        file -> file.path().equals(INDEX),
                        file -> candidates.size() == 1)
                .flatMap(rule -> candidates.stream().filter(rule).findFirst().stream())
                .findFirst()
                .map(file -> new AwaitedFile(file, Optional.empty()));
    }

    private static boolean isNamedByContent(ServedFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return HASH.matcher(name.toLowerCase(Locale.ROOT)).find();
    }
}
