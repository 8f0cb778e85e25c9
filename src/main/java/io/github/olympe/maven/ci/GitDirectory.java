package io.github.olympe.maven.ci;

import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Finds the git repository that a folder is in, including repositories that JGit can read only in part. */
public final class GitDirectory {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}\\s*");
    private static final int LARGEST_HEAD_MEBIBYTES = 1;

    private GitDirectory() {}

    /**
     * Finds the repository that a folder is in. Its objects must exist. The result has no git directory if the folder is in no repository.
     *
     * <p>JGit does not know names of 64 digits. It skips a SHA-256 repository whose {@code HEAD} is a commit and not a branch, as in many
     * CIs, and would use a repository further up.
     */
    public static FileRepositoryBuilder find(Path folder) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            Path directory = at.resolve(Constants.DOT_GIT);
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                if (isAtCommitOfSha256(directory)) {
                    builder.setGitDir(directory.toFile());
                }
                break;
            }
        }
        return builder.findGitDir(folder.toFile());
    }

    /** Returns whether objects are named by SHA-1, the only kind that JGit reads. See "extensions" in git-config(1). */
    public static boolean isSha1(Config config) {
        String format = config.getString("extensions", null, "objectFormat");
        return format == null || format.equalsIgnoreCase("sha1");
    }

    private static boolean isAtCommitOfSha256(Path directory) {
        Path head = directory.resolve(Constants.HEAD);
        try {
            return Files.isRegularFile(head)
                    && SHA256.matcher(ForeignText.read(head, LARGEST_HEAD_MEBIBYTES))
                            .matches();
        } catch (IOException e) {
            return false;
        }
    }
}
