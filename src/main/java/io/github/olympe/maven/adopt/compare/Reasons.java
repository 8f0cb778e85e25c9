package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.patches.SettingChange;
import io.github.olympe.maven.patches.change.ChangeType;
import io.github.olympe.maven.patches.change.FileChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains intended differences between the plugin's image and the old pipeline's. */
final class Reasons {

    static final String BASE =
            "The images were built on different base images. Compare with an image that was built since the base image changed, or name"
                    + " the base image of the old one, with its digest, in 'baseImage'.";
    static final String MODES =
            "The plugin makes files 0644 or 0755 and folders 0755, whatever the umask of the machine."
                    + " Set 'modes' of the image to kept to have those of the machine.";
    static final String SOURCES_PATH =
            "The Dockerfile does not declare SOURCES_PATH with ARG, so it was empty for docker; the plugin takes the image's 'source'.";

    static final String TOOL = "The tool that ran the Dockerfile's RUN left it there; every container gets its own.";

    /** Files that builders mount into a container and leave empty in the image. */
    private static final Pattern MOUNTED = Pattern.compile(
            "/(?:dev|proc|sys|run|dev/(?:console|pts|shm)|etc/(?:hosts|hostname|resolv\\.conf|mtab)|\\.dockerenv)/?");

    private static final Pattern DECLARED = Pattern.compile("(?im)^\\s*ARG\\s.*\\bSOURCES_PATH\\b");
    private static final Pattern USED = Pattern.compile("\\$\\{?SOURCES_PATH\\b");
    private static final Pattern CANONICAL = Pattern.compile("mode 0(?:644|755), (owner .*)");
    private static final Pattern MODE = Pattern.compile("mode \\d+, (owner .*)");

    private final WholeImage old;
    private final WholeImage fresh;
    private final List<String> targets;
    private final boolean isUndeclared;
    private final Supplier<Map<String, String>> vetted;
    private @Nullable Map<String, String> rules;

    /**
     * @param targets the folders of the new image that the build's result went to
     * @param dockerfile the text of the Dockerfile, empty where there is none
     * @param vetted the rules of {@code vet} that files of the old image break, by path; read only if that may be a reason
     */
    Reasons(
            WholeImage old,
            WholeImage fresh,
            List<String> targets,
            String dockerfile,
            Supplier<Map<String, String>> vetted) {
        this.old = old;
        this.fresh = fresh;
        this.targets = targets;
        this.isUndeclared =
                USED.matcher(dockerfile).find() && !DECLARED.matcher(dockerfile).find();
        this.vetted = vetted;
    }

    Optional<String> of(FileChange change) {
        if (targets.stream().noneMatch(target -> change.path().startsWith(target.replaceFirst("/*$", "/")))) {
            if (!old.hasBaseOf(fresh) && !fresh.isOwn(change.path())) {
                return Optional.of(BASE);
            }
            boolean isLeft = change.type() == ChangeType.DELETED
                    && MOUNTED.matcher(change.path()).matches();
            return isLeft ? Optional.of(TOOL) : Optional.empty();
        }
        if (change.type() == ChangeType.CHANGED) {
            return isOfModesAlone(change) ? Optional.of(MODES) : Optional.empty();
        }
        Optional<String> found = change.type() == ChangeType.DELETED
                ? Optional.ofNullable(rules().get(change.path()))
                        .map(rule -> "The goal vet would find it (" + rule + ") if the new image had it.")
                : Optional.empty();
        return found.or(() -> isUndeclared ? Optional.of(SOURCES_PATH) : Optional.empty());
    }

    Optional<String> of(SettingChange change) {
        return old.hasBaseOf(fresh)
                        || !change.name().startsWith("Env ") && !change.name().startsWith("Labels ")
                ? Optional.empty()
                : Optional.of(BASE);
    }

    private Map<String, String> rules() {
        if (rules == null) {
            rules = vetted.get();
        }
        return rules;
    }

    private boolean isOfModesAlone(FileChange change) {
        String before = change.before().map(FileChange.Side::attributes).orElse("");
        String after = change.after().map(FileChange.Side::attributes).orElse("");
        var old = MODE.matcher(before);
        var canonical = CANONICAL.matcher(after);
        return old.matches()
                && canonical.matches()
                && old.group(1).equals(canonical.group(1))
                && hasSameContent(change.path());
    }

    private boolean hasSameContent(String path) {
        var before = old.files().get(path);
        var after = fresh.files().get(path);
        return before != null && after != null && before.id().equals(after.id());
    }
}
