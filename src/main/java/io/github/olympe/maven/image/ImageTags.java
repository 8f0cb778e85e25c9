package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
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

    /** The default tags. The first one is deployed. */
    public static final List<String> DEFAULT = List.of("{branch}-{commit}", "{branch}", "latest", "{tag}");

    private ImageTags() {}

    /**
     * Returns the tags of this build, at least one.
     *
     * @param written the parameter's values; with none, the default
     * @throws OlympeException if one of them does not give a valid tag, or if every one has a placeholder without a value in this build
     */
    static List<String> of(List<String> written, BuildContext build, ImageProject project) {
        Map<String, Optional<String>> values = values(build, project);
        Set<String> resolved = new LinkedHashSet<>();
        for (String text : written.isEmpty() ? DEFAULT : written) {
            new Template("tags (olympe.tags)", text).resolve(values).ifPresent(tag -> resolved.add(checked(text, tag)));
        }
        List<String> tags = new ArrayList<>(resolved);
        if (written.isEmpty() && tags.size() > 1 && tags.get(0).equals("latest")) {
            // The first tag is deployed. It must not be 'latest', which moves and so does not say what was deployed.
            tags.remove(0);
            tags.add("latest");
        }
        if (tags.isEmpty()) {
            throw InvalidParameter.of(
                    "tags (olympe.tags)",
                    written,
                    "Each tag names something that this build does not have. Add one that always exists, such as"
                            + " '{version}' or 'latest'.");
        }
        return tags;
    }

    private static String checked(String written, String tag) {
        if (!ImageReference.isTag(tag)) {
            throw InvalidParameter.of(
                    "tags (olympe.tags)",
                    written,
                    String.format(
                            "In this build it gives '%s', which is not a tag. Use at most 128 letters, digits and '_', '.', '-',"
                                    + " and do not start with '.' or '-'.",
                            OneLine.of(tag, 200)));
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
