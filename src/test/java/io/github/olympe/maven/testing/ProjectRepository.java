package io.github.olympe.maven.testing;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.util.SystemReader;

/** Creates the git repository of a project of {@code src/it}. The same files always give the same commit. */
public final class ProjectRepository {

    private ProjectRepository() {}

    /**
     * Puts all files of the folder that are not ignored into the one commit of a new repository.
     *
     * @return the commit's id
     */
    public static String commitAll(File directory, String branch)
            throws GitAPIException, IOException, ConfigInvalidException {
        // The user's own git configuration (signing, line endings) must not affect a test.
        SystemReader.getInstance().getUserConfig().clear();
        PersonIdent someone =
                new PersonIdent("Acme", "dev@acme.example", Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        try (Git git =
                Git.init().setDirectory(directory).setInitialBranch(branch).call()) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setMessage("The project")
                    .setAuthor(someone)
                    .setCommitter(someone)
                    .setSign(false)
                    .call()
                    .getName();
        }
    }
}
