package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.image.dockerfile.syntax.Mistake;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a Dockerfile, so that a user sees all of it at once. */
final class Mistakes {

    private final List<Mistake> found;

    /** Those that were found when it was read; more may follow. */
    Mistakes(Dockerfile dockerfile) {
        this.found = new ArrayList<>(dockerfile.mistakes());
    }

    /** Does something about an instruction. If that fails, the instruction has a mistake. */
    void collect(Place place, Runnable step) {
        if (found.size() > Dockerfile.MOST_MISTAKES) {
            return;
        }
        try {
            step.run();
        } catch (OlympeException e) {
            found.add(new Mistake(place.line(), e.getMessage()));
        }
    }

    /**
     * Does nothing if there are none.
     *
     * @throws OlympeException with a sentence for each, in the order of their lines
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw OlympeException.of(found.stream()
                    .sorted(Comparator.comparingInt(Mistake::line))
                    .map(Mistake::sentence)
                    .toList());
        }
    }
}
