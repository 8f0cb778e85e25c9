package io.github.olympe.maven.snapshot.config;

import io.github.olympe.maven.snapshot.git.GitRemote;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a snapshot configuration.
 *
 * @param source the file and the entry's place in it, as error messages and log lines name it
 * @param name the snapshot's name, any text
 * @param rootTags the tags of the folders to save
 * @param exclude the tags of what to leave out
 * @param outputDirectory the folder for the patches, in the project, or in the repository if there is a {@code git} section
 * @param git the repository that the snapshot is committed to, absent for the project itself
 */
public record SnapshotEntry(
        String source,
        String name,
        List<String> rootTags,
        List<String> exclude,
        OutputDirectory outputDirectory,
        Optional<GitTarget> git) {

    public SnapshotEntry {
        rootTags = List.copyOf(rootTags);
        exclude = List.copyOf(exclude);
    }

    /**
     * The {@code git} section.
     *
     * @param remote the repository
     * @param branch the branch that gets the commit
     * @param commitMessage the commit's message, with {@code {date}} and {@code {folder}} still in it
     */
    public record GitTarget(GitRemote remote, String branch, String commitMessage) {}

    /** Returns whether both write to the same folder, in the project or in the same branch of a repository. */
    boolean collidesWith(SnapshotEntry other) {
        return place().equals(other.place()) && outputDirectory.overlaps(other.outputDirectory);
    }

    private Optional<List<String>> place() {
        return git.map(target -> List.of(target.remote().identity(), target.branch()));
    }
}
