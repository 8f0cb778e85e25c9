package io.github.olympe.maven.adopt.shell;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The texts that stand for values that only the CI knows: a placeholder of the plugin's tags, such as {@code {branch}}, or a variable as in
 * a pom, <code>${env.NAME}</code>.
 */
public final class Unknowns {

    /** The branch's name, or its slug in a tag. */
    public static final String BRANCH = "{branch}";

    /** The commit's first 8 digits. */
    public static final String COMMIT = "{commit}";

    /** All digits of the commit, which the plugin's tags do not have. */
    public static final String FULL_COMMIT = "{sha}";

    /** The git tag. */
    public static final String TAG = "{tag}";

    /** The CI's number of the build. */
    public static final String BUILD = "{build}";

    /** Package.json's version. */
    public static final String VERSION = "{version}";

    /** The time of the build. */
    public static final String DATE = "{date}";

    /** The version of Draw. */
    public static final String DRAW_VERSION = "{drawVersion}";

    /** The output of a command that is not run here. */
    public static final String OUTPUT = "{output}";

    /** The member that stands for the JSON object of a variable that only the CI knows; its value is the variable's name. */
    public static final String OBJECT = "{object}";

    private static final Pattern ANY = Pattern.compile(
            "\\{(?:branch|commit|sha|tag|build|version|date|drawVersion|output)}|\\$\\{env\\.[\\w.-]+}");

    /** The variables of GitLab CI, and those of GitHub Actions, Azure DevOps and Jenkins that are shell variables. */
    private static final Map<String, String> PREDEFINED = Map.ofEntries(
            Map.entry("CI_COMMIT_REF_SLUG", BRANCH),
            Map.entry("CI_COMMIT_REF_NAME", BRANCH),
            Map.entry("CI_COMMIT_BRANCH", BRANCH),
            Map.entry("CI_COMMIT_SHORT_SHA", COMMIT),
            Map.entry("CI_COMMIT_SHA", FULL_COMMIT),
            Map.entry("CI_COMMIT_TAG", TAG),
            Map.entry("CI_PIPELINE_IID", BUILD),
            Map.entry("CI_PIPELINE_ID", BUILD),
            Map.entry("GITHUB_REF_NAME", BRANCH),
            Map.entry("GITHUB_SHA", FULL_COMMIT),
            Map.entry("GITHUB_RUN_NUMBER", BUILD),
            Map.entry("BUILD_SOURCEBRANCHNAME", BRANCH),
            Map.entry("BUILD_SOURCEVERSION", FULL_COMMIT),
            Map.entry("BUILD_BUILDNUMBER", BUILD),
            Map.entry("BUILD_BUILDID", BUILD),
            Map.entry("BRANCH_NAME", BRANCH),
            Map.entry("GIT_BRANCH", BRANCH),
            Map.entry("GIT_COMMIT", FULL_COMMIT),
            Map.entry("BUILD_NUMBER", BUILD),
            Map.entry("TAG_NAME", TAG));

    private Unknowns() {}

    /** Returns the placeholder of a variable that CI systems set. */
    public static Optional<String> predefined(String variable) {
        return Optional.ofNullable(PREDEFINED.get(variable));
    }

    /** Returns an environment variable in the syntax of a pom. */
    public static String variable(String name) {
        return "${env." + name + "}";
    }

    /** Returns the variable's name if a text is just a variable. */
    public static Optional<String> variableIn(String text) {
        return text.matches("\\$\\{env\\.[\\w.-]+}")
                ? Optional.of(text.substring("${env.".length(), text.length() - 1))
                : Optional.empty();
    }

    /** Returns whether a text contains a placeholder that the plugin replaces only in tags and versions. */
    public static boolean onlyInTags(String text) {
        return in(text.replaceAll("\\$\\{env\\.[\\w.-]+}", ""));
    }

    /** Returns whether a part of the text is unknown. */
    public static boolean in(String text) {
        return ANY.matcher(text).find();
    }
}
