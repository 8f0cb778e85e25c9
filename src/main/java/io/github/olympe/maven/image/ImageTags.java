package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.registry.ImageReference;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tags of a build's images: the parameter {@code tags} with its placeholders replaced. */
public final class ImageTags {

    /** The tags where the parameter has none; the first one is deployed. */
    public static final List<String> DEFAULT = List.of("{branch}-{commit}", "{branch}", "latest", "{tag}");

    private ImageTags() {}

    /**
     * Returns the tags of this build, at least one.
     *
     * @param written the parameter's values; with none, the default
     * @throws OlympeException if one of them gives no tag, or none has a value in this build
     */
    static List<String> of(List<String> written, BuildContext build, ImageProject project) {
        Map<String, Optional<String>> values = values(build, project);
        Set<String> resolved = new LinkedHashSet<>();
        for (String text : written.isEmpty() ? DEFAULT : written) {
            new Template("tags", text).resolve(values).ifPresent(tag -> resolved.add(checked(text, tag)));
        }
        List<String> tags = new ArrayList<>(resolved);
        if (written.isEmpty() && tags.size() > 1 && tags.get(0).equals("latest")) {
            // A tag that moves does not say what was deployed.
            tags.remove(0);
            tags.add("latest");
        }
        if (tags.isEmpty()) {
            throw new OlympeException("The parameter 'tags' has the value '" + written
                    + "', and each of them names something that this build does not have; add one that always exists,"
                    + " such as '{version}' or 'latest'.");
        }
        return tags;
    }

    private static String checked(String written, String tag) {
        if (!ImageReference.isTag(tag)) {
            throw new OlympeException(String.format(
                    "The parameter 'tags' has the value '%s', which gives '%s' in this build, and that is not a tag; a tag has at"
                            + " most 128 letters, digits and '_', '.', '-', and does not start with '.' or '-'.",
                    written, tag));
        }
        return tag;
    }

    private static Map<String, Optional<String>> values(BuildContext build, ImageProject project) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        values.put("branch", build.branchSlug());
        values.put("commit", build.shortCommit());
        values.put("tag", build.tagSlug());
        values.put("build", build.buildNumber());
        values.put("version", Optional.of(project.version()));
        values.put(
                "date",
                Optional.of(DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(project.buildStart())));
        return values;
    }
}
