package io.github.olympe.maven.goal;

import org.jspecify.annotations.Nullable;

/** A {@code <deployRule>} of the parameter {@code deployRules}. */
public class DeployRuleSection {

    /** A regular expression on the references of backend images. */
    @Nullable String source;

    /** A regular expression on the names of backends. */
    @Nullable String target;
}
