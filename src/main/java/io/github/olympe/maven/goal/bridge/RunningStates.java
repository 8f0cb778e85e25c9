package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.State;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.RunningImages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Provides what environments run according to their deployment records: for each image, the one that was accepted last. */
public final class RunningStates implements State.Source {

    private final Ledger ledger;
    private final List<String> environments;
    private final ImageStates images;

    /**
     * @param environments the names of the environments that a user may compare
     * @param images provides the images of the records
     */
    public RunningStates(Ledger ledger, List<String> environments, ImageStates images) {
        this.ledger = ledger;
        this.environments = List.copyOf(environments);
        this.images = images;
    }

    @Override
    public Optional<FoundState> find(String parameter, String text) {
        if (!environments.contains(text)) {
            return Optional.empty();
        }
        Map<String, DeployedImage> running = RunningImages.read(ledger, text).byName();
        if (running.isEmpty()) {
            throw new OlympeException("It is not known what the environment '" + text + "' runs: the ledger '"
                    + ledger.repository() + "' has no record of it. Give a commit or an image instead.");
        }
        Map<String, ImageState> states = new LinkedHashMap<>();
        running.forEach((name, image) -> states.put(name, images.recorded(text, image.pinned())));
        Optional<String> codeAsData = running.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == DeployedImage.Kind.CODE_AS_DATA)
                .map(Map.Entry::getKey)
                .findFirst();
        return Optional.of(new RunningState(text, states, codeAsData.map(states::get)));
    }

    /**
     * Returns the code-as-data image that an environment runs; absent if no record has one, or if it is unknown whether the last deployment
     * with one was accepted.
     */
    public Optional<ImageReference> codeAsData(String environment) {
        return RunningImages.codeAsData(ledger, environment).map(DeployedImage::pinned);
    }

    /**
     * Returns what an environment imports when an image of code as data is deployed over the one that it runs; absent if
     * {@link #codeAsData that} is unknown.
     */
    public Optional<Forecast> forecast(String environment, FoundState next) {
        return difference(environment, next, tags -> Map.of())
                .map(found -> found.forecast().orElse(found.codeAsData().forecast()));
    }

    /**
     * Returns how the code as data changes when a record is deployed over what its environment runs; absent if the record has none or
     * {@link #codeAsData what runs} is unknown.
     *
     * @param names provides names that neither state has
     */
    public Optional<Difference> goingTo(DeploymentRecord record, CodeAsDataDiff.Names names) {
        return record.image(DeployedImage.Kind.CODE_AS_DATA)
                .flatMap(image -> difference(
                        record.environment(), images.recorded(record.id().toString(), image.pinned()), names));
    }

    private Optional<Difference> difference(String environment, FoundState next, CodeAsDataDiff.Names names) {
        return codeAsData(environment).map(reference -> {
            FoundState now = images.recorded(environment, reference);
            return Difference.between(now.read(next), next.read(now), "", names);
        });
    }
}
