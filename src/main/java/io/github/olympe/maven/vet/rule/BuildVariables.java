package io.github.olympe.maven.vet.rule;

import java.util.List;
import java.util.stream.Stream;

/**
 * Values of the variables that hold the credentials of a build with this plugin. webpack's {@code DefinePlugin} writes a variable's value
 * into the bundle, and with {@code process.env} as a whole it writes all of them.
 */
final class BuildVariables {

    static final Rule RULE = Rule.error(
            "build-credential",
            "a value for a variable with a credential of the build, as webpack writes them into bundles: `DRAW_PASSWORD`, `WEBHOOK_TOKEN`,"
                    + " `NPM_TOKEN`, `GITHUB_TOKEN`, `CI_JOB_TOKEN` and the like",
            "which has a credential of the build",
            "change it, and define only the variables that the frontend needs (webpack's DefinePlugin)");

    static final List<TextRule> TEXTS = Stream.of(
                    "DRAW_PASSWORD",
                    "OLYMPE_DEPLOY_TOKEN",
                    "WEBHOOK_TOKEN",
                    "OLYMPE_GIT_TOKEN",
                    "NPM_TOKEN",
                    "GITHUB_TOKEN",
                    "CI_JOB_TOKEN",
                    "CI_REGISTRY_PASSWORD",
                    "CI_DEPLOY_PASSWORD",
                    "SYSTEM_ACCESSTOKEN")
            .map(BuildVariables::rule)
            .toList();

    private BuildVariables() {}

    private static TextRule rule(String variable) {
        return TextRule.of(
                        RULE,
                        variable,
                        variable + TextRule.QUOTE + "?]?\\s*[:=]\\s*" + TextRule.QUOTE + "([^\\s\"'`&\\\\]{6,400})"
                                + TextRule.QUOTE)
                .meaning(match ->
                        !Placeholders.isOne(match.group(1)) && !match.group(1).startsWith("process."));
    }
}
