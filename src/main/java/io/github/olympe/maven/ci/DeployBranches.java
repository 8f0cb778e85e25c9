package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which builds push and deploy images, and to which environment. Builds of merge and pull requests never do; other builds do on the
 * right branches. The goals that push and the goals that deploy both ask here, so that no image is deployed that was not pushed.
 *
 * @param branches the branches that a build without environments deploys from
 * @param environments the environments, each with its branches
 * @param chosen the name of the environment that the user chose, whatever the branch
 */
public record DeployBranches(BranchPattern branches, List<Environment> environments, Optional<String> chosen) {

    /**
     * An environment to deploy to.
     *
     * @param name its name
     * @param branch the branches that are deployed to it; absent if the environment must be chosen by name
     */
    public record Environment(String name, Optional<BranchPattern> branch) {}

    /**
     * Whether to push or deploy, and why.
     *
     * @param granted whether to push or deploy
     * @param environment the environment to deploy to, if the pom has environments
     * @param reason why, in one line without a full stop: {@code branch 'main' matches 'main|master'}
     */
    public record Decision(boolean granted, Optional<String> environment, String reason) {

        private static Decision no(String reason) {
            return new Decision(false, Optional.empty(), reason);
        }
    }

    public DeployBranches {
        environments = List.copyOf(environments);
        chosen = chosen.map(String::strip).filter(name -> !name.isEmpty());
    }

    /**
     * Decides whether this build pushes its images. It does if it is deployed, and on the deploy branches even if they have no environment.
     *
     * @throws OlympeException as {@link #deploy(BuildContext)}
     */
    public Decision push(BuildContext build) {
        return believed(build, this::decidePush);
    }

    private Decision decidePush(BuildContext build) {
        Decision deployed = decideDeploy(build);
        if (deployed.granted() || build.mergeRequest().isPresent() || environments.isEmpty()) {
            return deployed;
        }
        return build.branch()
                .filter(branches::matches)
                .map(branch -> new Decision(true, Optional.empty(), matched(branch, branches)))
                .orElse(deployed);
    }

    /**
     * Decides whether this build is deployed, and to which environment.
     *
     * @throws OlympeException if the chosen environment does not exist, or two environments match this branch, or the commit of the branch
     *     to deploy is not checked out
     */
    public Decision deploy(BuildContext build) {
        return believed(build, this::decideDeploy);
    }

    /**
     * Decides whether this build deploys an earlier deployment again. The rules are those of {@link #deploy(BuildContext)}, except that a
     * person who runs the goal outside of a CI may do so from any branch.
     *
     * @throws OlympeException as {@link #deploy(BuildContext)}
     */
    public Decision deployAgain(BuildContext build) {
        boolean byHand = build.system().equals("git") && chosen.isEmpty();
        if (byHand && environments.size() < 2) {
            return new Decision(
                    true,
                    environments.stream().map(Environment::name).findFirst(),
                    "it is run by hand (outside of a CI)");
        }
        Decision decision = deploy(build);
        return byHand && !decision.granted()
                ? Decision.no(decision.reason() + "; choose the environment with -Dolympe.environment=<name>")
                : decision;
    }

    /** Applies a rule to the branch that the CI's variables name. If its commit is not checked out, a positive decision is an error. */
    private Decision believed(BuildContext build, Function<BuildContext, Decision> rule) {
        if (build.otherCheckout().isEmpty() || chosen.isPresent()) {
            return rule.apply(build);
        }
        OtherCheckout other = build.otherCheckout().get();
        Decision decision = rule.apply(build.onBranch(other.branch()));
        if (decision.granted()) {
            throw other.refusal();
        }
        return decision;
    }

    private Decision decideDeploy(BuildContext build) {
        Optional<Environment> wanted = chosen.map(this::named);
        if (build.mergeRequest().isPresent()) {
            return Decision.no(
                    "this build is for " + build.mergeRequest().get() + ", and those are never pushed or deployed");
        }
        if (wanted.isPresent()) {
            return new Decision(
                    true, chosen, "the environment '" + chosen.get() + "' was chosen by olympe.environment");
        }
        if (build.branch().isEmpty()) {
            return Decision.no(withoutBranch(build) + "; these branches are deployed: " + wouldMatch());
        }
        String branch = build.branch().get();
        if (environments.isEmpty()) {
            return branches.matches(branch)
                    ? new Decision(true, Optional.empty(), matched(branch, branches))
                    : Decision.no(
                            "the branch '" + branch + "' does not match; these branches are deployed: " + wouldMatch());
        }
        return chosenBy(branch);
    }

    private Decision chosenBy(String branch) {
        List<Environment> matching = environments.stream()
                .filter(environment -> environment
                        .branch()
                        .filter(pattern -> pattern.matches(branch))
                        .isPresent())
                .toList();
        if (matching.size() > 1) {
            throw new OlympeException(String.format(
                    "The parameter 'environments' has %s for the branch '%s'. Make their 'branch' expressions exclude each other,"
                            + " or choose one with -Dolympe.environment=%s.",
                    matching.stream().map(DeployBranches::quoted).collect(Collectors.joining(" and ")),
                    branch,
                    matching.get(0).name()));
        }
        return matching.stream()
                .findFirst()
                .map(environment -> new Decision(
                        true,
                        Optional.of(environment.name()),
                        matched(branch, environment.branch().orElseThrow()) + " of the environment '"
                                + environment.name() + "'"))
                .orElseGet(() -> Decision.no("the branch '" + branch
                        + "' matches no environment; these branches are deployed: " + wouldMatch()));
    }

    private Environment named(String name) {
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> environments.isEmpty()
                        ? InvalidParameter.of(
                                "environment (olympe.environment)",
                                name,
                                "The parameter 'environments' is empty. Add an <environment> of this <name>.")
                        : InvalidParameter.of(
                                "environment (olympe.environment)",
                                name,
                                "It is not one of the 'environments'. Use "
                                        + environments.stream()
                                                .map(DeployBranches::quoted)
                                                .collect(Collectors.joining(" or "))
                                        + "."));
    }

    private String wouldMatch() {
        if (environments.isEmpty()) {
            return "'" + branches + "'";
        }
        return environments.stream()
                .map(environment -> environment
                        .branch()
                        .map(pattern -> "'" + pattern + "' (to " + environment.name() + ")")
                        .orElse("none (to " + environment.name() + ", only with -Dolympe.environment="
                                + environment.name() + ")"))
                .collect(Collectors.joining(", "));
    }

    private static String withoutBranch(BuildContext build) {
        return build.tag()
                .map(tag -> "this build is for the tag '" + tag + "', not for a branch")
                .orElse("the branch is unknown ("
                        + (build.system().equals("git")
                                ? "no git branch is checked out"
                                : "the variables of " + build.system() + " name none")
                        + ", and -Dolympe.branch is not set)");
    }

    private static String matched(String branch, BranchPattern pattern) {
        return "the branch '" + branch + "' matches '" + pattern + "'";
    }

    private static String quoted(Environment environment) {
        return "'" + environment.name() + "'";
    }
}
