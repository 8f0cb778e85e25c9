package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that make a payload of images. */
abstract class PayloadMojo<P extends Plan> extends WebhookMojo<P> {

    static final String NOTHING_TO_IMPORT =
            "Code as data is not deployed, since the environment has imported all of it already (olympe.codeAsData.deploy is auto).";

    /**
     * The deploy rules, instead of those made from {@code deployTo} of the backends: each {@code <deployRule>} has a {@code source}, a regular
     * expression on references of backend images, and a {@code target}, one on names of backends; both as JavaScript reads them.
     */
    @Parameter
    @Nullable List<DeployRuleSection> deployRules;

    /** How a deployment without downtime is promoted: {@code auto} or {@code manual}. Sent only when set; Olympe's default is {@code auto}. */
    @Parameter(property = "olympe.promotionMode")
    @Nullable String promotionMode;

    /**
     * How code as data is updated, where its section does not say it: {@code auto}, or {@code manual} by an approval. Sent only when set;
     * Olympe's default is {@code auto}.
     */
    @Parameter(property = "olympe.codeAsData.updateMode")
    @Nullable String codeAsDataUpdateMode;

    /**
     * Whether the instance leaves out its automatic update of orchestrator and toolkit: {@code true} or {@code false}. Sent only when set;
     * Olympe's default is {@code false}.
     */
    @Parameter(property = "olympe.skipUpdateVersions")
    @Nullable String skipUpdateVersions;

    /** Arguments of Olympe's deploy process; the only one there is is {@code --force-sync}. Sent only when set. */
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
