package io.github.olympe.maven.snapshot.summary;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.config.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.GitServer;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.git.ScratchRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Describes what a snapshot changes in a commit that was fetched without file contents.
 *
 * @param summary describes the difference
 * @param target the repository and the branch
 * @param settings the settings for the git server
 * @param mask hides secrets in the git server's answers
 */
public record CommitSummary(SnapshotSummary summary, GitTarget target, GitSettings settings, SecretMask mask) {

    /**
     * Returns the lines of the summary, empty if there is nothing to say.
     *
     * @param rootTags the snapshot's files of each root tag, by their path below its folder
     * @param output the folder of the root tags in the commit
     * @param repository the repository with the commit
     * @param tree the commit's tree
     * @throws OlympeException if a patch of the commit cannot be fetched, or is not a valid patch
     */
    public List<String> of(
            Map<String, SortedMap<String, Path>> rootTags, OutputDirectory output, Repository repository, ObjectId tree)
            throws IOException {
        SortedMap<String, PatchFile> after = StagedPatches.of(rootTags);
        CommittedPatches before;
        try (ObjectReader reader = repository.newObjectReader()) {
            before = CommittedPatches.in(reader, tree, output, rootTags.keySet(), target.branch());
        }
        Set<ObjectId> missing = before.missing(after, repository);
        if (missing.isEmpty()) {
            return summary.of(before.files(after, repository), after);
        }
        // Into a separate repository: a server sends nothing to a repository that already has the commit.
        Path scratch = repository.getDirectory().toPath().resolve("contents");
        try (Repository contents = ScratchRepository.create(scratch);
                GitServer server = new GitServer(target.remote(), target.branch(), settings, mask, contents)) {
            server.fetchContents(missing);
            return summary.of(before.files(after, contents), after);
        }
    }
}
