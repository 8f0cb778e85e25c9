package io.github.olympe.maven.adopt;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.registry.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a pipeline calls its images when it builds the commit that is checked out. */
final class PipelineImages {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([\\w.-]+)}");

    private PipelineImages() {}

    /**
     * Returns the references, those with the commit in them first.
     *
     * @param written what the pipeline calls an image, with placeholders
     * @param environment the variables that it may name
     */
    static List<ImageReference> of(
            List<String> written, BuildContext build, String version, Map<String, String> environment) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        values.put("branch", build.branchSlug());
        values.put("commit", build.shortCommit());
        values.put("sha", build.commit());
        values.put("tag", build.tagSlug());
        values.put("build", build.buildNumber());
        values.put("version", Optional.of(version));
        List<ImageReference> references = new ArrayList<>();
        written.stream()
                .sorted(Comparator.comparing(
                        text -> !text.contains(Unknowns.COMMIT) && !text.contains(Unknowns.FULL_COMMIT)))
                .forEach(text -> reference(text, values, environment).ifPresent(references::add));
        return references;
    }

    private static Optional<ImageReference> reference(
            String written, Map<String, Optional<String>> values, Map<String, String> environment) {
        String text = VARIABLE.matcher(written)
                .replaceAll(match -> Matcher.quoteReplacement(environment.getOrDefault(match.group(1), "{output}")));
        try {
            return new Template("compareWith", text)
                    .resolve(values)
                    .map(name -> ImageReference.of("compareWith", name));
        } catch (OlympeException e) {
            return Optional.empty(); // A part of it is not known.
        }
    }
}
