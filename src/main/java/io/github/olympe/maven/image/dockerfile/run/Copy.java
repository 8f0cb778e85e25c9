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
        if (there != null && there.isFile() && node.isFile()) {
            session.user().requireWrite(to.path(), there);
            boolean owns = keep;
            Node replaced = Node.file(
                    owns ? node.mode() : there.mode(),
                    owns ? node.uid() : there.uid(),
                    owns ? node.gid() : there.gid(),
                    node.content());
            session.files().put(to, replaced);
            return;
        }
        session.user().requireChange(to);
        session.files().create(to, StageFiles.copy(node, Node.NO_COPY, copied -> own(session, copied)));
    }

    private void own(Session session, Node copied) {
        if (keep && session.user().isRoot()) {
            return;
        }
        copied.setOwner(session.user().uid(), session.user().gid());
        if (!copied.isLink()) {
            copied.setMode(keep ? copied.mode() & ~SET_IDS : copied.mode() & 0777 & ~Session.UMASK);
        }
    }

    private void copyFolder(Session session, String path, Node node, Spot to) throws FilesException, NotComputable {
        Node folder = to.node();
        if (folder == null) {
            session.user().requireChange(to);
            folder = session.files()
                    .makeFolder(to, 0755, session.user().uid(), session.user().gid());
            folder.setMode(keep ? node.mode() : folder.mode() & 02000 | node.mode() & 01777 & ~Session.UMASK);
        } else if (!folder.isFolder()) {
            throw new FilesException("'" + to.path() + "' is not a folder");
        } else if (keep) {
            if ((folder.mode() & ~node.mode() & SPECIAL) != 0) {
                throw new NotComputable(
                        "implementations of 'cp' disagree about the set-user-id, set-group-id or sticky bit that '"
                                + to.path() + "' keeps");
            }
            folder.setMode(node.mode());
        }
        if (keep && session.user().isRoot()) {
            folder.setOwner(node.uid(), node.gid());
        }
        for (Map.Entry<String, Node> child : node.all().entrySet()) {
            Node there = folder.child(child.getKey());
            String below = to.path() + "/" + child.getKey();
            copy(session, path + "/" + child.getKey(), child.getValue(), new Spot(below, folder, there, null));
        }
    }
}
