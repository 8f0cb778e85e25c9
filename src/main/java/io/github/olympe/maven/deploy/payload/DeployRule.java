package io.github.olympe.maven.deploy.payload;

/**
 * A rule of {@code backends.deployRules}: the backends whose names {@code target} matches get the image whose reference {@code source}
 * matches.
 *
 * @param source a regular expression on image references
 * @param target a regular expression on names of backends
 */
public record DeployRule(String source, String target) {

    /** Characters with a meaning in the regular expressions of JavaScript, Java or Go. */
    private static final String SYNTAX = "\\^$.|?*+()[]{}/";

    /**
     * A rule for exactly this image. All that has a meaning in an expression is escaped, the slash too as the documentation does, so that
     * JavaScript, Java and Go read it alike.
     */
    public static DeployRule forImage(String reference, String target) {
        StringBuilder source = new StringBuilder("^");
        for (char c : reference.toCharArray()) {
            source.append(SYNTAX.indexOf(c) < 0 ? "" : "\\").append(c);
        }
        return new DeployRule(source.append('$').toString(), target);
    }
}
