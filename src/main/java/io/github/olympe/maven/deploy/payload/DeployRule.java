package io.github.olympe.maven.deploy.payload;

/**
 * A rule of {@code backends.deployRules}: the backends whose names {@code target} matches get the image whose reference {@code source}
 * matches.
 *
 * @param source a regular expression for image references
 * @param target a regular expression for names of backends
 */
public record DeployRule(String source, String target) {

    /** Characters with a meaning in the regular expressions of JavaScript, Java or Go. */
    private static final String SYNTAX = "\\^$.|?*+()[]{}/";

    /**
     * Returns a rule for exactly this image. All special characters are escaped, including the slash as in the documentation, so that
     * JavaScript, Java and Go read the expression alike.
     */
    public static DeployRule forImage(String reference, String target) {
        StringBuilder source = new StringBuilder("^");
        for (char c : reference.toCharArray()) {
            source.append(SYNTAX.indexOf(c) < 0 ? "" : "\\").append(c);
        }
        return new DeployRule(source.append('$').toString(), target);
    }
}
