package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pom's changes to the instructions that copy the build's result. */
final class Overrides {

    private final BuildSettings settings;
    private final String path;
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean found;

    Overrides(BuildSettings settings, String path) {
        this.settings = settings;
        this.path = path;
    }

    /** Returns the target of an instruction that copies from the build's result. */
    Optional<String> target(Place place, String written) {
        found = true;
        return replaced(place, "target", settings.target(), written);
    }

    /** Returns the owner of an instruction that copies from the build's result. */
    Optional<String> owner(Place place, String written) {
        return replaced(place, "owner", settings.owner(), written);
    }

    private Optional<String> replaced(Place place, String element, Optional<String> value, String written) {
        if (value.isPresent() && !value.get().equals(written)) {
            notes.add(place.path() + ":" + place.line() + ": '" + element + "' of the pom, '" + value.get()
                    + "', replaces '" + written + "'");
        }
        return value;
    }

    /** Fails if a setting of the pom has no instruction to apply to. */
    void finish() {
        List<String> set = new ArrayList<>(settings.filters());
        settings.target().ifPresent(target -> set.add("target"));
        settings.owner().ifPresent(owner -> set.add("owner"));
        settings.targetMode().ifPresent(mode -> set.add("targetMode"));
        if (!found && !set.isEmpty()) {
            throw new OlympeException("The pom sets '" + String.join("', '", set) + "', but '" + path
                    + "' has no COPY from '" + settings.source()
                    + "' that this could apply to; remove it from the pom, or write it into the Dockerfile.");
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
