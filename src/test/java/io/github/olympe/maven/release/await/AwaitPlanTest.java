package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.DeployBranches.Environment;
import io.github.olympe.maven.registry.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwaitPlanTest {

    private static final String URL = "https://shop.example.com/";

    private Optional<String> url = Optional.of("https://shop.example.com");
    private Map<String, String> environmentUrls = Map.of();
    private List<Environment> environments = List.of();
    private Optional<String> file = Optional.empty();
    private Optional<String> serverId = Optional.empty();
    private boolean required;

    private AwaitPlan plan(String system, String branch) {
        return AwaitPlan.of(
                new AwaitSettings(
                        url,
                        environmentUrls,
                        new DeployBranches(BranchPattern.of("deployBranches", "main"), environments, Optional.empty()),
                        file,
                        Duration.ofSeconds(600),
                        serverId,
                        Optional.of("/srv/www"),
                        required),
                new BuildContext(
                        system,
                        Optional.of(branch),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private AwaitPlan plan() {
        return plan("GitLab CI", "main");
    }

    private static Environment environment(String name, String branch) {
        return new Environment(name, Optional.of(BranchPattern.of("branch", branch)));
    }

    @Test
    void awaitsTheEnvironmentThatTheBranchIsDeployedTo() {
        AwaitPlan plan = plan();

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.url()).hasValueSatisfying(awaited -> assertThat(awaited).hasToString(URL));
        assertThat(plan.environment()).isEmpty();
        assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(plan.root()).contains("/srv/www");
        assertThat(plan.describe())
                .containsExactly(
                        "Awaiting " + URL + " for at most 600 s, until it serves the frontend that is deployed.");
    }

    @Test
    void namesTheFileThatTheUserSet() {
        file = Optional.of("//js/main.js");

        assertThat(plan().describe())
                .containsExactly("Awaiting " + URL
                        + " for at most 600 s, until it serves 'js/main.js' of the frontend that is deployed.");
    }

    @Test
    void withoutAUrlOnlyAPersonIsToldSo() {
        url = Optional.empty();
        assertThat(plan().isEmpty()).isTrue();
        assertThat(plan().describe()).isEmpty();

        required = true;
        assertThatThrownBy(this::plan)
                .isInstanceOf(OlympeException.class)
                .hasMessage("Missing parameter 'awaitUrl' (olympe.await.url). Set it to the URL where the environment"
                        + " serves its frontend.");
    }

    @Test
    void aBranchThatIsNotDeployedIsNotAwaited() {
        AwaitPlan skipped = plan("git", "topic");

        assertThat(skipped.isEmpty()).isTrue();
        assertThat(skipped.describe())
                .containsExactly(
                        "Skipping await: the branch 'topic' does not match; these branches are deployed:" + " 'main'.");
    }

    /** After a rollback, for instance. */
    @Test
    void aPersonMayWaitFromAnyBranch() {
        required = true;

        assertThat(plan("git", "topic").isEmpty()).isFalse();
        assertThat(plan("GitLab CI", "topic").isEmpty()).isTrue();
    }

    @Test
    void anEnvironmentMayHaveAUrlOfItsOwn() {
        environments = List.of(environment("codev", "main"), environment("production", "release"));
        environmentUrls = Map.of("codev", "https://codev.example.com/app");
        AwaitPlan codev = plan("GitLab CI", "main");
        assertThat(codev.environment()).contains("codev");
        assertThat(codev.url())
                .hasValueSatisfying(awaited -> assertThat(awaited).hasToString("https://codev.example.com/app/"));
        assertThat(plan("GitLab CI", "release").url())
                .hasValueSatisfying(awaited -> assertThat(awaited).hasToString(URL));

        url = Optional.empty();
        AwaitPlan skipped = plan("GitLab CI", "release");
        assertThat(skipped.environment()).contains("production");
        assertThat(skipped.describe())
                .containsExactly("Skipping await: the environment 'production' has no <awaitUrl>.");
    }

    @Test
    void aWrongUrlIsReportedByItsParameter() {
        url = Optional.of("shop.example.com");
        assertThatThrownBy(this::plan).hasMessageStartingWith("Invalid value for 'awaitUrl': 'shop.example.com'.");

        environments = List.of(environment("codev", "main"));
        environmentUrls = Map.of("codev", "codev.example.com");
        assertThatThrownBy(this::plan)
                .hasMessageStartingWith("Invalid value for 'environments.codev.awaitUrl': 'codev.example.com'.");
    }

    @Test
    void theUrlsOfOtherEnvironmentsAreCheckedToo() {
        environments = List.of(environment("codev", "main"), environment("production", "release"));
        environmentUrls = Map.of("production", "${PRODUCTION_URL}");
        assertThat(plan().checkOtherBuilds()).isEmpty();

        environmentUrls = Map.of("production", "http://shop.example.com");
        assertThat(plan().checkOtherBuilds()).isEmpty();
        serverId = Optional.of("shop");
        assertThat(plan().serverId()).contains("shop");
        assertThatThrownBy(() -> plan().checkOtherBuilds())
                .hasMessageStartingWith("Invalid value for 'environments.production.awaitUrl'")
                .hasMessageContaining("unencrypted");
    }

    @Test
    void aCredentialIsNotSentUnencrypted() {
        url = Optional.of("http://shop.example.com");
        assertThat(plan().isEmpty()).isFalse();

        serverId = Optional.of("shop");
        assertThatThrownBy(this::plan).hasMessageContaining("would be sent there unencrypted");
    }

    private static FrontendFiles files(String content) {
        return new FrontendFiles(Map.of(
                "index.html", new ServedFile("index.html", Digest.of(content), content.length()),
                "other.js", new ServedFile("other.js", Digest.of("the same"), 8)));
    }

    private static Optional<String> path(Optional<AwaitedFile> file) {
        return file.map(chosen -> chosen.file().path());
    }

    @Test
    void choosesAFileThatTellsTheNewFrontendFromTheOld() {
        assertThat(path(plan().lookBefore(files("new"), (url, asked) -> Sight.error(404))))
                .contains("index.html");
        assertThat(path(plan().chooseByContent(files("new"), files("old"), "record 'x'")))
                .contains("index.html");
        assertThat(plan().chooseByContent(files("new"), files("new"), "record 'x'"))
                .isEmpty();
        assertThat(path(plan().chooseByName(files("new")))).contains("index.html");
    }

    @Test
    void theUsersFileIsTheOnlyOneToChoose() {
        file = Optional.of("/other.js");

        assertThat(path(plan().chooseByName(files("new")))).contains("other.js");
        assertThat(plan().chooseByContent(files("new"), files("old"), "record 'x'"))
                .isEmpty();
    }

    @Test
    void aFileThatTheFrontendDoesNotHaveIsAnError() {
        file = Optional.of("missing.js");

        assertThatThrownBy(() -> plan().chooseByName(files("new")))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'awaitFile' (olympe.await.file): 'missing.js'. The frontend's image has"
                        + " no such file of at most 256 KiB. Write the path of one, such as 'index.html'.");
    }

    @Test
    void asksUntilTheNewFrontendIsServed() {
        List<String> lines = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        AwaitedFile awaited = plan().chooseByName(files("new")).orElseThrow();

        AwaitResult result = plan().run(
                        awaited,
                        false,
                        (url, file) -> {
                            asked.add(url.of(file).toString());
                            return Sight.of(Digest.of("new"));
                        },
                        AwaitClock.system(),
                        lines::add);

        assertThat(result.state()).isEqualTo(AwaitResult.State.SERVED);
        assertThat(asked).containsExactly(URL + "index.html");
        assertThat(lines).hasSize(2);
    }

    @Test
    void theClockOfTheMachineGoesOnWhileAWaitPauses() throws InterruptedException {
        AwaitClock clock = AwaitClock.system();
        Duration before = clock.elapsed();
        clock.pause(Duration.ofMillis(30));

        assertThat(before).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(clock.elapsed().minus(before)).isBetween(Duration.ofMillis(30), Duration.ofMinutes(1));
    }
}
