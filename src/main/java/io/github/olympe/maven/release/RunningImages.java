package io.github.olympe.maven.release;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The images that an environment runs, according to its deployment records. If a deployment leaves out an image, the older one keeps
 * running.
 *
 * @param byName the images by their names
 */
public record RunningImages(Map<String, DeployedImage> byName) {

    /** The most records that are searched. Older ones are ignored. */
    public static final int MOST = 50;

    public RunningImages {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads the images that an environment runs. */
    public static RunningImages read(Ledger ledger, String environment) {
        return of(ledger.records(environment, MOST));
    }

    /** Reads the images that run since a deployment: its own, and for those that it left out the newest ones from before. */
    public static RunningImages since(DeploymentRecord deployment, Ledger ledger) {
        List<DeploymentRecord> records = new ArrayList<>(List.of(deployment));
        ledger.records(deployment.environment(), MOST).stream()
                .filter(record -> !record.id().isNewerThan(deployment.id()))
                .forEach(records::add);
        return of(records);
    }

    /**
     * Returns the images that run after deployments.
     *
     * @param records the records of one environment, the newest first; those that were not accepted do not count
     */
    public static RunningImages of(List<DeploymentRecord> records) {
        Map<String, DeployedImage> running = new LinkedHashMap<>();
        for (DeploymentRecord record : records) {
            if (record.outcome() == Outcome.ACCEPTED) {
                Map<String, DeployedImage> older = named(record);
                Set<String> names = Set.copyOf(older.keySet());
                older.values()
                        .removeIf(image -> running.entrySet().stream()
                                .anyMatch(newer ->
                                        !names.contains(newer.getKey()) && isVersionOf(newer.getValue(), image)));
                older.forEach(running::putIfAbsent);
            }
        }
        return new RunningImages(running);
    }

    /** Returns the images of a record by name. If several share a name, each is named after its repository. */
    private static Map<String, DeployedImage> named(DeploymentRecord record) {
        Map<String, DeployedImage> named = new LinkedHashMap<>();
        record.images().forEach(image -> named.put(name(image, record.images()), image));
        return named;
    }

    private static String name(DeployedImage image, List<DeployedImage> images) {
        return Stream.<Function<DeployedImage, String>>of(
                        DeployedImage::name,
                        one -> repository(one).map(ImageReference::name).orElse(one.reference()),
                        one -> repository(one).map(ImageReference::toString).orElse(one.reference()))
                .filter(name -> images.stream()
                                .map(name)
                                .filter(name.apply(image)::equals)
                                .count()
                        == 1)
                .map(name -> name.apply(image))
                .findFirst()
                .orElse(image.reference());
    }

    /** Returns whether one is a version of the other. Their names may differ, for example if a variable named the image. */
    private static boolean isVersionOf(DeployedImage one, DeployedImage other) {
        Optional<ImageReference> repository = repository(one);
        return one.kind() == other.kind() && repository.isPresent() && repository.equals(repository(other));
    }

    private static Optional<ImageReference> repository(DeployedImage image) {
        return ImageReference.parse(image.reference()).map(ImageReference::withoutTag);
    }

    /** Returns whether all images of a record run. */
    public boolean hasAll(DeploymentRecord record) {
        return named(record).entrySet().stream().allMatch(image -> has(image.getKey(), image.getValue()));
    }

    private boolean has(String name, DeployedImage image) {
        return byName.entrySet().stream()
                .filter(running -> running.getKey().equals(name) || isVersionOf(running.getValue(), image))
                .anyMatch(running -> running.getValue().isSameAs(image));
    }

    /**
     * Returns the code as data that an environment runs; absent if none of its newest records has one, or if it is unknown whether the last
     * deployment with one was accepted.
     */
    public static Optional<DeployedImage> codeAsData(Ledger ledger, String environment) {
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
