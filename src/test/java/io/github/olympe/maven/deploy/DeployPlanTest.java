package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployPlanTest {

    private static final String URL = "https://deploy.example.com/acme/production";
    private static final DeployImages FRONTEND = DeployFixture.images("r.io/acme/shop-frontend:main", List.of(), null);

    @TempDir
    Path folder;

    private List<DeployRule> rules = List.of();
    private boolean codeAsData;
    private boolean required;
    private boolean dryRun;

    private DeployPlan plan(String branch, DeployImages images, DeployTarget... targets) {
        return DeployPlan.of(
                settings(targets),
                new BuildContext(
                        "git",
                        Optional.of(branch),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                images);
    }

    private DeploySettings settings(DeployTarget... targets) {
        List<DeployBranches.Environment> environments = List.of(targets).stream()
                .flatMap(target -> target.environment().stream())
                .map(name -> new DeployBranches.Environment(name, Optional.of(BranchPattern.of("branch", name))))
                .toList();
        return new DeploySettings(
                List.of(targets),
                new DeployBranches(BranchPattern.of("deployBranches", "main"), environments, Optional.empty()),
                PayloadSettings.of(rules, null, null, null, null, false),
                List.of(),
                codeAsData,
                Duration.ofSeconds(60),
                false,
                required,
                dryRun,
                folder,
                folder.resolve("deploy"));
    }

    private static DeployTarget single(String url) {
        return new DeployTarget(Optional.empty(), Optional.of(url), Optional.empty(), Optional.empty());
    }

    private static DeployTarget environment(String name, String url, String payload) {
        return new DeployTarget(
                Optional.of(name),
                Optional.ofNullable(url),
                Optional.of("server-" + name),
                Optional.ofNullable(payload).map(text -> new DeployTarget.Payload("payload", text)));
    }

    private static DeployImages unpushed(boolean codeAsData) {
        DeployImage image = new DeployImage("x", "r.io/acme/x:main", Optional.empty(), Optional.empty(), false);
        return codeAsData
                ? new DeployImages(FRONTEND.frontend(), List.of(), Optional.of(image))
                : new DeployImages(Optional.of(image), List.of(), Optional.empty());
    }

    @Test
    void saysWhatItWillDo() {
        DeployPlan plan = plan("main", FRONTEND, single(URL));

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.describe())
                .containsExactly(
                        "Deploying to " + URL + ", as the branch 'main' matches 'main':",
                        "  frontend -> r.io/acme/shop-frontend:main");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theBranchChoosesTheEnvironment() {
        DeployPlan plan =
                plan("codev", FRONTEND, environment("production", URL, null), environment("codev", URL, null));

        assertThat(plan.describe().get(0))
                .isEqualTo("Deploying to " + URL
                        + " (environment 'codev'), as the branch 'codev' matches 'codev' of the environment 'codev':");
        assertThat(plan.serverId()).contains("server-codev");
    }

    @Test
    void anotherBranchIsSkippedButItsConfigurationIsChecked() {
        assertThat(plan("topic", FRONTEND, single(URL)).describe())
                .singleElement()
                .asString()
                .startsWith("Skipping deploy: the branch 'topic' does not match");
        assertThatThrownBy(() -> plan("topic", FRONTEND, single("nowhere")).checkOtherBuilds())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Invalid value for 'deployUrl' (olympe.deploy.url): 'nowhere'. It is not a URL");
        assertThatThrownBy(() -> plan("topic", FRONTEND, environment("codev", URL, "{\"x\": 1}"))
                        .checkOtherBuilds())
                .hasMessageContaining("The key 'x' of the parameter 'payload' does not exist");
    }

    @Test
    void aVariableOfDeployingBuildsMayBeMissingInOthers() {
        DeployPlan plan = plan(
                "topic",
                FRONTEND,
                environment("codev", null, null),
                environment("preprod", "https://${env.PREPROD}/acme", null),
                environment("production", URL, "${env.PAYLOAD}"));

        assertThat(plan.checkOtherBuilds())
                .containsExactly(
                        "The deployment to the environment 'codev' is not checked: its URL is not set.",
                        "The deployment to the environment 'preprod' is not checked: the variable 'PREPROD' is not set in this"
                                + " build.",
                        "The deployment to the environment 'production' is not checked: the variable 'PAYLOAD' is not set in this"
                                + " build.");
        assertThatThrownBy(() -> plan("codev", FRONTEND, environment("codev", null, null)))
                .hasMessageContaining("Missing parameter 'environments.codev.url'");
    }

    @Test
    void everyImageMustHaveBeenPushed() {
        assertThatThrownBy(() -> plan("main", unpushed(false), single(URL)))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The image 'r.io/acme/x:main' was not pushed, and nothing is deployed unless every image was; run"
                                + " olympe:push first.");
        assertThat(plan("topic", unpushed(false), single(URL)).isEmpty()).isTrue();
    }

    @Test
    void onlyDeployedCodeAsDataMustBePushed() {
        assertThat(plan("main", unpushed(true), single(URL)).notes())
                .contains("Code as data is not deployed (olympe.codeAsData.deploy is not set).");
        codeAsData = true;
        assertThatThrownBy(() -> plan("main", unpushed(true), single(URL))).hasMessageContaining("was not pushed");
    }

    @Test
    void aDryRunAcceptsImagesThatWereNotPushed() {
        dryRun = true;

        assertThat(plan("main", unpushed(false), single(URL)).isEmpty()).isFalse();
    }

    @Test
    void deployedCodeAsDataMustExist() {
        codeAsData = true;

        assertThatThrownBy(() -> plan("main", FRONTEND, single(URL)))
                .hasMessageStartingWith(
                        "Invalid value for 'codeAsDataDeploy' (olympe.codeAsData.deploy): 'true'. There is no code-as-data image");
    }

    @Test
    void withoutAUrlItIsSkippedUnlessTheUserCallsIt() {
        assertThat(plan("main", FRONTEND).describe())
                .containsExactly("Skipping deploy: neither 'deployUrl' nor 'environments' is set.");
        required = true;
        assertThatThrownBy(() -> plan("main", FRONTEND))
                .hasMessageStartingWith("Missing parameter 'deployUrl' (olympe.deploy.url)");
    }

    @Test
    void urlAndEnvironmentsExcludeEachOther() {
        assertThatThrownBy(() -> plan("main", FRONTEND, single(URL), environment("codev", URL, null)))
                .hasMessage(
                        "The parameters 'deployUrl' (olympe.deploy.url) and 'environments' are both set. Remove one of them.");
    }

    @Test
    void knowsWhatItSendsAndWhereTo() {
        DeployPlan plan = plan("codev", FRONTEND, environment("codev", URL, null));

        assertThat(plan.environment()).contains("codev");
        assertThat(plan.url()).contains(DeployUrl.of("url", URL, false));
        assertThat(plan.images()).isEqualTo(FRONTEND.all());
        assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plan.payload().frontendImage()).contains("r.io/acme/shop-frontend:main");
    }

    @Test
    void aSkippedDeploymentHasNoPayload() {
        DeployPlan plan = plan("topic", FRONTEND, single(URL));

        assertThat(plan.url()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
        assertThatThrownBy(plan::payload)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This build does not deploy: the branch 'topic' does not match");
    }

    @Test
    void itsWarningsAreThoseOfThePreview() {
        rules = List.of(new DeployRule("backend", ".*"));
        DeployImages two = DeployFixture.images(
                null,
                List.of(
                        DeployFixture.backend("r.io/acme/a-backend:1", null),
                        DeployFixture.backend("r.io/acme/b-backend:1", null)),
                null);

        assertThat(plan("main", two, single(URL)).warnings())
                .singleElement()
                .asString()
                .contains("sends several images to the same backends");
    }

    @Test
    void codeAsDataAloneIsDeployedOnlyWhenAsked() {
        DeployImages code = DeployFixture.images(null, List.of(), "r.io/acme/code:main");

        assertThat(plan("main", code, single(URL)).describe())
                .containsExactly(
                        "Skipping deploy: there is no image but that of the code as data, which is deployed only with"
                                + " olympe.codeAsData.deploy.");
        assertThatThrownBy(() -> plan("main", code, single("nowhere"))).hasMessageContaining("It is not a URL");
        assertThatThrownBy(() -> plan("main", DeployImages.none(), single(URL)))
                .hasMessageStartingWith("The payload has no image");

        codeAsData = true;
        assertThat(plan("main", code, single(URL)).payload().codeAsDataImage()).contains("r.io/acme/code:main");
    }

    @Test
    void anImageOfTheBasePayloadIsEnough() {
        DeployImages code = DeployFixture.images(null, List.of(), "r.io/acme/code:main");
        DeployTarget target = environment("codev", URL, "{\"frontend\": {\"image\": \"r.io/acme/web:1\"}}");

        assertThat(plan("codev", code, target).payload().frontendImage()).contains("r.io/acme/web:1");
    }

    /** It stops the composition database for a moment. */
    @Test
    void codeAsDataInTheBasePayloadMustBeAskedForToo() {
        DeployTarget target = environment("codev", URL, "{\"codeAsData\": {\"image\": \"r.io/acme/code:1\"}}");

        assertThatThrownBy(() -> plan("codev", FRONTEND, target))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "The payload of the parameter 'payload' has the key 'codeAsData.image', but code as"
                                + " data is deployed only when asked");
    }

    @Test
    void saysWhetherItDeploysCodeAsData() {
        DeployImages both = DeployFixture.images("r.io/acme/web:main", List.of(), "r.io/acme/code:main");

        assertThat(plan("main", both, single(URL)).deploysCodeAsData()).isFalse();
        codeAsData = true;
        assertThat(plan("main", both, single(URL)).deploysCodeAsData()).isTrue();
        assertThat(plan("topic", both, single(URL)).deploysCodeAsData()).isFalse();
    }

    /** {@code rollback} and {@code promote} send a payload that they read from a record. */
    @Test
    void anEarlierPayloadIsSentToItsEnvironment() {
        DeploySettings settings = settings(
                environment("codev", "https://deploy.example.com/acme/codev", null), environment("preprod", URL, null));
        PayloadBase earlier = PayloadBase.of("record", "{\"frontend\": {\"image\": \"r.io/acme/web:1\"}}", folder);
        DeployBranches.Decision decision =
                new DeployBranches.Decision(true, Optional.of("preprod"), "it is run by hand");

        DeployPlan plan = DeployPlan.again(settings, decision, earlier, FRONTEND);

        assertThat(plan.describe())
                .containsExactly(
                        "Deploying to " + URL + " (environment 'preprod'), as it is run by hand:",
                        "  frontend -> r.io/acme/web:1");
        assertThat(plan.images()).isEqualTo(FRONTEND.all());
        assertThatThrownBy(() -> DeployPlan.again(settings(), decision, earlier, FRONTEND))
                .hasMessageStartingWith("Missing parameter 'deployUrl' (olympe.deploy.url)");
    }

    @Test
    void anEarlierPayloadWithCodeAsDataNeedsTheSameConsent() {
        PayloadBase earlier = PayloadBase.of("record", "{\"codeAsData\": {\"image\": \"r.io/acme/code:1\"}}", folder);
        DeployBranches.Decision decision = new DeployBranches.Decision(true, Optional.empty(), "it is run by hand");
        DeploySettings settings = settings(single(URL));

        assertThatThrownBy(() -> DeployPlan.again(settings, decision, earlier, DeployImages.none()))
                .hasMessageContaining("code as data is deployed only when asked");
        DeployPlan plan = DeployPlan.again(settings.withCodeAsData(true), decision, earlier, DeployImages.none());
        assertThat(plan.payload().codeAsDataImage()).contains("r.io/acme/code:1");
        assertThat(plan.deploysCodeAsData()).isFalse();
    }

    /** The payload of another branch's build may come from its images, so nothing can be said about it here. */
    @Test
    void withoutAnImageTheOtherBuildsPayloadIsNotChecked() {
        assertThat(plan("topic", DeployImages.none(), single(URL)).checkOtherBuilds())
                .isEmpty();
        assertThatThrownBy(() -> plan(
                                "topic",
                                DeployImages.none(),
                                environment("codev", URL, "{\"frontend\": {\"image\": \"a b\"}}"))
                        .checkOtherBuilds())
                .hasMessageStartingWith("The image reference of the key 'frontend.image' is 'a b'");
    }

    /** JSON that is written out is checked, even if a variable within it has no value yet. */
    @Test
    void aVariableWithinJsonLeavesTheRestToCheck() {
        assertThatThrownBy(() -> plan("topic", FRONTEND, environment("codev", URL, "{\"x\": \"${env.TAG}\"}"))
                        .checkOtherBuilds())
                .hasMessageContaining("The key 'x' of the parameter 'payload' does not exist");
    }

    @Test
    void sendsWhatItHasWritten() throws Exception {
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            SecretMask mask = new SecretMask();
            mask.add(Secret.of("shop-frontend"));
            DeployPlan plan = plan("main", FRONTEND, single(webhook.url("/acme")));

            String shown = plan.writePayload(mask);

            assertThat(shown).contains("r.io/acme/***:main");
            assertThat(Files.readString(folder.resolve("deploy/payload.json"))).isEqualTo(shown);

            Deployment deployment = plan.run(
                    new Webhook("test", Duration.ofSeconds(10), HttpProxies.none(), mask),
                    new WebhookToken(Secret.of("s3cret-t0ken"), "WEBHOOK_TOKEN"),
                    new SilentDeployLog());

            assertThat(deployment.status()).isEqualTo(200);
            assertThat(deployment.images()).isEqualTo(FRONTEND.all());
            assertThat(webhook.requests()).hasSize(1);
        }
    }
}
