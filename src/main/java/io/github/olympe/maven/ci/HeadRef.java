package io.github.olympe.maven.ci;

import io.github.olympe.maven.io.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * The branch and commit that are checked out.
 *
 * @param branch the branch, absent when the head is detached
 * @param commit the full id of the commit, absent in a repository without commits
 */
record HeadRef(Optional<String> branch, Optional<String> commit) {

    private static final String SYMBOLIC = "ref: ";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The value of {@code HEAD} in a repository with reftable, where references are not files. */
    private static final String NOT_IN_FILES = "refs/heads/.invalid";

    /** Reads {@code HEAD}; absent if there is none. */
    static Optional<HeadRef> of(Repository repository) throws IOException {
        if (!GitDirectory.isSha1(repository.getConfig())) { // JGit cuts longer names short.
            return fromFiles(repository);
        }
        try {
            return Optional.ofNullable(repository.exactRef(Constants.HEAD))
                    .map(head -> of(head.isSymbolic() ? head.getTarget().getName() : "", head));
        } catch (IOException | InvalidPathException e) { // JGit throws either.
            return fromFiles(repository);
        }
    }

    private static HeadRef of(String name, Ref head) {
        return new HeadRef(branch(name), Optional.ofNullable(head.getObjectId()).map(ObjectId::name));
    }

    private static Optional<String> branch(String name) {
        return Optional.of(name)
                .filter(text -> text.startsWith(Constants.R_HEADS))
                .map(text -> text.substring(Constants.R_HEADS.length()));
    }

    /** Reads what JGit cannot: a branch whose file name the locale cannot represent, and SHA-256 names. */
    private static Optional<HeadRef> fromFiles(Repository repository) throws IOException {
        String head = Files.readString(repository.getDirectory().toPath().resolve(Constants.HEAD))
                .strip();
        if (!head.startsWith(SYMBOLIC)) {
            return Optional.of(new HeadRef(Optional.empty(), id(head)));
        }
        String name = head.substring(SYMBOLIC.length());
        if (name.equals(NOT_IN_FILES)) {
            return Optional.empty();
        }
        Path refs = repository.getCommonDirectory().toPath();
        Optional<String> id;
        try {
            id = Optional.of(Files.readString(FileNames.resolve(refs, name)).strip());
        } catch (NoSuchFileException e) {
            id = packed(refs.resolve(Constants.PACKED_REFS), " " + name);
        }
        return Optional.of(new HeadRef(branch(name), id.flatMap(HeadRef::id)));
    }

    private static Optional<String> id(String text) {
        return Optional.of(text).filter(ID.asMatchPredicate());
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
