package io.github.olympe.maven.image.base;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.Owner;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The users and groups of a base image, from its own {@code /etc/passwd} and {@code /etc/group}. */
public final class Accounts {

    private final BaseFiles files;
    private final ImageReference image;

    public Accounts(BaseFiles files, ImageReference image) {
        this.files = files;
        this.image = image;
    }

    /** The numbers of a user and a group. */
    public record Ids(long uid, long gid) {}

    /**
     * Returns the numbers of an owner. Without a group, a user's name stands for that user's own group, and a number for the group with the
     * same number, as in docker and buildah.
     *
     * @param parameter the parameter that names the owner, for the error message
     * @throws OlympeException if the base image does not have a name; the message lists the names that it has
     */
    public Ids find(String parameter, Owner owner) {
        Optional<String> group = owner.group();
        if (Owner.isNumber(owner.user()) && group.isPresent() && Owner.isNumber(group.get())) {
            return new Ids(Long.parseLong(owner.user()), Long.parseLong(group.get()));
        }
        long uid;
        long gid;
        if (Owner.isNumber(owner.user())) {
            uid = Long.parseLong(owner.user());
            gid = uid;
        } else {
            String[] user = byName("/etc/passwd", 4, parameter, owner, "user", owner.user());
            uid = Long.parseLong(user[2]);
            gid = Long.parseLong(user[3]);
        }
        if (group.isPresent()) {
            String name = group.get();
            gid = Owner.isNumber(name)
                    ? Long.parseLong(name)
                    : Long.parseLong(byName("/etc/group", 3, parameter, owner, "group", name)[2]);
        }
        return new Ids(uid, gid);
    }

    private String[] byName(String file, int fields, String parameter, Owner owner, String what, String name) {
        List<String[]> lines = lines(file, fields);
        return lines.stream().filter(line -> line[0].equals(name)).findFirst().orElseThrow(() -> {
            List<String> names = lines.stream().map(line -> line[0]).toList();
            return InvalidParameter.of(
                    parameter,
                    owner,
                    String.format(
                            "The base image '%s' has no %s '%s' in its %s. Use a number, or one of those it has%s.",
                            image, what, name, file, names.isEmpty() ? " (none)" : ": " + String.join(", ", names)));
        });
    }

    /** Returns the valid lines. Others, such as NIS's {@code +::::::}, are skipped, as the C library does. */
    private List<String[]> lines(String file, int fields) {
        return files.text(file)
                .lines()
                .map(line -> line.split(":", -1))
                .filter(line -> line.length >= fields
                        && !line[0].isEmpty()
                        && Arrays.stream(line, 2, fields)
                                .allMatch(id -> !id.isEmpty() && Owner.isNumber(id) && Owner.isInRange(id)))
                .toList();
    }
}
