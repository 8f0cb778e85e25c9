package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FileMode;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code chmod}. */
record Chmod(FileMode mode, boolean recursive, List<String> paths) implements Command {

    private static final Map<String, Character> NAMES =
            Map.of("--recursive", 'R', "--verbose", 'v', "--changes", 'c', "--silent", 'f', "--quiet", 'f');
    private static final int SET_IDS = 06000;

    static Chmod of(List<String> words) throws NotComputable, FilesException {
        List<String> options = new ArrayList<>(words);
        // A mode may begin with a minus; then it is not an option.
        int negative = -1;
        for (int i = 0; i < words.size() && words.get(i).startsWith("-"); i++) {
            if (words.get(i).matches("-[rwxXst,].*")) {
                negative = i;
                break;
            }
        }
        if (negative >= 0) {
            options.add(negative, "--");
        }
        Arguments arguments = new Arguments("chmod", options, "Rvc", NAMES);
        if (arguments.has('f')) {
            throw new NotComputable("'chmod' has an option that hides failures");
        }
        List<String> operands = arguments.operands(2);
        return new Chmod(FileMode.of(operands.get(0)), arguments.has('R'), operands.subList(1, operands.size()));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String path : paths) {
            Spot spot = session.follow(path);
            if (recursive && session.spot(path).require().isLink()) {
                throw new NotComputable(
                        "implementations of 'chmod' disagree about what -R does to '" + path + "', which is a link");
            }
            change(session, spot.path(), spot.require());
        }
    }

    private void change(Session session, String path, Node node) throws FilesException, NotComputable {
        session.user().requireOwner(path, node);
        if (node.isFolder() && (node.mode() & SET_IDS) != 0 && mode.replaces()) {
            throw new NotComputable("'" + path
                    + "' has a set-user-id or set-group-id bit, about which implementations of 'chmod' disagree");
        }
        node.setMode(mode.apply(node.mode(), node.isFolder()));
        if (recursive && node.isFolder()) {
            session.user().requireRead(path, node);
            for (Map.Entry<String, Node> child : node.all().entrySet()) {
                if (!child.getValue().isLink()) {
                    change(session, path + "/" + child.getKey(), child.getValue());
                }
            }
        }
    }
}
