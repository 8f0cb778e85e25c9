package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.DeployBranches.Decision;
import io.github.olympe.maven.ci.DeployBranches.Environment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeployBranchesTest {

    private static final BranchPattern MAIN = BranchPattern.of("deployBranches", "main|master");

    private static final List<Environment> AZURE = List.of(
            environment("codev", "develop"), environment("preprod", "stable"), environment("production", "master"));

    @Test
    void deploysFromAMatchingBranch() {
        DeployBranches branches = new DeployBranches(MAIN, List.of(), Optional.empty());

        assertThat(branches.deploy(branch("main")))
                .isEqualTo(new Decision(true, Optional.empty(), "the branch 'main' matches 'main|master'"));
        assertThat(branches.push(branch("master")).granted()).isTrue();
    }

    @Test
    void matchesWholeNames() {
        DeployBranches branches = new DeployBranches(MAIN, List.of(), Optional.empty());

        Decision decision = branches.deploy(branch("maintenance"));

        assertThat(decision.granted()).isFalse();
        assertThat(decision.reason())
                .isEqualTo("the branch 'maintenance' does not match; these branches are deployed: 'main|master'");
        assertThat(branches.push(branch("maintenance"))).isEqualTo(decision);
    }

    @Test
    void choosesTheEnvironmentOfTheBranch() {
        DeployBranches branches = new DeployBranches(MAIN, AZURE, Optional.empty());

        assertThat(branches.deploy(branch("stable")).environment()).contains("preprod");
        assertThat(branches.push(branch("develop")).granted()).isTrue();
    }

    @Test
    void withoutAnEnvironmentItSaysWhichBranchesHaveOne() {
        DeployBranches branches = new DeployBranches(
                MAIN,
                List.of(environment("codev", "develop"), new Environment("demo", Optional.empty())),
                Optional.empty());

        assertThat(branches.deploy(branch("topic")))
                .isEqualTo(new Decision(
                        false,
                        Optional.empty(),
                        "the branch 'topic' matches no environment; these branches are deployed: 'develop' (to codev),"
                                + " none (to demo, only with -Dolympe.environment=demo)"));
    }

    @Test
    void pushesFromDeployBranchesWithoutAnEnvironment() {
        DeployBranches branches = new DeployBranches(MAIN, AZURE, Optional.empty());

        assertThat(branches.deploy(branch("main")).granted()).isFalse();
        assertThat(branches.push(branch("main")))
                .isEqualTo(new Decision(true, Optional.empty(), "the branch 'main' matches 'main|master'"));
        assertThat(branches.push(branch("topic")).granted()).isFalse();
    }

    @Test
    void twoEnvironmentsForOneBranchAreAnError() {
        DeployBranches branches =
                new DeployBranches(MAIN, List.of(environment("a", "main"), environment("b", "ma.*")), Optional.empty());

        assertThatThrownBy(() -> branches.deploy(branch("main")))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The parameter 'environments' has 'a' and 'b' for the branch 'main'. Make their 'branch' expressions"
                                + " exclude each other, or choose one with -Dolympe.environment=a.");
    }

    @Test
    void aChosenEnvironmentWorksForAnyBranchAndTag() {
        DeployBranches branches = new DeployBranches(MAIN, AZURE, Optional.of(" preprod "));

        assertThat(branches.deploy(branch("topic")).environment()).contains("preprod");
        assertThat(branches.deploy(tag("v1")).environment()).contains("preprod");
        assertThat(branches.push(tag("v1")).granted()).isTrue();
    }

    @Test
    void aChosenEnvironmentMustExist() {
        assertThatThrownBy(() -> new DeployBranches(MAIN, AZURE, Optional.of("prod")).push(branch("main")))
                .hasMessage(
                        "Invalid value for 'environment' (olympe.environment): 'prod'. It is not one of the 'environments'."
                                + " Use 'codev' or 'preprod' or 'production'.");
        assertThatThrownBy(() -> new DeployBranches(MAIN, List.of(), Optional.of("prod")).deploy(branch("main")))
                .hasMessage(
                        "Invalid value for 'environment' (olympe.environment): 'prod'. The parameter 'environments' is empty."
                                + " Add an <environment> of this <name>.");
    }

    @Test
    void mergeRequestsNeverPushOrDeploy() {
        BuildContext build = new BuildContext(
                "GitLab CI",
                Optional.of("main"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("merge request !12"));

        for (Optional<String> chosen : List.of(Optional.<String>empty(), Optional.of("codev"))) {
            DeployBranches branches = new DeployBranches(MAIN, AZURE, chosen);
            Decision decision = branches.deploy(build);
            assertThat(decision.granted()).isFalse();
            assertThat(decision.reason())
                    .isEqualTo("this build is for merge request !12, and those are never pushed or deployed");
            assertThat(branches.push(build)).isEqualTo(decision);
        }
    }

    @Test
    void tagsAndUnknownBranchesAreSkipped() {
        DeployBranches branches = new DeployBranches(MAIN, List.of(), Optional.empty());

        assertThat(branches.push(tag("v1")).reason())
                .isEqualTo(
                        "this build is for the tag 'v1', not for a branch; these branches are deployed: 'main|master'");
        assertThat(branches.deploy(build("git", null, null)).reason())
                .isEqualTo(
                        "the branch is unknown (no git branch is checked out, and -Dolympe.branch is not set); these branches are deployed: 'main|master'");
        assertThat(branches.deploy(build("Jenkins", null, null)).reason())
                .startsWith(
                        "the branch is unknown (the variables of Jenkins name none, and -Dolympe.branch is not set)");
    }

    @Test
    void anInvalidExpressionIsAnError() {
        assertThatThrownBy(() -> BranchPattern.of("deployBranches", "main|(master"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Invalid value for 'deployBranches': 'main|(master'");
    }

    @Test
    void theErrorForABranchWithoutAnEnvironmentSaysHowToChooseOne() {
        DeployBranches branches = new DeployBranches(MAIN, AZURE, Optional.empty());

        assertThat(branches.deployAgain(build("git", "topic", null)).reason())
                .startsWith("the branch 'topic' matches no environment")
                .endsWith("; choose the environment with -Dolympe.environment=<name>");
        assertThat(branches.deployAgain(build("GitLab CI", "topic", null)))
                .isEqualTo(branches.deploy(build("GitLab CI", "topic", null)));
        assertThat(new DeployBranches(MAIN, AZURE, Optional.of(AZURE.get(0).name()))
                        .deployAgain(build("git", "topic", null))
                        .granted())
                .isTrue();
    }

    private static Environment environment(String name, String branch) {
        return new Environment(name, Optional.of(BranchPattern.of("environments", branch)));
    }

    private static BuildContext branch(String branch) {
        return build("GitLab CI", branch, null);
    }

    private static BuildContext tag(String tag) {
        return build("GitLab CI", null, tag);
    }

    private static BuildContext build(String system, String branch, String tag) {
        return new BuildContext(
                system,
                Optional.ofNullable(branch),
                Optional.empty(),
                Optional.ofNullable(tag),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aPersonDeploysAgainFromAnyBranchIfThereIsOnlyOneInstance() {
        BuildContext byHand = build("git", "topic", null);

        assertThat(new DeployBranches(MAIN, List.of(), Optional.empty()).deployAgain(byHand))
                .isEqualTo(new Decision(true, Optional.empty(), "it is run by hand (outside of a CI)"));
        assertThat(new DeployBranches(MAIN, AZURE.subList(0, 1), Optional.empty()).deployAgain(byHand))
                .isEqualTo(new Decision(true, Optional.of("codev"), "it is run by hand (outside of a CI)"));
        assertThat(new DeployBranches(MAIN, AZURE.subList(0, 2), Optional.empty())
                        .deployAgain(byHand)
                        .granted())
                .isFalse();
        assertThat(new DeployBranches(MAIN, List.of(), Optional.empty())
                        .deployAgain(build("Jenkins", "topic", null))
                        .granted())
                .isFalse();
    }

    /** A job passes {@code -Dolympe.environment=$ENVIRONMENT}, whose variable may be empty. */
    @Test
    void anEmptyNameChoosesNoEnvironment() {
        DeployBranches branches = new DeployBranches(MAIN, AZURE, Optional.of(" "));

        assertThat(branches.deploy(branch("stable")).environment()).contains("preprod");
    }
}
