package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.registry.content.AppliedLayers;
import io.github.olympe.maven.registry.content.LayerEntries;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Reads the entries of an image's layers as contents to compare.
 *
 * @param image the image's name, for messages
 * @param kept the folder whose files can be opened again
 * @param linked the places of other files that can be opened again
 */
record LayerContents(String image, String kept, Set<String> linked, StreamedContents contents)
        implements AppliedLayers.Reader<Content> {

    private static final String LINK = "link";

    static boolean isFile(String path, Content content) {
        return !path.endsWith("/") && !content.attributes().startsWith(LINK);
    }

    @Override
    public Optional<Content> read(String path, TarArchiveEntry entry, LayerEntries layer) throws IOException {
        return Optional.of(content(path, entry, layer));
    }

    private Content content(String path, TarArchiveEntry entry, LayerEntries layer) throws IOException {
        String place = image + ":/" + path;
        String owner = "owner " + entry.getLongUserId() + ":" + entry.getLongGroupId();
        String attributes = String.format("mode %04o, %s", entry.getMode() & 07777, owner);
        String target = entry.getLinkName();
        if (entry.isDirectory()) {
            return StreamedContents.text(place, "", attributes);
        }
        if (entry.isSymbolicLink()) {
            return StreamedContents.text(place, target, LINK + " to '" + target + "', " + owner);
        }
        if (entry.isLink()) {
            String missing = LayerEntries.clean(target);
            return StreamedContents.text(place, missing, LINK + " to '/" + missing + "'");
        }
        if (!entry.isFile() || entry.isSparse()) {
            return StreamedContents.text(place, "special " + entry.getRealSize(), attributes);
        }
        return path.startsWith(kept + "/") || linked.contains(place)
                ? contents.keep(place, layer.content(), entry.getSize(), attributes)
                : StreamedContents.compared(place, layer.content(), entry.getSize(), attributes);
    }
}
