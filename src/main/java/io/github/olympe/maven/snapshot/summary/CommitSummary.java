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
 * Says what a snapshot changes in a commit that was fetched without the contents of its files.
 *
 * @param summary puts the difference into words
 * @param target the repository and the branch
 * @param settings how the git server is reached
 * @param mask hides secrets in what the git server answers
 */
public record CommitSummary(SnapshotSummary summary, GitTarget target, GitSettings settings, SecretMask mask) {

    /**
     * Returns the lines of the summary, none where there is nothing to say.
     *
     * @param rootTags the snapshot's files of each root tag, by their path below its folder
     * @param output where the root tags' folders are in the commit
     * @param repository has the commit
     * @param tree the commit's tree
     * @throws OlympeException if a patch of the commit cannot be fetched, or is not one
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
        // Into a repository of its own: to one that has the commit, a server sends nothing of it.
        Path scratch = repository.getDirectory().toPath().resolve("contents");
        try (Repository contents = ScratchRepository.create(scratch);
                GitServer server = new GitServer(target.remote(), target.branch(), settings, mask, contents)) {
            server.fetchContents(missing);
            return summary.of(before.files(after, contents), after);
        }
    }
}
