package io.github.olympe.maven.release.promote;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.release.Awaited;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RunningImages;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A promotion of what one environment runs to another, or the reason why this build promotes nothing. */
public final class PromotePlan implements Plan {

    private final String from;
    private final String to;
    private final boolean force;
    private final Optional<String> reason;

    private PromotePlan(String from, String to, boolean force, Optional<String> reason) {
        this.from = from;
        this.to = to;
        this.force = force;
        this.reason = reason;
    }

    /**
     * Plans a promotion.
     *
     * @param from the parameter {@code promoteFrom}, the environment whose deployment is promoted
     * @param force whether to promote it even if it does not run there or that is unknown
     * @param branches the environments, and the one that the user chose
     * @throws OlympeException if a parameter is missing or names no environment
     */
    public static PromotePlan of(Optional<String> from, boolean force, DeployBranches branches, BuildContext build) {
        String source = from.orElseThrow(() -> InvalidParameter.missing(
                "promoteFrom (olympe.promote.from)",
                "Set it to the environment whose deployment you want to promote."));
        String target = branches.chosen()
                .orElseThrow(() -> InvalidParameter.missing(
                        "environment (olympe.environment)", "Set it to the environment that you want to promote to."));
        DeployBranches.Decision decision = branches.deploy(build);
        List<String> names = branches.environments().stream()
                .map(DeployBranches.Environment::name)
                .toList();
        if (!names.contains(source)) {
            throw InvalidParameter.of(
                    "promoteFrom (olympe.promote.from)",
                    source,
                    "Use one of the 'environments': " + names.stream().collect(Collectors.joining(", ")) + ".");
        }
        if (source.equals(target)) {
            throw InvalidParameter.of(
                    "promoteFrom (olympe.promote.from)",
                    source,
                    "It is the environment that you want to promote to. Name another one.");
        }
        return new PromotePlan(
                source, target, force, decision.granted() ? Optional.empty() : Optional.of(decision.reason()));
    }

    /**
     * The deployment to promote.
     *
     * @param record the last deployment that is known to have been accepted
     * @param isLast whether no later one may have been accepted too
     */
    public record Promoted(DeploymentRecord record, boolean isLast) {

        /** Returns a line about it for the log. */
        public String line() {
            return (isLast ? "It runs the record " : "The last one known to be accepted is the record ") + record.id()
                    + ", " + record.shortName() + ".";
        }
    }

    /** Returns the environment to promote to. */
    public String to() {
        return to;
    }

    @Override
    public boolean isEmpty() {
        return reason.isPresent();
    }

    @Override
    public List<String> describe() {
        return List.of(reason.map(why -> "Skipping promote: " + why + ".")
                .orElseGet(() -> "Promoting what the environment '" + from + "' runs to '" + to + "'."));
    }

    /**
     * Finds what the environment runs.
     *
     * @throws OlympeException if nothing was deployed there, or if it is not known to run and {@code force} is not set
     */
    public Promoted find(Ledger ledger) {
        DeploymentRecord newest = ledger.newest(from, record -> record.outcome() != Outcome.REJECTED)
                .orElseThrow(() -> nothingDeployed(ledger));
        if (!force) {
            newest.requireKnownOutcome(
                    "Deploy there again, or set 'promoteForce' (olympe.promote.force) to promote the one before.");
        }
        boolean isLast = newest.outcome() == Outcome.ACCEPTED;
        DeploymentRecord current = isLast ? newest : ledger.current(from).orElseThrow(() -> nothingDeployed(ledger));
        Awaited awaited = current.awaited();
        if (awaited != null && !awaited.runs() && !force) {
            throw new OlympeException("What was deployed to '" + from + "' last (record '" + current.id()
                    + "') was found not to run: " + awaited.found()
                    + " Deploy there again, or set 'promoteForce' (olympe.promote.force) to promote it anyway.");
        }
        return new Promoted(current, isLast);
    }

    /**
     * Returns the images that the environment runs, including those that its last deployment left out.
     *
     * @param record the record from {@link #find}
     * @param withCodeAsData whether code as data is promoted too
     */
    public List<DeployedImage> running(DeploymentRecord record, Ledger ledger, boolean withCodeAsData) {
        return RunningImages.since(record, ledger).byName().values().stream()
                .filter(image -> withCodeAsData || image.kind() != DeployedImage.Kind.CODE_AS_DATA)
                .toList();
    }

    private OlympeException nothingDeployed(Ledger ledger) {
        return new OlympeException(
                "The ledger '" + ledger.repository() + "' has no deployment to '" + from
                        + "', so there is nothing to promote. Deploy to it first, or name another environment by 'promoteFrom'.");
    }
}
