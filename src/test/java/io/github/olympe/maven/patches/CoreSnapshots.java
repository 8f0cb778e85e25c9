package io.github.olympe.maven.patches;

import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.GitFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;

/** Sixty real snapshots, one commit each; see NOTICE beside the bundle. */
public final class CoreSnapshots implements AutoCloseable {

    public static final String FOLDER = "snapshot";

    private final GitFiles files;
    private final List<String> commits;

    private CoreSnapshots(GitFiles files, List<String> commits) {
        this.files = files;
        this.commits = commits;
    }

    /** Unpacks the snapshots into a new folder. */
    public static CoreSnapshots in(Path folder) throws Exception {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("given")
                .call()) {
            fetch(git.getRepository());
            GitFiles files = GitFiles.open(folder).orElseThrow();
            return new CoreSnapshots(files, commits(git.getRepository()));
        }
    }

    private static void fetch(Repository repository) throws Exception {
        try (var bundle = CoreSnapshots.class.getResourceAsStream("/patches/core-snapshots.bundle");
                var transport = new TransportBundleStream(repository, new URIish("in-memory://bundle"), bundle)) {
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("refs/heads/given:refs/heads/given")));
        }
    }

    private static List<String> commits(Repository repository) throws Exception {
        List<String> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve(Constants.HEAD)));
            for (RevCommit commit : walk) {
                commits.add(commit.name());
            }
        }
        Collections.reverse(commits);
        return commits;
    }

    /** The ids of the commits, oldest first. */
    public List<String> commits() {
        return commits;
    }

    /** The newest commit. */
    public String newest() {
        return commits.get(commits.size() - 1);
    }

    /** The snapshot in a commit. */
    public ContentTree snapshot(String commit) {
        return files.files(commit, FOLDER).orElseThrow();
    }

    @Override
    public void close() {
        files.close();
    }
}
