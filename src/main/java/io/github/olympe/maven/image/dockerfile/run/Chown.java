package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.Accounts;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.List;
import java.util.Map;

/**
 * {@code chown} and {@code chgrp}.
 *
 * @param user the new user, empty to keep it
 * @param group the new group, empty to keep it, or {@code :} for the user's own
 */
record Chown(String user, String group, boolean recursive, boolean links, List<String> paths) implements Command {

    private static final Map<String, Character> NAMES =
            Map.of("--recursive", 'R', "--verbose", 'v', "--changes", 'c', "--no-dereference", 'h');
    private static final String OWN_GROUP = ":";
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int GROUP_EXECUTE = 0010;

    static Chown chown(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments("chown", words, "Rvch", NAMES);
        List<String> operands = arguments.operands(2);
        String owner = operands.get(0);
        int colon = owner.indexOf(':');
        String user = colon < 0 ? owner : owner.substring(0, colon);
        String group = colon < 0 ? "" : owner.substring(colon + 1);
        if (user.contains(".")) {
            throw new NotComputable("'" + owner + "' may be a user with a dot in its name, or a user and a group");
        }
        return new Chown(
                user,
                colon == owner.length() - 1 && !user.isEmpty() ? OWN_GROUP : group,
                arguments.has('R'),
                arguments.has('h'),
                operands.subList(1, operands.size()));
    }

    static Chown chgrp(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments("chgrp", words, "Rvch", NAMES);
        List<String> operands = arguments.operands(2);
        return new Chown(
                "", operands.get(0), arguments.has('R'), arguments.has('h'), operands.subList(1, operands.size()));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        Accounts accounts = session.accounts();
        long uid = user.isEmpty() ? -1 : accounts.uid(user);
        long gid = group.isEmpty() ? -1 : group.equals(OWN_GROUP) ? ownGroup(accounts) : accounts.group(group);
        for (String path : paths) {
            // With -R, links are changed, and not their targets.
            Spot spot = recursive || links ? session.spot(path) : session.follow(path);
            change(session, spot.path(), spot.require(), uid, gid);
        }
    }

    private long ownGroup(Accounts accounts) throws FilesException, NotComputable {
        if (user.matches("[0-9]+")) {
            throw new NotComputable("implementations of 'chown' disagree about the group of '" + user + ":'");
        }
        return accounts.user(user).gid();
    }

    private void change(Session session, String path, Node node, long uid, long gid) throws FilesException {
        long newUid = uid < 0 ? node.uid() : uid;
        long newGid = gid < 0 ? node.gid() : gid;
        User by = session.user();
        if (!by.isRoot()
                && (newUid != node.uid()
                        || node.uid() != by.uid()
                        || !by.groups().contains(newGid))) {
            throw by.denied("may not change the owner of", path);
        }
        node.setOwner(newUid, newGid);
        if (node.isFile()) {
            int lost = SET_USER | ((node.mode() & GROUP_EXECUTE) != 0 ? SET_GROUP : 0);
            node.setMode(node.mode() & ~lost);
        }
        if (recursive && node.isFolder()) {
            by.requireRead(path, node);
            for (Map.Entry<String, Node> child : node.all().entrySet()) {
                change(session, path + "/" + child.getKey(), child.getValue(), uid, gid);
            }
        }
    }
}
