package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.deploy.DeployImages;
import io.github.olympe.maven.deploy.DeployPreview;
import io.github.olympe.maven.deploy.DeployRule;
import io.github.olympe.maven.deploy.DeployUrl;
import io.github.olympe.maven.deploy.Deployment;
import io.github.olympe.maven.deploy.Payload;
import io.github.olympe.maven.deploy.PayloadBase;
import io.github.olympe.maven.deploy.PayloadSettings;
import io.github.olympe.maven.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What goals that deploy, or that check a deployment, take. */
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

    static final String ONLY_CODE_AS_DATA =
            "there is no image but that of the code as data, which is deployed only with olympe.codeAsData.deploy";

    /** Where a deployment goes, and what it starts from. */
    record Place(Optional<String> environment, DeployUrl url, Optional<String> serverId, PayloadBase base) {}

    /** A deployment that was found to be in order. */
    record DeployPlan(Place place, Deployment deployment, DeployPreview preview) {

        /** What will happen, a line each. */
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("Deployment to " + place.url()
                    + place.environment()
                            .map(name -> " (environment '" + name + "')")
                            .orElse("") + ":");
            preview.lines().forEach(line -> lines.add("  " + line));
            return lines;
        }
    }

    /**
     * Whether it is said anywhere where to deploy to.
     *
     * @throws OlympeException if it is said in two ways
     */
    final boolean isDeploymentConfigured() {
        boolean url = deployUrl != null && !deployUrl.isBlank();
        if (url && !environments().isEmpty()) {
            throw new OlympeException("The parameters 'deployUrl' ('" + deployUrl
                    + "') and 'environments' are both set; remove one of them.");
        }
        return url || !environments().isEmpty();
    }

    /**
     * The backends that the image of the backend of this name is deployed to, a regular expression.
     *
     * @param name tells the backend's name
     */
    final Optional<String> deployTo(Predicate<String> name) {
        return backendSections().stream()
                .filter(section -> name.test(nameOf(section)))
                .findFirst()
                .flatMap(section -> Optional.ofNullable(section.deployTo))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** The names of the backends that are built. */
    final List<String> backendSectionNames() {
        return backendSections().stream().map(AbstractDeployMojo::nameOf).toList();
    }

    private List<Backend> backendSections() {
        return backends == null
                ? List.of()
                : backends.stream().filter(section -> !section.skip).toList();
    }

    private static String nameOf(Backend section) {
        return section.name == null || section.name.isBlank() ? "backend" : section.name.strip();
    }

    /**
     * Finds out what deploying these images would do, and whether all is in order.
     *
     * @param place the name of the environment, where there are any
     * @throws OlympeException if anything is not
     */
    final DeployPlan plan(Optional<String> place, DeployImages images) {
        Place target = place(place);
        if (!deploysCodeAsData() && target.base().json().path("codeAsData").has("image")) {
            throw new OlympeException("The payload of " + target.base().origin()
                    + " has the key 'codeAsData.image', but code as data is deployed only when asked, as it briefly stops the composition"
                    + " database; set olympe.codeAsData.deploy, or remove the key.");
        }
        Payload merged = Payload.of(target.base(), images, payloadSettings());
        DeployPreview preview = DeployPreview.of(merged, names());
        return new DeployPlan(
                target, new Deployment(target.url(), merged, outputDirectory().resolve("deploy")), preview);
    }

    /** Whether there is nothing to deploy: none of these images, and none that the payload of the place names. */
    final boolean isWithoutImages(Optional<String> place, DeployImages images) {
        return images.isEmpty() && !place(place).base().hasImage();
    }

    /**
     * What a place lacks that only the builds that deploy to it may have: a variable of the CI, for one, that others do not get. Maven has
     * nothing for a parameter that is such a variable alone, and leaves it as it is within a longer text.
     */
    final Optional<String> lack(Optional<String> place) {
        DeployEnvironment section = place.map(this::section).orElseGet(() -> {
            DeployEnvironment alone = new DeployEnvironment();
            alone.url = deployUrl;
            return alone;
        });
        String base = section.payload == null || section.payload.isBlank() ? payload : section.payload;
        boolean complete = section.url != null
                && !section.url.isBlank()
                && !section.url.contains("${")
                && (base == null || !base.strip().startsWith("${"));
        return complete
                ? Optional.empty()
                : Optional.of(
                        "The deployment"
                                + place.map(name -> " to the environment '" + name + "'")
                                        .orElse("")
                                + " is not checked, since its URL or payload is not set, or names a variable that this build does not have.");
    }

    private DeployEnvironment section(String name) {
        return environments().stream()
                .filter(candidate ->
                        candidate.name != null && candidate.name.strip().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Place place(Optional<String> name) {
        if (name.isEmpty()) {
            return new Place(
                    name,
                    DeployUrl.of("deployUrl", String.valueOf(deployUrl), allowInsecureDeploy),
                    Optional.ofNullable(deployServerId),
                    base("payload", payload));
        }
        DeployEnvironment section = section(name.get());
        String path = "environments." + name.get();
        String sectionUrl = section.url;
        if (sectionUrl == null || sectionUrl.isBlank()) {
            throw new OlympeException("The environment '" + name.get()
                    + "' of the parameter 'environments' has no <url>; set it to the webhook of that instance.");
        }
        return new Place(
                name,
                DeployUrl.of(path + ".url", sectionUrl, allowInsecureDeploy),
                Optional.ofNullable(section.serverId).or(() -> Optional.ofNullable(deployServerId)),
                section.payload == null || section.payload.isBlank()
                        ? base("payload", payload)
                        : base(path + ".payload", section.payload));
    }

    private PayloadBase base(String parameter, @Nullable String text) {
        return text == null ? PayloadBase.none() : PayloadBase.of(parameter, text, projectDirectory());
    }

    private PayloadSettings payloadSettings() {
        List<DeployRule> rules = new ArrayList<>();
        for (DeployRuleSection section : deployRules == null ? List.<DeployRuleSection>of() : deployRules) {
            if (section == null || section.source == null || section.target == null) {
                throw new OlympeException(
                        "The parameter 'deployRules' has a <deployRule> without a <source> or a <target>; give it both.");
            }
            rules.add(new DeployRule(section.source.strip(), section.target.strip()));
        }
        return PayloadSettings.of(
                rules, promotionMode, updateMode(), skipUpdateVersions, extraArgs, allowUnknownPayloadKeys);
    }

    private @Nullable String updateMode() {
        return codeAsData != null && codeAsData.updateMode != null ? codeAsData.updateMode : codeAsDataUpdateMode;
    }

    private List<String> names() {
        return backendNames == null
                ? List.of()
                : backendNames.stream()
                        .filter(name -> name != null && !name.isBlank())
                        .map(String::strip)
                        .toList();
    }

    final Duration deployTimeout() {
        return Seconds.of("deployTimeout", "olympe.deploy.timeout", deployTimeout);
    }

    /**
     * The webhook's token.
     *
     * @throws OlympeException if there is none, or none that can be sent
     */
    static Secret token(Optional<Credential> found) {
        Credential credential = found.orElseThrow(() -> new OlympeException(noToken()));
        Secret token = credential
                .secret()
                .orElseThrow(() -> new OlympeException(
                        "The " + credential.source() + " has no password; put the token of the deploy webhook there."));
        if (!token.reveal().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new OlympeException("The token of the deploy webhook (" + credential.source()
                    + ") has spaces, line ends or letters that no HTTP header takes; store it again without them.");
        }
        return token;
    }

    /** Says that there is no token, and where to put it. */
    static String noToken() {
        return "There is no token for the deploy webhook; set the environment variable OLYMPE_DEPLOY_TOKEN (or WEBHOOK_TOKEN), or"
                + " 'deployServerId' to a server of settings.xml that has it as its password.";
    }
}
