package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.registry.ImageReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the image references of a pipeline for the commit that is checked out. */
final class PipelineImages {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([\\w.-]+)}");

    private PipelineImages() {}

    /**
     * Returns the references, those with the commit in them first.
     *
     * @param written an image's reference in the pipeline, with placeholders
     * @param environment the variables that it may refer to
     */
    static List<ImageReference> of(
            List<String> written, BuildContext build, String version, Map<String, String> environment) {
        Map<String, Optional<String>> values = Map.of(
                Unknowns.BRANCH, build.branchSlug(),
                Unknowns.COMMIT, build.shortCommit(),
                Unknowns.FULL_COMMIT, build.commit(),
                Unknowns.TAG, build.tagSlug(),
                Unknowns.BUILD, build.buildNumber(),
                Unknowns.VERSION, Optional.of(version));
        return written.stream()
                .sorted(Comparator.comparing(
                        text -> !text.contains(Unknowns.COMMIT) && !text.contains(Unknowns.FULL_COMMIT)))
                .flatMap(text -> reference(text, values, environment).stream())
                .toList();
    }

    private static Optional<ImageReference> reference(
            String written, Map<String, Optional<String>> values, Map<String, String> environment) {
        String text = VARIABLE.matcher(written)
                .replaceAll(
                        match -> Matcher.quoteReplacement(environment.getOrDefault(match.group(1), Unknowns.OUTPUT)));
        for (Map.Entry<String, Optional<String>> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue().orElse(value.getKey()));
        }
        return ImageReference.parse(text); // Unknown placeholders keep their braces, which are invalid in references.
    }
}
