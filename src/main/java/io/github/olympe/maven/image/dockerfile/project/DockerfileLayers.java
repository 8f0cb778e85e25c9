package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseContent;
import io.github.olympe.maven.image.base.BaseFile;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.CopyRecord;
import io.github.olympe.maven.image.dockerfile.files.Changes.Change;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.project.BaseFolder.BaseFileContent;
import io.github.olympe.maven.image.dockerfile.project.ContextFolder.LocalContent;
import io.github.olympe.maven.image.layer.Content;
import io.github.olympe.maven.image.layer.LayerEntry;
import io.github.olympe.maven.image.layer.LayerSplit;
import io.github.olympe.maven.image.layer.PlannedLayer;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.content.Whiteout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the layers of a plan. Each ADD and COPY has its own layer. The build's result is split into a layer for each of its top-level
 * folders. A file has the mode and owner from the last instruction that set them, so it is in one layer only. Everything that was created,
 * changed or removed in another way is in the first layer.
 */
final class DockerfileLayers {

    /** In a layer, a file with this name removes another one: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts. */
    private static final byte[] HASH_OF_NOTHING = Digest.of(new byte[0]).bytes();

    private static final Content NOTHING = io.github.olympe.maven.image.dockerfile.files.Content.EMPTY::open;

    private final DockerfilePlan plan;
    private final Map<BaseFiles, Map<String, BaseContent>> baseContents = new HashMap<>();
    private final Set<String> titles = new HashSet<>();

    DockerfileLayers(DockerfilePlan plan) {
        this.plan = plan;
    }

    /** Returns the layers, the lowest first. */
    List<PlannedLayer> layers() {
        extractBaseFiles();
        Map<Integer, List<Change>> copied = new TreeMap<>();
        for (Change change : plan.changes().changed()) {
            copied.computeIfAbsent(change.node().copy(), number -> new ArrayList<>())
                    .add(change);
        }
        List<LayerEntry> first = groundwork(copied.getOrDefault(Node.NO_COPY, List.of()));
        List<PlannedLayer> layers = new ArrayList<>();
        for (CopyRecord copy : plan.copies()) {
            for (Map.Entry<String, List<Change>> part :
                    parts(copy, copied.getOrDefault(copy.number(), List.of())).entrySet()) {
                List<LayerEntry> entries = new ArrayList<>(first);
                first = List.of();
                addAll(part.getValue(), entries);
                layers.add(new PlannedLayer(title(copy, part.getKey()), createdBy(copy, part.getKey()), entries));
            }
        }
        if (!first.isEmpty()) {
            layers.add(new PlannedLayer(LayerSplit.REST, "RUN", first));
        }
        return layers;
    }

    private static Map<String, List<Change>> parts(CopyRecord copy, List<Change> changes) {
        if (changes.isEmpty()) {
            return Map.of();
        }
        if (!copy.fromSource()) {
            return Map.of(LayerSplit.REST, changes);
        }
        String prefix = copy.path().equals("/") ? "" : copy.path().substring(1) + "/";
        return LayerSplit.ofParts(changes.stream()
                .map(change -> new LayerSplit.Part<>(
                        change,
                        change.path().startsWith(prefix) ? change.path().substring(prefix.length()) : change.path(),
                        change.node().isFolder(),
                        change.node().isFile() ? change.node().content().size() : 0))
                .toList());
    }

    private String title(CopyRecord copy, String part) {
        String title = copy.fromSource() ? part : copy.path();
        if (!titles.add(title)) {
            title = part.equals(LayerSplit.REST) ? copy.path() : copy.path().replaceFirst("/$", "") + "/" + part;
        }
        return title;
    }

    private static String createdBy(CopyRecord copy, String part) {
        String suffix = LayerSplit.isFolder(part) ? "/" + part : "";
        String target = suffix.isEmpty() ? copy.target() : copy.target().replaceFirst("/+$", "");
        return copy.instruction() + " " + copy.source() + suffix + " " + target + suffix;
    }

    private List<LayerEntry> groundwork(List<Change> changes) {
        List<LayerEntry> entries = new ArrayList<>();
        for (String path : plan.changes().removed()) {
            entries.add(LayerEntry.file(Whiteout.of(path), 0644, 0, 0, 0, HASH_OF_NOTHING, NOTHING));
        }
        addAll(changes, entries);
        return entries;
    }

    /** A file in the layer that others may be hard links to. */
    private record Linked(Object key, int mode, long uid, long gid) {}

    private void addAll(List<Change> changes, List<LayerEntry> entries) {
        Map<Linked, String> linked = new HashMap<>();
        for (Change change : changes) {
            Node node = change.node();
            String path = change.path();
            if (Whiteout.is(path)) {
                String shown = "/" + path;
                throw new OlympeException(
                        "'" + shown
                                + "' cannot be put into an image, where a name that begins with '.wh.' removes another file. Rename it, or leave it out with 'excludes'.");
            }
            switch (node.type()) {
                case FOLDER -> entries.add(LayerEntry.folder(path, node.mode(), node.uid(), node.gid()));
                case LINK -> entries.add(LayerEntry.link(path, 0777, node.uid(), node.gid(), node.target()));
                case FILE -> entries.add(file(path, node, linked));
                case OTHER ->
                    throw new OlympeException(
                            "'/" + path
                                    + "' of the base image is a device, pipe or socket, whose owner or mode cannot be changed. Leave it out.");
            }
        }
    }

    private LayerEntry file(String path, Node node, Map<Linked, String> linked) {
        if (node.content() instanceof LocalContent local) {
            Object key = local.entry().hardLinkKey();
            String first =
                    key == null ? null : linked.putIfAbsent(new Linked(key, node.mode(), node.uid(), node.gid()), path);
            byte[] hash = local.entry().contentHash();
            return first == null
                    ? LayerEntry.file(
                            path,
                            node.mode(),
                            node.uid(),
                            node.gid(),
                            local.size(),
                            hash,
                            Content.of(local.entry().file))
                    : LayerEntry.hardLink(path, node.mode(), node.uid(), node.gid(), hash, first);
        }
        if (node.content() instanceof BaseFileContent base) {
            BaseContent content = Objects.requireNonNull(baseContents
                    .getOrDefault(base.files(), Map.of())
                    .get(base.file().path()));
            return LayerEntry.file(
                    path,
                    node.mode(),
                    node.uid(),
                    node.gid(),
                    content.size(),
                    content.digest().bytes(),
                    Content.of(content.file()));
        }
        return LayerEntry.file(path, node.mode(), node.uid(), node.gid(), 0, HASH_OF_NOTHING, NOTHING);
    }

    /** Loads the contents of all files of base images that are needed. Each layer is read at most once. */
    private void extractBaseFiles() {
        Map<BaseFiles, List<BaseFile>> wanted = new HashMap<>();
        for (Change change : plan.changes().changed()) {
            if (change.node().isFile() && change.node().content() instanceof BaseFileContent base) {
                wanted.computeIfAbsent(base.files(), files -> new ArrayList<>()).add(base.file());
            }
        }
        wanted.forEach((files, list) -> baseContents.put(files, files.contents(list)));
    }
}
