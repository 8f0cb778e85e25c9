package io.github.olympe.maven.vet;

import io.github.olympe.maven.vet.rule.Rule;
import io.github.olympe.maven.vet.rule.Rule.Severity;

/**
 * A finding of a rule in an image.
 *
 * @param rule the rule
 * @param image the image's name
 * @param platform the platform of the image; empty if it applies to all of them
 * @param path the path in the image, without a slash at its beginning
 * @param relative the path below the folder that is served, or that holds the application; otherwise the same as {@code path}
 * @param line the line of the text, 0 if the file itself is the finding
 * @param detail further information, may be empty
 * @param isOfSource whether the section's {@code excludes} may leave it out: it is in the application's folder, and no other {@code COPY} of
 *     a Dockerfile than that of the build's result put it there
 * @param isServed whether nginx serves the path
 * @param isAllowed whether {@code vetAllow} lets it pass
 */
public record Finding(
        Rule rule,
        String image,
        String platform,
        String path,
        String relative,
        int line,
        String detail,
        boolean isOfSource,
        boolean isServed,
        boolean isAllowed) {

    /** Whether it fails the build. */
    public boolean fails() {
        return rule.severity() == Severity.ERROR && !isAllowed;
    }

    Finding on(String otherPlatform) {
        return new Finding(rule, image, otherPlatform, path, relative, line, detail, isOfSource, isServed, isAllowed);
    }

    Finding allowed() {
        return new Finding(rule, image, platform, path, relative, line, detail, isOfSource, isServed, true);
    }
}
