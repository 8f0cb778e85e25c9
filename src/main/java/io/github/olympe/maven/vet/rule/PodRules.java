package io.github.olympe.maven.vet.rule;

import java.util.List;

/** Rules for a pod's use of the files in its image. */
public final class PodRules {

    /** A file that its pod cannot read. */
    public static final Rule UNREADABLE = Rule.error(
            "unreadable",
            "a file or folder that its pod cannot read: a frontend's as user 101, a backend's as user 1000, each also as any user of group 0",
            "which its pod cannot read",
            "let others read it, which <modes>canonical</modes> does, or set <owner> in the image's section");

    /** A link that leads nowhere in the image. */
    public static final Rule LINK = Rule.error(
            "link-outside",
            "a symbolic link whose target is not in the image, as npm makes them for packages outside of the project",
            "a link whose target is not in the image",
            "have the build copy what it leads to, or leave it out (" + Rule.EXCLUDE + ")");

    /** A name that means a deletion. */
    public static final Rule WHITEOUT = Rule.error(
            "whiteout-name",
            "a name that begins with `.wh.`, by which layers say that a file is deleted (OCI image specification)",
            "whose name means a deletion to all tools that unpack images",
            "rename it, or leave it out (" + Rule.EXCLUDE + ")");

    static final List<Rule> RULES = List.of(UNREADABLE, LINK, WHITEOUT);

    private PodRules() {}
}
