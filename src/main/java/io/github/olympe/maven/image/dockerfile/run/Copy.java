package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import java.util.List;
import java.util.Map;

/**
 * {@code cp}.
 *
 * @param recursive whether to copy folders, and links as links
 * @param keep whether to keep modes and owners
 * @param noFolder whether never to copy into the target, even if it is a folder
 */
record Copy(boolean recursive, boolean links, boolean keep, boolean noFolder, List<String> sources, String target)
        implements Command {

    private static final int SET_IDS = 06000;

    /** Permission bits and the sticky bit. */
    private static final int SPECIAL = 07000;

    static Copy of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments(
                "cp",
                words,
                "rRapdPfvT",
                Map.of(
                        "--recursive",
                        'r',
                        "--archive",
                        'a',
                        "--force",
                        'f',
                        "--verbose",
                        'v',
                        "--no-target-directory",
                        'T'));
        List<String> operands = arguments.operands(2);
        boolean archive = arguments.has('a');
        boolean recursive = archive || arguments.has('r') || arguments.has('R');
        return new Copy(
                recursive,
                recursive || arguments.has('d') || arguments.has('P'),
                archive || arguments.has('p'),
                arguments.has('T'),
                operands.subList(0, operands.size() - 1),
                operands.get(operands.size() - 1));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String source : sources) {
            Spot from = links ? session.spot(source) : session.follow(source);
            Node node = from.require();
            boolean isFolder = !noFolder && session.follow(target).isFolder();
            if (!isFolder && (sources.size() > 1 || target.endsWith("/") && !node.isFolder())) {
                throw new FilesException("'" + target + "' is not a folder");
            }
            if (node.isFolder() && !recursive) {
                throw new FilesException("'" + from.path() + "' is a folder, which 'cp' copies only with -r");
            }
            Spot to = isFolder ? session.inside(target, source) : session.spot(target);
            if ((to.path() + "/").startsWith(from.path() + "/")) {
                throw new FilesException("'" + from.path() + "' cannot be copied to '" + to.path() + "'");
            }
            copy(session, from.path(), node, to);
        }
    }

    private void copy(Session session, String path, Node node, Spot to) throws FilesException, NotComputable {
        session.user().requireRead(path, node);
        if (!keep && !node.isLink() && (node.mode() & SET_IDS) != 0) {
            throw new NotComputable(
                    "implementations of 'cp' disagree about the set-user-id or set-group-id bit of '" + path + "'");
        }
        if (node.isFolder()) {
            copyFolder(session, path, node, to);
            return;
        }
        Node there = to.node();
        if (there != null && there.isLink() && node.isFile()) {
            throw new NotComputable("implementations of 'cp' disagree about copying over the link '" + to.path() + "'");
        }
        Node copied;
        if (there != null && there.isFile() && node.isFile()) {
            session.user().requireWrite(to.path(), there);
            requireKept(session, to.path(), there);
            copied = session.files().put(to, Node.file(there.mode(), there.uid(), there.gid(), node.content()));
        } else {
            session.user().requireChange(to);
            copied = session.files().create(to, StageFiles.copy(node, Node.NO_COPY, made -> own(session, made)));
        }
        keep(session, path, node, copied);
    }

    private static void own(Session session, Node made) {
        made.setOwner(session.user().uid(), session.user().gid());
        if (!made.isLink()) {
            made.setMode(made.mode() & 0777 & ~Session.UMASK);
        }
    }

    /** With {@code -p}, checks that the user may change the mode of what is there. */
    private void requireKept(Session session, String path, Node there) throws NotComputable {
        if (keep && !session.user().isRoot() && there.uid() != session.user().uid()) {
            throw new NotComputable("implementations of 'cp' disagree about the mode of '" + path + "', which the user "
                    + session.user().uid() + " does not own");
        }
    }

    /** With {@code -p}, gives a copy the mode and owner of its original, as far as the user may set them. */
    private void keep(Session session, String path, Node node, Node copied) throws NotComputable {
        if (!keep) {
            return;
        }
        User user = session.user();
        boolean inGroup = user.groups().contains(node.gid());
        boolean mayKeep = user.isRoot() || (node.uid() == user.uid() && inGroup);
        if (!mayKeep && inGroup && node.gid() != copied.gid()) {
            throw new NotComputable("implementations of 'cp' disagree about the group of a copy of '" + path + "'");
        }
        if (mayKeep) {
            copied.setOwner(node.uid(), node.gid());
        }
        if (!copied.isLink()) {
            copied.setMode(mayKeep ? node.mode() : node.mode() & ~SET_IDS);
        }
    }

    private void copyFolder(Session session, String path, Node node, Spot to) throws FilesException, NotComputable {
        Node folder = to.node();
        if (folder == null) {
            session.user().requireChange(to);
            folder = session.files()
                    .makeFolder(to, 0755, session.user().uid(), session.user().gid());
            folder.setMode(folder.mode() & 02000 | node.mode() & 01777 & ~Session.UMASK);
        } else if (!folder.isFolder()) {
            throw new FilesException("'" + to.path() + "' is not a folder");
        } else if (keep && (folder.mode() & ~node.mode() & SPECIAL) != 0) {
            throw new NotComputable(
                    "implementations of 'cp' disagree about the set-user-id, set-group-id or sticky bit that '"
                            + to.path() + "' keeps");
        } else {
            requireKept(session, to.path(), folder);
        }
        for (Map.Entry<String, Node> child : node.all().entrySet()) {
            Node there = folder.child(child.getKey());
            String below = to.path() + "/" + child.getKey();
            copy(session, path + "/" + child.getKey(), child.getValue(), new Spot(below, folder, there, null));
        }
        keep(session, path, node, folder);
    }
}
