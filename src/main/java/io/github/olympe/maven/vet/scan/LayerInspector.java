package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.registry.content.Whiteout;
import io.github.olympe.maven.vet.rule.Hit;
import io.github.olympe.maven.vet.rule.PathHit;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.scan.Inspection.Found;
import io.github.olympe.maven.vet.scan.Inspection.Link;
import io.github.olympe.maven.vet.scan.Inspection.Restricted;
import io.github.olympe.maven.vet.scan.Inspection.Unread;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Inspects one layer: it reads the blob, or receives the entries while they are written. The content of an entry follows it in parts. */
public final class LayerInspector {

    private static final int EVERYBODY_READS = 0444;
    private static final int EVERYBODY_ENTERS = 0111;

    private final Folders folders;
    private final FileInspector files = new FileInspector();
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<Restricted> restricted = new ArrayList<>();
    private final Map<String, String> targets = new LinkedHashMap<>();
    /** Files that nginx serves by the name of a hard link alone: where the link is, by the path that has the content. */
    private final Map<String, String> linked = new LinkedHashMap<>();

    private final List<String> whiteouts = new ArrayList<>();
    private final Set<String> paths = new LinkedHashSet<>();
    private Unread unread = new Unread(0, 0);
    private String reading = "";

    LayerInspector(Folders folders) {
        this.folders = folders;
    }

    /**
     * Reads a layer.
     *
     * @param blob the layer, which is closed
     * @param size its size in bytes
     */
    void read(InputStream blob, long size) throws IOException {
        read(blob, size, this::entry);
    }

    /** Whether the layer has to be read a second time, since hard links lead to files before them that were not looked at. */
    boolean isToBeReadAgain() {
        return !linked.isEmpty();
    }

    /** Reads what hard links lead to; as {@link #read(InputStream, long)}. */
    void readAgain(InputStream blob, long size) throws IOException {
        read(blob, size, entry -> {
            endContent();
            String link = linked.get(LayerEntries.clean(entry.getName()));
            if (link != null && entry.isFile() && entry.getSize() > 0) {
                look(link, true, entry.getSize());
            }
        });
    }

    private void read(InputStream blob, long size, Consumer<TarArchiveEntry> taker) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (LayerEntries entries = new LayerEntries(LayerEntries.unpack(blob), size)) {
            for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
                taker.accept(entry);
                if (!reading.isEmpty()) {
                    InputStream content = entries.content();
                    for (int n = content.read(buffer); n != -1; n = content.read(buffer)) {
                        content(buffer, n);
                    }
                }
            }
        }
    }

    /** Receives the next entry. */
    public void entry(TarArchiveEntry entry) {
        endContent();
        String path = LayerEntries.clean(entry.getName());
        if (path.isEmpty()) {
            return;
        }
        if (Whiteout.is(path)) {
            whiteouts.add(path);
            return;
        }
        paths.add(path);
        targets.remove(path);
        int needed = entry.isDirectory() ? EVERYBODY_ENTERS : EVERYBODY_READS;
        if ((entry.isFile() || entry.isDirectory()) && (entry.getMode() & needed) != needed) {
            restricted.add(new Restricted(
                    path, entry.isDirectory(), entry.getMode() & 07777, entry.getLongUserId(), entry.getLongGroupId()));
        }
        if (entry.isSymbolicLink()) {
            targets.put(path, LinkResolver.target(path, entry.getLinkName()));
        }
        boolean isServed = folders.serves(path);
        if (isServed) {
            for (PathHit hit : Rules.ofPath(folders.relative(path))) {
                add(hit.rule().id(), path, folders.absolute(path, hit.path()), 0);
            }
        }
        if (!entry.isDirectory() && folders.hides(path)) {
            add(Rules.HIDDEN_CONF.id(), path, path, 0);
        }
        if (entry.isLink() && isServed && !folders.serves(LayerEntries.clean(entry.getLinkName()))) {
            linked.put(LayerEntries.clean(entry.getLinkName()), path);
        }
        if (entry.isFile() && entry.getSize() > 0 && (isServed || folders.configures(path) && Rules.wantsWhole(path))) {
            look(path, isServed, entry.getSize());
        }
    }

    private void look(String path, boolean isServed, long size) {
        reading = path;
        files.begin(path, isServed, size);
    }

    /** Receives a part of the content of the last entry. */
    public void content(byte[] bytes, int length) {
        if (!reading.isEmpty()) {
            files.add(bytes, 0, length);
        }
    }

    private void endContent() {
        if (!reading.isEmpty()) {
            FileInspector.Result result = files.end();
            for (Hit hit : result.hits()) {
                add(hit.rule().id(), reading, reading, hit.line());
            }
            unread = unread.plus(new Unread(result.isBinary() ? 1 : 0, result.isLarge() ? 1 : 0));
            reading = "";
        }
    }

    private void add(String rule, String file, String path, int line) {
        found.putIfAbsent(rule + '\n' + path, new Found(rule, file, path, line));
    }

    /** Ends the layer. */
    InspectedLayer end() {
        endContent();
        LinkResolver resolver = new LinkResolver(targets, paths::contains);
        List<Link> links = targets.entrySet().stream()
                .map(link -> new Link(link.getKey(), link.getValue(), resolver.leadsSomewhere(link.getKey())))
                .toList();
        Inspection inspection = new Inspection(List.copyOf(found.values()), restricted, links, whiteouts, unread);
        return new InspectedLayer(inspection, () -> paths);
    }
}
