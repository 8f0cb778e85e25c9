package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that make a payload from images. */
abstract class PayloadMojo<P extends Plan> extends WebhookMojo<P> {

    static final String NOTHING_TO_IMPORT =
            "Code as data is not deployed, because the environment has already imported all of it (olympe.codeAsData.deploy is auto).";

    static final String NO_OTHER_IMAGE = "Nothing is deployed: there is no other image.";

    /**
     * The deploy rules, instead of those made from {@code deployTo} of the backends: each {@code <deployRule>} has a {@code source}, a
     * regular expression for references of backend images, and a {@code target}, a regular expression for names of backends. Both use
     * JavaScript's syntax.
     */
    @Parameter
    @Nullable List<DeployRuleSection> deployRules;

    /** How a deployment without downtime is promoted: {@code auto} or {@code manual}. Sent only when set; Olympe's default is {@code auto}. */
    @Parameter(property = "olympe.promotionMode")
    @Nullable String promotionMode;

    /**
     * How code as data is updated, if its section does not say so: {@code auto}, or {@code manual} with an approval. Sent only when set;
     * Olympe's default is {@code auto}.
     */
    @Parameter(property = "olympe.codeAsData.updateMode")
    @Nullable String codeAsDataUpdateMode;

    /**
     * Whether the instance skips its automatic update of orchestrator and toolkit: {@code true} or {@code false}. Sent only when set;
     * Olympe's default is {@code false}.
     */
    @Parameter(property = "olympe.skipUpdateVersions")
    @Nullable String skipUpdateVersions;

    /** Arguments of Olympe's deploy process; the only documented one is {@code --force-sync}. Sent only when set. */
    @Parameter(property = "olympe.extraArgs")
    @Nullable List<String> extraArgs;

    final PayloadSettings payloadSettings() {
        return PayloadSettings.of(
                DeployRuleSection.rules(deployRules),
                promotionMode,
                codeAsData != null && codeAsData.updateMode != null ? codeAsData.updateMode : codeAsDataUpdateMode,
                skipUpdateVersions,
                extraArgs,
                allowUnknownPayloadKeys);
    }
}
