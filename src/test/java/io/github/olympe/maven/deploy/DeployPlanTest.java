package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
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

    private boolean codeAsData;
    private boolean required;
    private boolean dryRun;

    private DeployPlan plan(String branch, DeployImages images, DeployTarget... targets) {
        List<DeployBranches.Environment> environments = List.of(targets).stream()
                .flatMap(target -> target.environment().stream())
                .map(name -> new DeployBranches.Environment(name, Optional.of(BranchPattern.of("branch", name))))
                .toList();
        DeploySettings settings = new DeploySettings(
                List.of(targets),
                new DeployBranches(BranchPattern.of("deployBranches", "main"), environments, Optional.empty()),
                PayloadSettings.of(List.of(), null, null, null, null, false),
                List.of(),
                codeAsData,
                Duration.ofSeconds(60),
                false,
                required,
                dryRun,
                folder,
                folder.resolve("deploy"));
        return DeployPlan.of(
                settings,
                new BuildContext(
                        "git",
                        Optional.of(branch),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                images);
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
}
