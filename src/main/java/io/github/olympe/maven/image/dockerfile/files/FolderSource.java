package io.github.olympe.maven.image.dockerfile.files;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source of a folder's content: the build context or a base image. It is read as late as possible. */
public interface FolderSource {

    /** The source of an empty folder. */
    FolderSource NOTHING = new FolderSource() {
        @Override
        public @Nullable Node child(String name) {
            return null;
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }
    };

    /** Returns a new node for this name, or {@code null} if the folder does not have it. */
    @Nullable Node child(String name);

    /** Returns the names of everything in the folder. */
    Collection<String> names();

    /**
     * Puts everything below the folder into the node at once, if that is faster than looking up each name.
     *
     * @return whether it did so
     */
    default boolean fill(Node folder) {
        return false;
    }

    /** Returns the source of a folder in this one. It is looked up only when something in it is needed. */
    default FolderSource folder(String name) {
        return new Deferred(this, name);
    }

    /** A folder that has not been looked up yet. If the path turns out to be something else, the folder is empty. */
    final class Deferred implements FolderSource {

        private final FolderSource parent;
        private final String name;
        private @Nullable FolderSource found;

        Deferred(FolderSource parent, String name) {
            this.parent = parent;
            this.name = name;
        }

        @Override
        public @Nullable Node child(String child) {
            return found().child(child);
        }

        @Override
        public Collection<String> names() {
            return found().names();
        }

        private FolderSource found() {
            FolderSource source = found;
            if (source == null) {
                Node node = parent.child(name);
                source = node == null || !node.isFolder() ? NOTHING : node.source();
                found = source;
            }
            return source;
        }
    }
}
