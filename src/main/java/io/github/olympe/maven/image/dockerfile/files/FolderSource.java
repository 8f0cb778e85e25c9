package io.github.olympe.maven.image.dockerfile.files;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a folder's content comes from: the build context or a base image. It is asked as late as possible. */
public interface FolderSource {

    /** Nothing. */
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

    /** A new node of what the folder has under this name, {@code null} if there is nothing. */
    @Nullable Node child(String name);

    /** The names of all that is in the folder. */
    Collection<String> names();

    /**
     * Puts everything below the folder into the node at once, if that is faster than looking up each name.
     *
     * @return whether it did
     */
    default boolean fill(Node folder) {
        return false;
    }

    /** The source of a folder in this one, which is looked up only when it is asked for something. */
    default FolderSource folder(String name) {
        return new Deferred(this, name);
    }

    /** A folder that has not been looked up yet. It may turn out to be something else, and is then empty. */
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
