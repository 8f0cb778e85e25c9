package io.github.olympe.maven.vet;

import io.github.olympe.maven.vet.rule.Rule;
import io.github.olympe.maven.vet.rule.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Findings in words. */
final class FindingText {

    /** What has a meaning in XML, in a shell's command, or in a list of patterns. */
    private static final Pattern NOT_COPIED = Pattern.compile("[\\s,;<>&|'\"`$\\\\!#()\\[\\]{}\\p{Cntrl}]");

    private FindingText() {}

    /** Returns a sentence for each finding of an image. Rules with very many findings get one sentence for all. */
    static Stream<String> sentences(Optional<Role> role, List<Finding> findings) {
        return groups(findings).map(group -> sentence(role, group));
    }

    /** Returns the findings of an image that are named together, because they are of one file or of a rule with very many findings. */
    static Stream<List<Finding>> groups(List<Finding> findings) {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String key = finding.rule().id()
                    + (Rules.CROWDED.contains(finding.rule()) ? "" : ":" + finding.path() + ":" + finding.platform());
            groups.computeIfAbsent(key, each -> new ArrayList<>()).add(finding);
        }
        return groups.values().stream();
    }

    private static String sentence(Optional<Role> role, List<Finding> group) {
        Finding first = group.get(0);
        return what(group) + "; " + cure(role, first, group.size()) + ", or allow it by -Dolympe.vet.allow="
                + (isCrowd(first, group.size()) ? first.rule().id() + ":**" : allowance(first)) + ".";
    }

    private static boolean isCrowd(Finding first, int size) {
        return size > 1 && Rules.CROWDED.contains(first.rule());
    }

    /** What was found in a group, without a full stop. */
    static String what(List<Finding> group) {
        Finding first = group.get(0);
        return what(first) + (isCrowd(first, group.size()) ? " (and " + (group.size() - 1) + " more)" : "");
    }

    /** The entry of {@code vetAllow} that lets a finding pass. */
    static String allowance(Finding finding) {
        return finding.rule().id() + ":" + pattern(finding.relative());
    }

    /**
     * Returns the pattern of {@code excludes} that leaves out the file of a finding, if that is a cure and the file may belong to the
     * section.
     */
    static Optional<String> exclude(Finding finding) {
        return finding.rule().cure().contains(Rule.EXCLUDE) && finding.isOfSource()
                ? Optional.of(pattern(finding, 1))
                : Optional.empty();
    }

    /** What was found, without a full stop. */
    static String what(Finding finding) {
        return "The image '" + finding.image() + "'"
                + (finding.platform().isEmpty() ? "" : " for " + finding.platform())
                + (finding.isServed() && !finding.rule().isOfPods()
                        ? " serves '/" + finding.relative()
                        : " has '/" + finding.path())
                + "', " + finding.rule().finding()
                + (finding.line() > 0 ? " in line " + finding.line() : "")
                + " (" + finding.rule().id() + (finding.detail().isEmpty() ? "" : ": " + finding.detail()) + ")";
    }

    private static String cure(Optional<Role> role, Finding finding, int size) {
        String exclude = role.filter(each -> finding.isOfSource())
                .map(each -> each.section())
                .map(section -> "<" + section + "><excludes><exclude>" + pattern(finding, size)
                        + "</exclude></excludes></" + section + ">")
                .orElse("build the image without it");
        return finding.rule().cure().replace(Rule.EXCLUDE, exclude);
    }

    private static String pattern(Finding finding, int size) {
        String name = finding.relative();
        if (isCrowd(finding, size) && name.lastIndexOf('.') > name.lastIndexOf('/')) {
            return "**/*" + name.substring(name.lastIndexOf('.'));
        }
        return pattern(finding.rule().equals(Rules.GIT) ? name + "/**" : name);
    }

    /** A pattern for a path that can be copied into a pom and into a shell's command: {@code ?} replaces their special characters. */
    private static String pattern(String path) {
        return NOT_COPIED.matcher(path).replaceAll("?");
    }
}
