package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.State;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What environments run, by the records of their deployments: of each image the one that was accepted last. */
public final class RunningStates implements State.Source {

    /** Records that are looked through; older ones count as forgotten. */
    private static final int MOST = 100;

    private final Ledger ledger;
    private final List<String> environments;
    private final ImageStates images;

    /**
     * @param environments the names of the environments that a state may be asked by
     * @param images where the images of the records are
     */
    public RunningStates(Ledger ledger, List<String> environments, ImageStates images) {
        this.ledger = ledger;
        this.environments = List.copyOf(environments);
        this.images = images;
    }

    @Override
    public Optional<FoundState> find(String text) {
        if (!environments.contains(text)) {
            return Optional.empty();
        }
        Map<String, DeployedImage> running = images(text);
        if (running.isEmpty()) {
            throw new OlympeException("It is not known what the environment '" + text + "' runs: the ledger '"
                    + ledger.repository() + "' has no record of it. Give a commit or an image instead.");
        }
        Map<String, ImageState> states = new LinkedHashMap<>();
        running.forEach((name, image) -> states.put(name, images.of(text, reference(image))));
        return Optional.of(
                new RunningState(text, states, codeAsData(running.values()).map(image -> states.get(image.name()))));
    }

    /** Returns the code-as-data image that an environment runs; absent if no record has one. */
    public Optional<ImageReference> codeAsData(String environment) {
        return codeAsData(images(environment).values()).map(RunningStates::reference);
    }

    /**
     * Returns what an environment imports when an image of code as data is deployed over the one that it runs; absent if no record says which
     * that is.
     */
    public Optional<Forecast> forecast(String environment, FoundState next) {
        return codeAsData(environment).map(reference -> {
            FoundState now = images.of(environment, reference);
            Difference difference = Difference.between(now.read(next), next.read(now), "", tags -> Map.of());
            return difference.forecast().orElse(difference.codeAsData().forecast());
        });
    }

    private static Optional<DeployedImage> codeAsData(Iterable<DeployedImage> running) {
        for (DeployedImage image : running) {
            if (image.kind() == DeployedImage.Kind.CODE_AS_DATA) {
                return Optional.of(image);
            }
        }
        return Optional.empty();
    }

    /** A deployment may leave images out, which then run on. */
    private Map<String, DeployedImage> images(String environment) {
        Map<String, DeployedImage> running = new LinkedHashMap<>();
        for (DeploymentRecord record : ledger.records(environment, MOST)) {
            if (record.outcome() == DeploymentRecord.Outcome.ACCEPTED) {
                record.images().forEach(image -> running.putIfAbsent(image.name(), image));
            }
        }
        return running;
    }

    private static ImageReference reference(DeployedImage image) {
        ImageReference reference = ImageReference.of("the ledger", image.reference());
        return image.digest() == null ? reference : reference.withDigest(image.digest());
    }
}
