package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import java.util.Set;

/**
 * The user who runs commands, and what that user may do. Root may do anything.
 *
 * @param uid the user's number
 * @param gid the group that new files belong to
 * @param groups the numbers of all groups that the user is in
 */
public record User(long uid, long gid, Set<Long> groups) {

    private static final int READ = 04;
    private static final int WRITE = 02;
    private static final int SEARCH = 01;
    private static final int STICKY = 01000;

    public User {
        groups = Set.copyOf(groups);
    }

    boolean isRoot() {
        return uid == 0;
    }

    private boolean may(Node node, int what) {
        int shift = node.uid() == uid ? 6 : groups.contains(node.gid()) ? 3 : 0;
        return isRoot() || (node.mode() >> shift & what) == what;
    }

    /** Checks that the user may search the folders on the way to a path. */
    void requireSearch(StageFiles files, String path) throws FilesException {
        for (int slash = path.indexOf('/', 1); !isRoot() && slash > 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            Node node = files.find(folder, false).node();
            if (node != null && !may(node, SEARCH)) {
                throw denied("may not look into", folder);
            }
        }
    }

    /** Checks that the user may create or remove something at this place. */
    void requireChange(Spot spot) throws FilesException {
        Node folder = spot.requireParent();
        Node node = spot.node();
        if (!may(folder, WRITE | SEARCH)) {
            throw denied("may not write into the folder of", spot.path());
        }
        boolean isSticky = (folder.mode() & STICKY) != 0;
        if (isSticky && node != null && !isRoot() && node.uid() != uid && folder.uid() != uid) {
            throw denied("may not replace", spot.path());
        }
    }

    void requireRead(String path, Node node) throws FilesException {
        if (!node.isLink() && !may(node, node.isFolder() ? READ | SEARCH : READ)) {
            throw denied("may not read", path);
        }
    }

    void requireWrite(String path, Node node) throws FilesException {
        if (!may(node, WRITE)) {
            throw denied("may not write into", path);
        }
    }

    void requireOwner(String path, Node node) throws FilesException {
        if (!isRoot() && node.uid() != uid) {
            throw denied("does not own", path);
        }
    }

    FilesException denied(String what, String path) {
        return new FilesException("the user " + uid + " " + what + " '" + path + "'");
    }
}
