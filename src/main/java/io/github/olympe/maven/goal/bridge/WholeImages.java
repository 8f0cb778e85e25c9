package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.adopt.compare.ComparePlan;
import io.github.olympe.maven.adopt.compare.ComparedImages;
import io.github.olympe.maven.adopt.compare.WholeImage;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.vet.VetPlan;
import io.github.olympe.maven.vet.VetSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Provides the images that {@code adopt} compares.
 *
 * @param states reads images
 * @param isThere tests whether an image's registry has it
 * @param vetted inspects them with {@code vet}
 * @param vetCache the folder that caches what is in layers for {@code vet}
 */
public record WholeImages(ImageStates states, Predicate<ImageReference> isThere, VettedImages vetted, Path vetCache)
        implements ComparedImages {

    @Override
    public WholeImage assembled(Path folder) {
        return states.assembled(folder).readWhole();
    }

    @Override
    public WholeImage inRegistry(ImageReference reference) {
        return states.of(ComparePlan.PARAMETER, reference.toString(), reference).readWhole();
    }

    @Override
    public Optional<WholeImage> find(ImageReference reference) {
        return isThere.test(reference) ? Optional.of(inRegistry(reference)) : Optional.empty();
    }

    @Override
    public Map<String, String> vetted(ImageReference reference) {
        Map<String, String> rules = new HashMap<>();
        VetPlan.of(new VetSettings(List.of(), Optional.empty(), Optional.empty()))
                .run(List.of(vetted.inRegistry(reference)), vetCache)
                .findings()
                .forEach(finding ->
                        rules.putIfAbsent("/" + finding.path(), finding.rule().id()));
        return rules;
    }
}
