package io.github.olympe.maven.release;

import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What an environment runs, by the records of its deployments. A deployment may leave images out; the older ones then run on. */
public final class RunningImages {

    /** Records that are looked through; older ones count as forgotten. */
    public static final int MOST = 50;

    private final Ledger ledger;
    private final String environment;

    /**
     * The images of an environment; nothing is asked yet.
     *
     * @param environment its name
     */
    public RunningImages(Ledger ledger, String environment) {
        this.ledger = ledger;
        this.environment = environment;
    }

    /**
     * Returns the images that run since a deployment: its own, and of each other kind those that were accepted last before it.
     *
     * @param deployment a record of this environment
     * @param kinds the kinds that are wanted
     */
    public List<DeployedImage> since(DeploymentRecord deployment, Set<DeployedImage.Kind> kinds) {
        List<DeployedImage> found = new ArrayList<>();
        for (DeploymentRecord record : read(deployment, kinds)) {
            Set<DeployedImage.Kind> missing = missing(found, kinds);
            record.images().stream()
                    .filter(image -> missing.contains(image.kind()))
                    .forEach(found::add);
        }
        return found;
    }

    private List<DeploymentRecord> read(DeploymentRecord deployment, Set<DeployedImage.Kind> kinds) {
        if (missing(deployment.images(), kinds).isEmpty()) {
            return List.of(deployment);
        }
        Predicate<DeploymentRecord> counts = record -> record.outcome() == Outcome.ACCEPTED
                && !record.id().time().isAfter(deployment.id().time());
        return ledger
                .records(
                        environment,
                        read -> read.size() == MOST
                                || missing(
                                                read.stream()
                                                        .filter(counts)
                                                        .flatMap(record -> record.images().stream())
                                                        .toList(),
                                                kinds)
                                        .isEmpty())
                .stream()
                .filter(counts)
                .toList();
    }

    private static Set<DeployedImage.Kind> missing(List<DeployedImage> images, Set<DeployedImage.Kind> kinds) {
        Set<DeployedImage.Kind> missing = new HashSet<>(kinds);
        images.forEach(image -> missing.remove(image.kind()));
        return missing;
    }

    /**
     * Returns the code as data that runs; absent if none of the newest records has one, or if it is not known whether the last deployment of one
     * was accepted.
     */
    public Optional<DeployedImage> codeAsData() {
        Predicate<DeploymentRecord> hasCodeAsData = record -> record.outcome() != Outcome.REJECTED
                && record.image(DeployedImage.Kind.CODE_AS_DATA).isPresent();
        return ledger
                .records(environment, read -> read.size() == MOST || hasCodeAsData.test(read.get(read.size() - 1)))
                .stream()
                .filter(hasCodeAsData)
                .findFirst()
                .filter(record -> record.outcome() == Outcome.ACCEPTED)
                .flatMap(record -> record.image(DeployedImage.Kind.CODE_AS_DATA));
    }
}
