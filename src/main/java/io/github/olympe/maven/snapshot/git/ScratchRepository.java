package io.github.olympe.maven.snapshot.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** An empty bare repository for what is fetched. Nothing of the remote is written into its configuration. */
public final class ScratchRepository {

    private ScratchRepository() {}

    /** Creates one in a folder without a repository. */
    public static Repository create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Repository repository =
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        repository.create(true);
        StoredConfig config = repository.getConfig();
        // The user's global hooks are not meant for this repository.
        config.setString("core", null, "hooksPath", folder.resolve("hooks").toString());
        config.save();
        return repository;
    }
}
