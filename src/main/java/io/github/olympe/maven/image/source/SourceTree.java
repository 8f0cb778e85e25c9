package io.github.olympe.maven.image.source;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tree that an image is made from: everything below a folder that the filter selects, in the order of the paths. Links are kept as
 * links.
 *
 * @param root the folder
 * @param entries the entries below it, each folder before its content
 */
public record SourceTree(Path root, List<SourceEntry> entries) {

    /** Selects the entries of a tree. */
    public interface Filter extends Predicate<String> {

        /** Returns whether the entry with this path below the root is selected. */
        @Override
        boolean test(String path);

        /** Returns whether something below this folder may be selected, although the folder itself is not. */
        boolean mayHoldWanted(String path);
    }

    /**
     * Reads a tree.
     *
     * @throws OlympeException if something in it cannot be read, or cannot be put into an image
     */
    public static SourceTree read(Path root, Filter filter, FileModes modes, Workers workers) {
        try {
            Path real = root.toRealPath();
            return new SourceTree(root, new SourceReader(filter, Attributes.of(real, modes), workers).read(real));
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    /**
     * Reads one entry alone.
     *
     * @param path the path that it gets
     * @return empty if there is no such file
     * @throws OlympeException if it cannot be read, or cannot be put into an image
     */
    public static Optional<SourceEntry> entry(Path file, String path, FileModes modes) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            SourceEntry entry = Attributes.of(file, modes).entry(file, path);
            if (entry == null) {
                throw SourceReader.unpackable(file);
            }
            return Optional.of(entry);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the names of a folder's children. */
    public static List<String> names(Path folder) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            List<String> names = new ArrayList<>();
            for (Path child : children) {
                names.add(FileNames.text(child.getFileName()));
            }
            return names;
        } catch (DirectoryIteratorException | IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Returns whether it contains only folders. */
    public boolean isEmpty() {
        return entries.stream().allMatch(entry -> entry.type == SourceEntry.Type.FOLDER);
    }

    public static OlympeException unreadable(Object file, Exception e) {
        return new OlympeException("'" + file + "' cannot be read (" + Reason.of(e) + "). Check its permissions.", e);
    }

    /** Returns the error for a file that changed after it was hashed. */
    public static OlympeException changedMeanwhile(String file) {
        return new OlympeException("The file '" + file
                + "' changed while its image was assembled. Stop what writes to it, and run the build again.");
    }
}
