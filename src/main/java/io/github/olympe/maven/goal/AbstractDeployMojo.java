package io.github.olympe.maven.goal;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goal {@code deploy}, for the goal that checks them. */
abstract class AbstractDeployMojo extends AbstractImageMojo {

    /**
     * The URL of the deploy webhook, as you have it from Olympe. It is called for builds of the {@code deployBranches}; where there are
     * several instances, use {@code environments} instead. HTTPS, unless the host is a loopback one or {@code allowInsecureDeploy} is set.
     * Example: {@code https://deploy.example.com/acme/production}.
     */
    @Parameter(property = "olympe.deploy.url")
    @Nullable String deployUrl;

    /**
     * The id of the server of {@code settings.xml} whose password is the webhook's token. Without it, the token is the environment variable
     * {@code OLYMPE_DEPLOY_TOKEN}, else {@code WEBHOOK_TOKEN}.
     */
    @Parameter(property = "olympe.deploy.serverId")
    @Nullable String deployServerId;

    /**
     * The payload to start from: JSON, or the name of a file of it (relative to the project). Images, deploy rules and settings are merged
     * into it; a key that has one value here and another there is an error. Example: <code>${env.PAYLOAD}</code>, a variable of the CI.
     */
    @Parameter(property = "olympe.payload")
    @Nullable String payload;

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

    /**
     * The names of the backends of the instance. With them, the preview shows which image each of them gets, and two images for one of them
     * are an error.
     */
    @Parameter(property = "olympe.backendNames")
    @Nullable List<String> backendNames;

    /** How many seconds the webhook may take to answer. */
    @Parameter(property = "olympe.deploy.timeout", defaultValue = "60")
    int deployTimeout;

    /** Allows a webhook by plain HTTP on a host that is not a loopback one; the token can then be read on the way. */
    @Parameter(property = "olympe.deploy.allowInsecure", defaultValue = "false")
    boolean allowInsecureDeploy;

    /** Allows keys in {@code payload} that Olympe's documentation does not have. */
    @Parameter(property = "olympe.allowUnknownPayloadKeys", defaultValue = "false")
    boolean allowUnknownPayloadKeys;

    /** The frontend image to deploy, instead of the one that was pushed. */
    @Parameter(property = "olympe.frontendImage")
    @Nullable String frontendImage;

    /** The backend images to deploy, instead of those that were pushed. */
    @Parameter(property = "olympe.backendImages")
    @Nullable List<String> backendImages;

    /** The code-as-data image to deploy, instead of the one that was pushed; it is deployed only with {@code olympe.codeAsData.deploy}. */
    @Parameter(property = "olympe.codeAsDataImage")
    @Nullable String codeAsDataImage;

    /** The goal {@code deploy} with these parameters. */
    final DeployMojo deployGoal() {
        DeployMojo deploy = new DeployMojo();
        deploy.deployUrl = deployUrl;
        deploy.deployServerId = deployServerId;
        deploy.payload = payload;
        deploy.deployRules = deployRules;
        deploy.promotionMode = promotionMode;
        deploy.codeAsDataUpdateMode = codeAsDataUpdateMode;
        deploy.skipUpdateVersions = skipUpdateVersions;
        deploy.extraArgs = extraArgs;
        deploy.backendNames = backendNames;
        deploy.deployTimeout = deployTimeout;
        deploy.allowInsecureDeploy = allowInsecureDeploy;
        deploy.allowUnknownPayloadKeys = allowUnknownPayloadKeys;
        deploy.frontendImage = frontendImage;
        deploy.backendImages = backendImages;
        deploy.codeAsDataImage = codeAsDataImage;
        deploy.imageName = imageName;
        deploy.backends = backends;
        deploy.codeAsData = codeAsData;
        deploy.codeAsDataDeploy = codeAsDataDeploy;
        deploy.deployBranches = deployBranches;
        deploy.environments = environments;
        deploy.environment = environment;
        deploy.dryRun = dryRun;
        return deploy;
    }
}
