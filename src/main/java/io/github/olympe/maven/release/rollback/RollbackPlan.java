package io.github.olympe.maven.release.rollback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.DeploySettings;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.DeploymentRecord.Action;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RecordId;
import io.github.olympe.maven.release.RunningImages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rollback to an earlier deployment, or the reason why this build does not roll back. */
public final class RollbackPlan implements Plan {

    private final DeploySettings settings;
    private final DeployBranches.Decision decision;
    private final Optional<RecordId> to;

    private RollbackPlan(DeploySettings settings, DeployBranches.Decision decision, Optional<RecordId> to) {
        this.settings = settings;
        this.decision = decision;
        this.to = to;
    }

    /**
     * The two records of a rollback.
     *
     * @param from what was deployed last
     * @param to what is deployed again
     * @param between the accepted deployments between them, newest first, without those that an earlier rollback already undid
     */
    public record Way(Optional<DeploymentRecord> from, DeploymentRecord to, List<DeploymentRecord> between) {

        /** Returns the deployments that are undone, one line each. */
        public List<String> lines(Instant now) {
            List<String> lines = new ArrayList<>();
            lines.add("Rolling back to " + to.shown(now) + ".");
            from.ifPresent(record -> lines.add("  it replaces " + record.shown(now)
                    + repeated(record).map(id -> ", which went back to " + id).orElse("")));
            between.forEach(record -> lines.add("  it also goes back over " + record.shown(now)));
            return lines;
        }

        /** Returns the deployments that are undone, newest first. */
        public Stream<DeploymentRecord> over() {
            return Stream.concat(from.stream(), between.stream());
        }

        /** Returns what may not fit together, one sentence each. */
        public List<String> warnings() {
            String running = from.map(DeploymentRecord::drawVersion).orElse(null);
            String wanted = to.drawVersion();
            return running == null || wanted == null || running.equals(wanted)
                    ? List.of()
                    : List.of("The record '" + to.id() + "' was built with Draw " + wanted
                            + ", and what runs now with Draw " + running
                            + ". Check that the environment can run the older one.");
        }
    }

    /**
     * Plans a rollback.
     *
     * @param to the record to go back to; if absent, the newest one with other images than those that run, and after a rollback the newest
     *     such record before the one that it went back to
     * @throws OlympeException if a parameter is wrong
     */
    public static RollbackPlan of(DeploySettings settings, BuildContext build, Optional<String> to) {
        return new RollbackPlan(settings, settings.branches().deployAgain(build), to.map(RecordId::of));
    }

    @Override
    public boolean isEmpty() {
        return !decision.granted();
    }

    @Override
    public List<String> describe() {
        return decision.granted()
                ? List.of("Rolling back"
                        + decision.environment()
                                .map(name -> " the environment '" + name + "'")
                                .orElse("") + ", as " + decision.reason() + ".")
                : List.of("Skipping rollback: " + decision.reason() + ".");
    }

    private String environment() {
        return decision.environment().orElse(DeploymentRecord.ONLY);
    }

    /**
     * Finds the record to go back to.
     *
     * @throws OlympeException if there is none, it belongs to another environment, or what runs now is unknown
     */
    public Way find(Ledger ledger) {
        Optional<DeploymentRecord> named = to.map(ledger::record);
        named.ifPresent(this::requireOwn);
        List<DeploymentRecord> records = ledger.records(environment(), read -> {
            DeploymentRecord last = read.get(read.size() - 1);
            return named.map(record -> accepted(read).findFirst().isPresent() && !isNewer(last, record))
                    .orElseGet(() ->
                            read.size() == RunningImages.MOST || before(read).isPresent());
        });
        if (named.isEmpty()) {
            records.stream()
                    .filter(record -> record.outcome() != Outcome.REJECTED)
                    .findFirst()
                    .ifPresent(
                            newest -> newest.requireKnownOutcome(
                                    "Look at the instance's deployments, and name the record to go back to with 'rollbackTo' (olympe.rollback.to)."));
        }
        DeploymentRecord wanted = named.or(() -> before(records))
                .orElseThrow(
                        () -> new OlympeException(
                                "The ledger '" + ledger.repository()
                                        + "' has no earlier deployment to '" + environment()
                                        + "' of other images than those that run, so there is nothing to go back to. See 'mvn olympe:history', and name the record to deploy with 'rollbackTo' (olympe.rollback.to)."));
        List<DeploymentRecord> standing = standing(records);
        return new Way(
                standing.stream().findFirst(),
                wanted,
                standing.stream()
                        .skip(1)
                        .takeWhile(record -> isNewer(record, wanted))
                        .toList());
    }

    private void requireOwn(DeploymentRecord wanted) {
        if (!wanted.environment().equals(environment())) {
            throw new OlympeException("The record '" + wanted.id() + "' is one of the environment '"
                    + wanted.environment() + "', not of '" + environment()
                    + "'. Name another one with 'rollbackTo', or use 'mvn olympe:promote'.");
        }
    }

    /** Returns the newest deployment still in effect with an image that does not run now, so that going back to it changes something. */
    private static Optional<DeploymentRecord> before(List<DeploymentRecord> records) {
        RunningImages running = RunningImages.of(records);
        return standing(records).stream()
                .filter(record -> !running.hasAll(record))
                .findFirst();
    }

    /**
     * Returns the accepted deployments that no later rollback undid, newest first. A rollback undoes everything after the record that it
     * repeats, and takes the place of that record.
     */
    private static List<DeploymentRecord> standing(List<DeploymentRecord> records) {
        List<DeploymentRecord> standing = new ArrayList<>();
        @Nullable RecordId stoodFor = null; // The record that the newest rollback so far went back to.
        for (DeploymentRecord record : accepted(records).toList()) {
            boolean stands = stoodFor == null || stoodFor.isNewerThan(record.id());
            if (stands) {
                standing.add(record);
            }
            if (stands || record.id().equals(stoodFor)) {
                stoodFor = repeated(record).orElse(stoodFor);
            }
        }
        return standing;
    }

    /** Returns the record that a rollback went back to. */
    private static Optional<RecordId> repeated(DeploymentRecord record) {
        return Optional.ofNullable(record.repeats()).filter(id -> record.action() == Action.ROLLBACK);
    }

    private static Stream<DeploymentRecord> accepted(List<DeploymentRecord> records) {
        return records.stream().filter(record -> record.outcome() == Outcome.ACCEPTED);
    }

    private static boolean isNewer(DeploymentRecord record, DeploymentRecord other) {
        return record.id().isNewerThan(other.id());
    }

    /**
     * Plans the deployment of a record.
     *
     * @param images its images, with the references that they have now, in the same order
     * @throws OlympeException if the payload is wrong
     */
    public DeployPlan deployment(DeploymentRecord record, List<DeployedImage> images) {
        PayloadBase configured = settings.targets().stream()
                .filter(target -> target.environment().equals(decision.environment()))
                .flatMap(target -> target.payload().stream())
                .findFirst()
                .map(payload -> PayloadBase.of(payload.parameter(), payload.text(), settings.projectDirectory()))
                .orElseGet(PayloadBase::none);
        ObjectNode payload = RecordedPayload.of(record, images).json(configured.json());
        return DeployPlan.again(
                settings,
                decision,
                new PayloadBase("the record '" + record.id() + "'", payload),
                new DeployImages(
                        shown(images, DeployedImage.Kind.FRONTEND).findFirst(),
                        shown(images, DeployedImage.Kind.BACKEND)
                                .map(image -> new DeployImages.Backend(image, Optional.empty()))
                                .toList(),
                        shown(images, DeployedImage.Kind.CODE_AS_DATA).findFirst()));
    }

    private static Stream<DeployImage> shown(List<DeployedImage> images, DeployedImage.Kind kind) {
        return images.stream().filter(image -> image.kind() == kind).map(DeployedImage::toDeploy);
    }
}
