package io.github.olympe.maven.vet;

import io.github.olympe.maven.vet.rule.Rule;
import io.github.olympe.maven.vet.rule.Rule.Severity;

/**
 * Something in an image that a rule is about.
 *
 * @param rule the rule
 * @param image the image's name
 * @param platform the platform of the image; empty where it is so on all of them
 * @param path the path in the image, without a slash at its beginning
 * @param relative the path below the folder that is served, or that the application lies in; else as {@code path}
 * @param line the line of the text, 0 where it is the file itself
 * @param detail what a person needs to know besides, or nothing
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
        boolean isServed,
        boolean isAllowed) {

    /** Whether it fails the build. */
    public boolean fails() {
        return rule.severity() == Severity.ERROR && !isAllowed;
    }

    Finding on(String otherPlatform) {
        return new Finding(rule, image, otherPlatform, path, relative, line, detail, isServed, isAllowed);
    }

    Finding allowed() {
        return new Finding(rule, image, platform, path, relative, line, detail, isServed, true);
    }
}
