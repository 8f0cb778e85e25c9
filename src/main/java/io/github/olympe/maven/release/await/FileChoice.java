package io.github.olympe.maven.release.await;

import io.github.olympe.maven.release.await.AwaitedFile.Before;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chooses the file that shows that a frontend is served: a small file that the previous frontend does not have, or has with another
 * content.
 */
public final class FileChoice {

    /** The most files that are requested from the environment before a deployment. */
    private static final int MOST_LOOKS = 8;

    private static final String INDEX = "index.html";

    /** The hash of the content that bundlers put into file names. */
    private static final Pattern HASH =
            Pattern.compile("(?<![0-9A-Za-z])(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}(?![0-9A-Za-z])");

    private static final Pattern TEXT = Pattern.compile(".*\\.(js|mjs|css|json|html|htm|txt|svg|xml|webmanifest)");

    /** Files that nginx may not serve unchanged: environments mount their own configuration there, and hidden files are often denied. */
    private static final Pattern NOT_SERVED = Pattern.compile("(.*/)?\\..*|conf\\.d/.*");

    private final List<ServedFile> candidates;

    /**
     * Creates a choice among these files. Files with a hash of their content in their names come first, then smaller ones.
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

    /** Returns a choice with only one file. */
    static FileChoice of(ServedFile file) {
        return new FileChoice(List.of(file));
    }

    /**
     * Chooses a file that the frontend deployed before does not have, or has with another content.
     *
     * @param before the files of that frontend
     * @param name its name in messages
     * @return absent if all are the same
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
     * Chooses a file that the environment does not serve yet. Must be called before the deployment.
     *
     * @return absent if the environment already serves all requested files
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
            // An environment that asks for a password or is down does not show what it serves.
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
     * Chooses a file if the previous frontend is unknown: the smallest text file with a hash in its name, or else {@code index.html}.
     *
     * @return absent if there is none
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
