package io.github.olympe.maven.vet;

import io.github.olympe.maven.vet.rule.PodRules;
import io.github.olympe.maven.vet.rule.Rule;
import io.github.olympe.maven.vet.rule.Rule.Severity;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.scan.Folders;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspection;
import io.github.olympe.maven.vet.scan.Inspection.Found;
import io.github.olympe.maven.vet.scan.Inspection.Link;
import io.github.olympe.maven.vet.scan.Inspection.Restricted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Combines the content of one image's layers into findings. */
final class ImageReview {

    /** OpenShift runs a pod as a user of its own in this group. */
    private static final int GROUP_OF_ANY_USER = 0;

    private static final int READ = 4;
    private static final int ENTER = 1;

    /** What only a running container has, such as the {@code /dev/stdout} that nginx's logs link to. */
    private static final Pattern OF_CONTAINER = Pattern.compile("(?:dev|proc|sys|run|var/run)(?:/.*)?");

    private final VettedImage image;
    private final VettedImage.Variant variant;
    private final Folders folders;
    private final LayerStack stack;
    private final Set<Finding> findings = new LinkedHashSet<>();

    /**
     * Reviews the image of one platform.
     *
     * @param layers what is in its layers, in their order
     */
    ImageReview(VettedImage image, VettedImage.Variant variant, Folders folders, List<InspectedLayer> layers) {
        this.image = image;
        this.variant = variant;
        this.folders = folders;
        this.stack = new LayerStack(layers, variant.base());
    }

    List<Finding> findings() {
        for (int layer = 0; layer < stack.layers().size(); layer++) {
            int i = layer;
            Inspection inspection = stack.layers().get(i).inspection();
            for (Found found : inspection.found()) {
                if (stack.isVisible(i, found.file())) {
                    Rules.find(found.rule()).ifPresent(rule -> add(i, rule, found.path(), found.line(), ""));
                }
            }
            for (Restricted restricted : inspection.restricted()) {
                Optional<Role> role = roleOf(restricted.path());
                if (role.isPresent() && !isReadable(restricted, role.get()) && stack.isVisible(i, restricted.path())) {
                    add(i, PodRules.UNREADABLE, restricted.path(), 0, rights(restricted, role.get()));
                }
            }
            for (Link link : inspection.links()) {
                if (roleOf(link.path()).isPresent()
                        && !OF_CONTAINER.matcher(link.target()).matches()
                        && stack.isVisible(i, link.path())) {
                    review(i, link);
                }
            }
            for (String whiteout : inspection.whiteouts()) {
                if (roleOf(whiteout).isPresent() && !stack.deletes(i, whiteout)) {
                    add(i, PodRules.WHITEOUT, whiteout, 0, "");
                }
            }
        }
        return withoutMildOnes();
    }

    private void review(int layer, Link link) {
        if (!link.isThere() && !stack.leadsSomewhere(link.path())) {
            add(layer, PodRules.LINK, link.path(), 0, "it leads to '/" + link.target() + "'");
        } else if (folders.serves(link.path()) || folders.served().contains(link.path())) {
            stack.target(link.path())
                    .filter(target ->
                            !folders.serves(target) && !folders.served().contains(target))
                    .ifPresent(
                            target -> add(layer, Rules.SERVED_LINK, link.path(), 0, "it leads to '/" + target + "'"));
        }
    }

    /** If a file has a secret, nothing else is reported about it. */
    private List<Finding> withoutMildOnes() {
        Set<String> severe = findings.stream()
                .filter(finding -> finding.rule().severity() == Severity.ERROR)
                .map(Finding::path)
                .collect(Collectors.toSet());
        return findings.stream()
                .filter(finding -> !Rules.MILD.contains(finding.rule()) || !severe.contains(finding.path()))
                .toList();
    }

    /** Returns whose files these are. For an image in a registry it is unknown which of the other files it adds to its base. */
    private Optional<Role> roleOf(String path) {
        return image.role()
                .or(() -> Stream.of(Role.values())
                        .filter(role -> path.startsWith(role.folder() + "/"))
                        .findFirst());
    }

    private static boolean isReadable(Restricted file, Role role) {
        int needed = file.folder() ? ENTER : READ;
        int owner = file.mode() >> 6 & needed;
        int group = file.mode() >> 3 & needed;
        int others = file.mode() & needed;
        boolean isRoot = role.user() == 0;
        int ofUser = file.uid() == role.user() ? owner : file.gid() == role.user() ? group : others;
        int ofAny = file.gid() == GROUP_OF_ANY_USER ? group : others;
        return isRoot || ofUser == needed && ofAny == needed;
    }

    private static String rights(Restricted file, Role role) {
        return String.format(
                "it has the owner %d:%d and the mode %04o, and the pod runs as the user %d, or on OpenShift as any user of group 0",
                file.uid(), file.gid(), file.mode(), role.user());
    }

    private void add(int layer, Rule rule, String path, int line, String detail) {
        String relative = folders.below(path);
        boolean isOfSource = !relative.equals(path)
                && !variant.others().contains(variant.layers().get(layer).digest());
        findings.add(new Finding(
                rule, image.name(), "", path, relative, line, detail, isOfSource, folders.serves(path), false));
    }
}
