package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.List;
import java.util.Map;

/** {@code rm}. */
record Remove(boolean recursive, boolean force, List<String> paths) implements Command {

    static Remove of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments =
                new Arguments("rm", words, "rRfvd", Map.of("--recursive", 'r', "--force", 'f', "--verbose", 'v'));
        if (arguments.has('d')) {
            throw new NotComputable("'rm' has the option '-d', whose effect it cannot compute");
        }
        boolean force = arguments.has('f');
        return new Remove(arguments.has('r') || arguments.has('R'), force, arguments.operands(force ? 0 : 1));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String path : paths) {
            String name = path.replaceFirst("(?<=.)/+$", "");
            name = name.substring(name.lastIndexOf('/') + 1);
            if (name.equals(".") || name.equals("..") || name.isEmpty()) {
                throw new FilesException("'rm' removes neither '.' nor '..' nor '/'");
            }
            if (session.isLinkWithSlash(path)) {
                throw new NotComputable("implementations of 'rm' disagree about '" + path + "', which is a link");
            }
            Spot spot = session.spot(path);
            if (!spot.exists() && force) {
                continue;
            }
            Node node = spot.require();
            if (node.isFolder() && !recursive) {
                throw new FilesException("'" + spot.path() + "' is a folder, which 'rm' removes only with -r");
            }
            session.user().requireChange(spot);
            requireAll(session.user(), spot.path(), node);
            session.files().remove(spot);
        }
    }

    /** Checks that the user may also remove everything below a folder. */
    private static void requireAll(User user, String path, Node node) throws FilesException {
        if (user.isRoot() || !node.isFolder()) {
            return;
        }
        for (Map.Entry<String, Node> child : node.all().entrySet()) {
            String below = path + "/" + child.getKey();
            user.requireChange(new Spot(below, node, child.getValue(), null));
            requireAll(user, below, child.getValue());
        }
    }
}
