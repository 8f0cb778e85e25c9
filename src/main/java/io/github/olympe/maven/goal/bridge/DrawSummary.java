package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.patches.DiffSummary;
import io.github.olympe.maven.patches.PackageNames;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.snapshot.summary.PatchFile;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Describes in Draw's terms what a snapshot changes.
 *
 * @param project the project's folder, whose npm packages have names
 */
public record DrawSummary(Path project) implements SnapshotSummary {

    @Override
    public List<String> of(SortedMap<String, PatchFile> before, SortedMap<String, PatchFile> after) {
        return DiffSummary.of(
                tree("the last snapshot", before), tree("the snapshot", after), new PackageNames(project));
    }

    private static ContentTree tree(String name, SortedMap<String, PatchFile> patches) {
        SortedMap<String, Content> files = new TreeMap<>();
        patches.forEach((path, patch) -> files.put(path, new OfPatch(patch)));
        return new ContentTree(name, files);
    }

    private record OfPatch(PatchFile patch) implements Content {

        @Override
        public String place() {
            return patch.place();
        }

        @Override
        public long size() {
            try {
                return patch.size();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public String id() {
            return patch.id();
        }

        @Override
        public InputStream open() throws IOException {
            return patch.open();
        }
    }
}
