package io.github.olympe.maven.ci;

import io.github.olympe.maven.io.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * What is checked out.
 *
 * @param branch the branch, absent when the head is detached
 * @param commit the commit, absent in a repository without one
 */
record HeadRef(Optional<String> branch, Optional<ObjectId> commit) {

    private static final String SYMBOLIC = "ref: ";

    /** Reads {@code HEAD}; absent where there is none. */
    static Optional<HeadRef> of(Repository repository) throws IOException {
        try {
            return Optional.ofNullable(repository.exactRef(Constants.HEAD))
                    .map(head -> of(head.isSymbolic() ? head.getTarget().getName() : "", head));
        } catch (IOException | InvalidPathException e) { // JGit has either.
            if (FileNames.localeWarning().isEmpty()) {
                throw e;
            }
            return inThisLocale(repository);
        }
    }

    private static HeadRef of(String name, Ref head) {
        return new HeadRef(branch(name), Optional.ofNullable(head.getObjectId()));
    }

    private static Optional<String> branch(String name) {
        return Optional.of(name)
                .filter(text -> text.startsWith(Constants.R_HEADS))
                .map(text -> text.substring(Constants.R_HEADS.length()));
    }

    /** The branch whose file JGit cannot name, since the locale does not have its letters. */
    private static Optional<HeadRef> inThisLocale(Repository repository) throws IOException {
        String head = Files.readString(repository.getDirectory().toPath().resolve(Constants.HEAD))
                .strip();
        if (!head.startsWith(SYMBOLIC)) {
            return Optional.empty();
        }
        String name = head.substring(SYMBOLIC.length());
        Path refs = repository.getCommonDirectory().toPath();
        Optional<String> id;
        try {
            id = Optional.of(Files.readString(FileNames.resolve(refs, name)).strip());
        } catch (NoSuchFileException e) {
            id = packed(refs.resolve(Constants.PACKED_REFS), " " + name);
        }
        return Optional.of(new HeadRef(branch(name), id.filter(ObjectId::isId).map(ObjectId::fromString)));
    }

    private static Optional<String> packed(Path file, String ending) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.endsWith(ending))
                    .map(line -> line.substring(0, line.length() - ending.length()))
                    .findFirst();
        }
    }
}
