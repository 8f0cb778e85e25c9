package io.github.olympe.maven.image.dockerfile.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The users and groups of an image, from its {@code /etc/passwd} and {@code /etc/group}. */
public final class Accounts {

    private static final int LARGEST_FILE = 4 << 20;
    private static final long LARGEST_ID = 0xffff_fffeL;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final StageFiles files;

    public Accounts(StageFiles files) {
        this.files = files;
    }

    /** A user and a group by their numbers. */
    public record Ids(long uid, long gid) {}

    /**
     * A user.
     *
     * @param gid the user's own group
     * @param home the user's home folder
     */
    public record User(String name, long uid, long gid, String home) {}

    /**
     * Finds the owner that {@code COPY --chown} names: {@code user}, {@code user:group} or {@code :group}, by names or numbers. As in
     * docker, a user's name without a group has the user's own group, a number without a group has the group with the same number, and a
     * group without a user belongs to root.
     *
     * @throws FilesException if the image does not have one of the names
     */
    public Ids owner(String text) throws FilesException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        if (user.isEmpty() && group.isEmpty()) {
            throw new FilesException("'" + text
                    + "' names neither a user nor a group; write user, user:group or :group, with names or numbers");
        }
        if (user.isEmpty()) {
            return new Ids(0, group(group));
        }
        long uid;
        long gid;
        if (isNumber(user)) {
            uid = number(user);
            gid = uid;
        } else {
            User found = user(user);
            uid = found.uid();
            gid = found.gid();
        }
        return new Ids(uid, group.isEmpty() ? gid : group(group));
    }

    /**
     * Finds a user by name or number.
     *
     * @throws FilesException if the image does not have the name
     */
    public long uid(String user) throws FilesException {
        return isNumber(user) ? number(user) : user(user).uid();
    }

    /**
     * Finds a user by name.
     *
     * @throws FilesException if the image does not have it
     */
    public User user(String name) throws FilesException {
        List<User> users = users();
        return users.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "user",
                        name,
                        "/etc/passwd",
                        users.stream().map(User::name).toList()));
    }

    /** Finds a user by number. */
    public Optional<User> user(long uid) throws FilesException {
        return users().stream().filter(user -> user.uid() == uid).findFirst();
    }

    /**
     * Finds a group by name or number.
     *
     * @throws FilesException if the image does not have the name
     */
    public long group(String name) throws FilesException {
        if (isNumber(name)) {
            return number(name);
        }
        List<String[]> groups = lines("/etc/group", 3, 2);
        return groups.stream()
                .filter(group -> group[0].equals(name))
                .findFirst()
                .map(group -> Long.parseLong(group[2]))
                .orElseThrow(() -> unknown(
                        "group",
                        name,
                        "/etc/group",
                        groups.stream().map(group -> group[0]).toList()));
    }

    /** Returns the numbers of the groups that list a user as a member. */
    public Set<Long> groups(String user) throws FilesException {
        return lines("/etc/group", 4, 2).stream()
                .filter(group -> Arrays.asList(group[3].split(",")).contains(user))
                .map(group -> Long.parseLong(group[2]))
                .collect(Collectors.toSet());
    }

    private List<User> users() throws FilesException {
        return lines("/etc/passwd", 4, 2, 3).stream()
                .map(line -> new User(
                        line[0], Long.parseLong(line[2]), Long.parseLong(line[3]), line.length > 5 ? line[5] : ""))
                .toList();
    }

    private static FilesException unknown(String what, String name, String file, List<String> names) {
        return new FilesException("the image has no " + what + " '" + name + "' in its " + file
                + "; use a number, or one of those it has"
                + (names.isEmpty() ? " (none)" : ": " + String.join(", ", names)));
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static long number(String text) throws FilesException {
        if (!isInRange(text)) {
            throw new FilesException("'" + text + "' is too large for a user's or group's number");
        }
        return Long.parseLong(text);
    }

    private static boolean isInRange(String number) {
        return number.length() <= 10 && Long.parseLong(number) <= LARGEST_ID;
    }

    /** Returns the valid lines. Others, such as NIS's {@code +::::::}, are skipped, as the C library does. */
    private List<String[]> lines(String file, int fields, int... numbers) throws FilesException {
        Predicate<String[]> isWhole = line -> line.length >= fields
                && !line[0].isEmpty()
                && Arrays.stream(numbers).allMatch(i -> isNumber(line[i]) && isInRange(line[i]));
        return text(file)
                .lines()
                .map(line -> line.split(":", -1))
                .filter(isWhole)
                .toList();
    }

    private String text(String path) throws FilesException {
        Spot spot = files.find(path, true);
        Node file = spot.node();
        if (file == null || !file.isFile()) {
            return "";
        }
        if (file.content().size() > LARGEST_FILE) {
            throw new FilesException("'" + path + "' has " + file.content().size() + " bytes in the image");
        }
        try (InputStream in = file.content().open()) {
            return new String(in.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FilesException("'" + path + "' cannot be read from the image (" + e + ")");
        }
    }
}
