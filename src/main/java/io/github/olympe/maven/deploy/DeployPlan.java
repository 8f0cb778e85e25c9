package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.text.InvalidParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A checked deployment, or the reason why this build deploys nothing. */
public final class DeployPlan implements Plan {

    private final DeploySettings settings;
    private final DeployImages images;
    private final String reason;
    private final Optional<Prepared> prepared;
    private final List<String> notes;

    /** What will be deployed, and to which target. */
    private record Prepared(DeployTarget target, DeployPreview preview, DeployRequest request) {}

    private DeployPlan(
            DeploySettings settings,
            DeployImages images,
            String reason,
            Optional<Prepared> prepared,
            List<String> notes) {
        this.settings = settings;
        this.images = images;
        this.reason = reason;
        this.prepared = prepared;
        this.notes = List.copyOf(notes);
    }

    /**
     * Plans the deployment of these images by this build.
     *
     * @throws OlympeException if a setting or the payload is wrong
     */
    public static DeployPlan of(DeploySettings settings, BuildContext build, DeployImages images) {
        if (settings.targets().isEmpty()) {
            if (settings.required()) {
                throw missingUrl();
            }
            return skipping(settings, images, "neither 'deployUrl' nor 'environments' is set");
        }
        DeployBranches.Decision decision = settings.branches().deploy(build);
        DeployImages wanted = settings.codeAsData() ? images : images.withoutCodeAsData();
        if (!decision.granted()) {
            return skipping(settings, wanted, decision.reason());
        }
        DeployTarget target = settings.targets().stream()
                .filter(candidate -> candidate.environment().equals(decision.environment()))
                .findFirst()
                .orElseThrow();
        PayloadBase base = base(settings, target);
        if (images.codeAsData().isPresent() && wanted.isEmpty() && !base.hasImage()) {
            target.checkedUrl(settings.allowInsecure());
            return skipping(
                    settings,
                    wanted,
                    "there is no image but that of the code as data, which is deployed only with olympe.codeAsData.deploy");
        }
        requireImages(settings, wanted);
        Prepared prepared = prepare(settings, target, base, wanted);
        boolean leftOut = images.codeAsData().isPresent() && !settings.codeAsData();
        return new DeployPlan(
                settings,
                wanted,
                decision.reason(),
                Optional.of(prepared),
                leftOut ? List.of("Code as data is not deployed (olympe.codeAsData.deploy is not set).") : List.of());
    }

    /**
     * Plans to send a payload again.
     *
     * @param decision the decision to deploy, with the environment
     * @param payload the whole payload
     * @param images its images, for display
     * @throws OlympeException if a setting or the payload is wrong
     */
    public static DeployPlan again(
            DeploySettings settings, DeployBranches.Decision decision, PayloadBase payload, DeployImages images) {
        DeployTarget target = settings.targets().stream()
                .filter(candidate -> candidate.environment().equals(decision.environment()))
                .findFirst()
                .orElseThrow(DeployPlan::missingUrl);
        return new DeployPlan(
                settings,
                images,
                decision.reason(),
                Optional.of(prepare(settings, target, payload, DeployImages.none())),
                List.of());
    }

    private static OlympeException missingUrl() {
        return InvalidParameter.missing(
                "deployUrl (olympe.deploy.url)", "Set it to the URL of the deploy webhook, or set 'environments'.");
    }

    private static DeployPlan skipping(DeploySettings settings, DeployImages images, String reason) {
        return new DeployPlan(settings, images, reason, Optional.empty(), List.of());
    }

    @Override
    public List<String> checkOtherBuilds() {
        if (!isEmpty()) {
            return List.of();
        }
        List<String> unchecked = new ArrayList<>();
        for (DeployTarget target : settings.targets()) {
            Optional<String> gap = target.gap();
            if (gap.isPresent()) {
                unchecked.add("The deployment"
                        + target.environment()
                                .map(name -> " to the environment '" + name + "'")
                                .orElse("")
                        + " is not checked: " + gap.get() + ".");
                continue;
            }
            target.checkedUrl(settings.allowInsecure());
            PayloadBase base = base(settings, target);
            if (!images.isEmpty() || base.hasImage()) {
                prepare(settings, target, base, images);
            }
        }
        return unchecked;
    }

    private static void requireImages(DeploySettings settings, DeployImages images) {
        if (settings.codeAsData() && images.codeAsData().isEmpty()) {
            throw InvalidParameter.of(
                    "codeAsDataDeploy (olympe.codeAsData.deploy)",
                    true,
                    "There is no code-as-data image. Run the goals 'image' and 'push' with it, or name the image by"
                            + " 'codeAsDataImage'.");
        }
        for (DeployImage image : images.all()) {
            if (!image.pushed() && !settings.dryRun()) {
                throw new OlympeException("The image '" + image.reference()
                        + "' was not pushed, and nothing is deployed unless every image was; run olympe:push first.");
            }
        }
    }

    private static PayloadBase base(DeploySettings settings, DeployTarget target) {
        return target.payload()
                .map(payload -> PayloadBase.of(payload.parameter(), payload.text(), settings.projectDirectory()))
                .orElseGet(PayloadBase::none);
    }

    private static Prepared prepare(
            DeploySettings settings, DeployTarget target, PayloadBase base, DeployImages images) {
        DeployUrl url = target.checkedUrl(settings.allowInsecure());
        if (!settings.codeAsData() && base.json().path("codeAsData").has("image")) {
            throw new OlympeException("The payload of " + base.origin()
                    + " has the key 'codeAsData.image', but code as data is deployed only when asked, as it briefly stops the composition"
                    + " database; set olympe.codeAsData.deploy, or remove the key.");
        }
        Payload payload = Payload.of(base, images, settings.payload());
        return new Prepared(
                target,
                DeployPreview.of(payload, settings.backendNames()),
                new DeployRequest(url, payload, settings.folder()));
    }

    /** Returns whether the code as data is deployed. */
    public boolean deploysCodeAsData() {
        return !isEmpty() && settings.codeAsData() && images.codeAsData().isPresent();
    }

    /** Returns the server of {@code settings.xml} that holds the token. */
    public Optional<String> serverId() {
        return prepared.flatMap(deployment -> deployment.target().serverId());
    }

    /** Returns the name of the environment to deploy to, if the project has several. */
    public Optional<String> environment() {
        return prepared.flatMap(deployment -> deployment.target().environment());
    }

    /** Returns the URL that the payload goes to. */
    public Optional<DeployUrl> url() {
        return prepared.map(deployment -> deployment.request().url());
    }

    /**
     * Returns the payload that is sent.
     *
     * @throws IllegalStateException if nothing is deployed
     */
    public Payload payload() {
        return deployment().request().payload();
    }

    /** Returns the images of this build that are deployed. The payload may contain others too. */
    public List<DeployImage> images() {
        return images.all();
    }

    /** Returns how long the webhook may take to answer. */
    public Duration timeout() {
        return settings.timeout();
    }

    @Override
    public boolean isEmpty() {
        return prepared.isEmpty();
    }

    @Override
    public List<String> describe() {
        if (prepared.isEmpty()) {
            return List.of("Skipping deploy: " + reason + ".");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Deploying to " + deployment().request().url()
                + deployment()
                        .target()
                        .environment()
                        .map(name -> " (environment '" + name + "')")
                        .orElse("") + ", as " + reason + ":");
        deployment().preview().lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** Returns what is left out, one sentence each. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public List<String> warnings() {
        return prepared.map(deployment -> deployment.preview().warnings()).orElse(List.of());
    }

    /**
     * Writes what will be sent to {@code payload.json}, and removes the answer of an earlier deployment.
     *
     * @return the payload, without secrets
     * @throws OlympeException if the folder cannot be written
     */
    public String writePayload(SecretMask mask) {
        String masked = mask.mask(deployment().request().payload().toJson());
        deployment().request().prepare(masked);
        return masked;
    }

    /**
     * Sends the payload, and writes the answer to {@code response.json}.
     *
     * @throws OlympeException if the webhook did not accept it, or if that is unknown
     */
    public Deployment run(Webhook webhook, WebhookToken token, DeployLog log) {
        WebhookAnswer answer = deployment().request().send(webhook, token, log);
        return new Deployment(images.all(), deployment().request().url(), answer);
    }

    private Prepared deployment() {
        return prepared.orElseThrow(() -> new IllegalStateException("This build does not deploy: " + reason));
    }
}
