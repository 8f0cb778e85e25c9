package io.github.olympe.maven.patches;

import io.github.olympe.maven.testing.RequiredProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The job that imports code as data into an environment: Debian's {@code rsync}, and the toolkit's evaluation of its output
 * ({@code olympe update}).
 */
public final class ImportJob {

    private static final RequiredProgram RSYNC = new RequiredProgram("rsync", "rsync");
    private static final int ITEM = "YXcstpoguax ".length();

    private ImportJob() {}

    /**
     * Copies the files of an image to an environment, and returns those that are then imported: new ones, and those with another checksum
     * or size.
     */
    public static Set<String> copy(Path image, Path environment) {
        return RSYNC.run("-aci8", "--delete", "--exclude", "change_log.txt", image + "/", environment + "/")
                .lines()
                .filter(line -> line.startsWith(">f"))
                .filter(line -> line.charAt(2) == '+' || line.charAt(2) == 'c' || line.charAt(3) == 's')
                .map(line -> line.substring(ITEM))
                .filter(ImportJob::isImportable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the files of a tree that can be imported. */
    public static Set<String> importable(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !Files.isSymbolicLink(path))
                    .map(path -> tree.relativize(path).toString())
                    .filter(ImportJob::isImportable)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isImportable(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isBinary = name.length() == 20 && name.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
        return Stream.of("newInst.json", "newRel.json", "updateInst.json", ".zip")
                        .anyMatch(name::endsWith)
                || isBinary && path.contains("/");
    }
}
