package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.ci.BuildContext;
import java.util.List;
import java.util.Map;

/**
 * What to compare the plugin's images with.
 *
 * @param with the values of the parameter {@code compareWith}, at least one
 * @param build the build of the pipeline's images
 * @param environment the variables that the pipeline's references may contain
 */
public record CompareSettings(List<String> with, BuildContext build, Map<String, String> environment) {

    public CompareSettings {
        with = List.copyOf(with);
        environment = Map.copyOf(environment);
    }
}
