package io.github.olympe.maven.vet;

import io.github.olympe.maven.vet.scan.Folders;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The purpose of an image: the folder of its files, and the user who reads them. */
public enum Role {

    /** nginx as the user 101. */
    FRONTEND("usr/share/nginx/html", 101, "frontend"),

    /** Node.js as the user 1000. */
    BACKEND("home/node/app", 1000, "backend"),

    /** A job as root, which reads everything. */
    CODE_AS_DATA("root/patches", 0, "codeAsData");

    private final String folder;
    private final int user;
    private final String section;

    Role(String folder, int user, String section) {
        this.folder = folder;
        this.user = user;
        this.section = section;
    }

    /** The folder of its files, as a path in the image without a slash at either end. */
    public String folder() {
        return folder;
    }

    /**
     * Returns the folders that the rules are about in such an image.
     *
     * @param targets the folders that the application's files went to, absolute paths
     */
    public Folders folders(Collection<String> targets) {
        Set<String> written = new LinkedHashSet<>();
        targets.forEach(target -> written.add(target.replaceAll("^/+|/+$", "").replaceAll("/+", "/")));
        Set<String> served = new LinkedHashSet<>(List.of(FRONTEND.folder));
        if (this == FRONTEND) {
            served.addAll(written);
        }
        Set<String> applications = new LinkedHashSet<>(served);
        Stream.of(values()).map(Role::folder).forEach(applications::add);
        applications.addAll(written);
        return new Folders(List.copyOf(served), List.copyOf(applications));
    }

    /** The user that its pod runs as; on OpenShift it is any number, in group 0. */
    public int user() {
        return user;
    }

    /** The section of the configuration for such an image. */
    public String section() {
        return section;
    }
}
