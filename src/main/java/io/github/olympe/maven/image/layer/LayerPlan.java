package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.base.BaseContent;
import io.github.olympe.maven.image.base.BaseFile;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The planned content of each layer of an image, as {@code COPY} (and for code as data {@code chmod} and {@code chown -R}) would leave it:
 * <ul>
 * <li>folders that the base image has above the target, and the target itself, keep their owner and mode: no layer names them;
 * <li>those that it does not have are made for the owner with mode 0755;
 * <li>modes are kept but for set-user-id and set-group-id bits;
 * <li>hard links within a layer stay hard links.
 * </ul>
 */
public final class LayerPlan {

    private static final int KEPT_MODE = 01777;
    private static final int NEW_FOLDER_MODE = 0755;

    private final ImageSpec spec;
    private final Placement placement;
    private final BaseFiles base;

    public LayerPlan(ImageSpec spec, Placement placement, BaseFiles base) {
        this.spec = spec;
        this.placement = placement;
        this.base = base;
    }

    /** Returns the layers, the lowest first. */
    public List<PlannedLayer> layers(SourceTree tree) {
        List<PlannedLayer> layers = new ArrayList<>();
        List<LayerEntry> first = groundwork(tree);
        for (Map.Entry<String, List<SourceEntry>> layer :
                LayerSplit.of(tree.entries()).entrySet()) {
            List<LayerEntry> entries =
                    new ArrayList<>(first.size() + layer.getValue().size());
            entries.addAll(first);
            first = List.of();
            addAll(layer.getValue(), entries);
            layers.add(new PlannedLayer(layer.getKey(), copy(layer.getKey()), entries));
        }
        return layers;
    }

    private String copy(String content) {
        String part = LayerSplit.isFolder(content) ? "/" + content : "";
        return "COPY --chown=" + spec.target().owner() + " " + spec.files().folder() + part + " "
                + spec.target().folder() + part;
    }

    /** Returns the entries that come before the tree's own files. */
    private List<LayerEntry> groundwork(SourceTree tree) {
        List<LayerEntry> entries = new ArrayList<>();
        for (String folder : placement.missing()) {
            if (!folder.equals(placement.target())) {
                entries.add(LayerEntry.folder(folder, NEW_FOLDER_MODE, placement.uid(), placement.gid()));
            }
        }
        boolean isMissing = placement.missing().contains(placement.target());
        if (isMissing || spec.target().owned() || spec.target().mode().isPresent()) {
            entries.add(targetFolder(isMissing));
        }
        if (spec.target().owned() && placement.occupied()) {
            addBaseFiles(tree, entries);
        }
        return entries;
    }

    private LayerEntry targetFolder(boolean isMissing) {
        int mode = NEW_FOLDER_MODE;
        long uid = placement.uid();
        long gid = placement.gid();
        if (!isMissing) {
            BaseFile folder = base.find(placement.target()).orElseThrow();
            mode = folder.mode();
            uid = spec.target().owned() ? uid : folder.uid();
            gid = spec.target().owned() ? gid : folder.gid();
        }
        return LayerEntry.folder(placement.target(), spec.target().mode().orElse(mode), uid, gid);
    }

    /** Returns the base image's own files in the target, with their new owner. */
    private void addBaseFiles(SourceTree tree, List<LayerEntry> entries) {
        Set<String> ours = new HashSet<>();
        tree.entries().forEach(entry -> ours.add(inImage(entry.path)));
        List<BaseFile> kept = base.below(placement.target()).stream()
                .filter(file -> !ours.contains(file.path()))
                .toList();
        Map<String, BaseContent> contents =
                base.contents(kept.stream().filter(LayerPlan::hasContent).toList());
        for (BaseFile file : kept) {
            if (file.isFolder()) {
                entries.add(LayerEntry.folder(file.path(), file.mode(), placement.uid(), placement.gid()));
            } else if (file.isSymbolicLink()) {
                entries.add(
                        LayerEntry.link(file.path(), file.mode(), placement.uid(), placement.gid(), file.linkTarget()));
            } else if (hasContent(file)) {
                BaseContent content = Objects.requireNonNull(contents.get(file.path()));
                entries.add(LayerEntry.file(
                        file.path(),
                        file.mode() & KEPT_MODE,
                        placement.uid(),
                        placement.gid(),
                        content.size(),
                        content.digest().bytes(),
                        Content.of(content.file())));
            }
        }
    }

    private static boolean hasContent(BaseFile file) {
        return file.isFile() || file.isHardLink();
    }

    private void addAll(List<SourceEntry> source, List<LayerEntry> entries) {
        Map<Object, String> linked = new HashMap<>();
        for (SourceEntry entry : source) {
            String path = inImage(entry.path);
            int mode = entry.mode;
            long uid = placement.uid();
            long gid = placement.gid();
            if (entry.type == Type.FOLDER) {
                entries.add(LayerEntry.folder(path, mode, uid, gid));
            } else if (entry.linkTarget != null) {
                entries.add(LayerEntry.link(path, mode, uid, gid, entry.linkTarget));
            } else {
                Object key = entry.hardLinkKey();
                String first = key == null ? null : linked.putIfAbsent(key, path);
                entries.add(
                        first == null
                                ? LayerEntry.file(
                                        path, mode, uid, gid, entry.size, entry.contentHash(), Content.of(entry.file))
                                : LayerEntry.hardLink(path, mode, uid, gid, entry.contentHash(), first));
            }
        }
    }

    private String inImage(String path) {
        return placement.target() + "/" + path;
    }
}
