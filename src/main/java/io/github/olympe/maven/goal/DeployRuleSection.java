package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code <deployRule>} of the parameter {@code deployRules}. */
public class DeployRuleSection {

    /** A regular expression for the references of backend images. */
    @Nullable String source;

    /** A regular expression for the names of backends. */
    @Nullable String target;

    /**
     * Returns the rules of the parameter.
     *
     * @throws OlympeException if one is incomplete
     */
    static List<DeployRule> rules(@Nullable List<DeployRuleSection> sections) {
        List<DeployRule> rules = new ArrayList<>();
        for (DeployRuleSection section : sections == null ? List.<DeployRuleSection>of() : sections) {
            if (section == null || section.source == null || section.target == null) {
                throw InvalidParameter.missing(
                        "deployRules/deployRule/" + (section == null || section.source == null ? "source" : "target"),
                        "Give each <deployRule> a <source> and a <target>.");
            }
            rules.add(new DeployRule(section.source.strip(), section.target.strip()));
        }
        return rules;
    }
}
