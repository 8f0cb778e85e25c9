package io.github.olympe.maven.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.JsonText;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.RegularExpression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Sets the version in package.json, and in the lock file beside it, from a template.
 *
 * @param packageJson the project's package.json
 * @param npmWorkspace the parameter of this name
 * @param template the parameter {@code versionTemplate}
 * @param context the branch, commit and tag of this build
 * @param now the time of this build
 */
public record VersionBump(
        PackageJson packageJson, Optional<Path> npmWorkspace, Template template, BuildContext context, Instant now) {

    /** The template that matches the scripts of existing projects. */
    public static final String DEFAULT_TEMPLATE = "{version}-{commit}-{timestamp}";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    /** A version that npm accepts, see semver.org. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
            + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

    private static final int LONGEST = 256;

    /** The form of each placeholder's value, to recognise a version that an earlier run made. */
    private static final Map<String, String> FORMS = Map.of(
            "{version}", "(?<version>.+?)",
            "{commit}", "[0-9a-f]{8}",
            "{timestamp}", "\\d{10,}",
            "{date}", "\\d{14}",
            "{branch}", "[0-9a-z-]+",
            "{tag}", "[0-9a-z-]+",
            "{build}", "[0-9A-Za-z.-]+");

    /**
     * Returns the original version, without what an earlier run of the same template added.
     *
     * @throws OlympeException if package.json has none
     */
    String current() {
        String version = packageJson
                .version()
                .orElseThrow(() -> new OlympeException("The file '" + packageJson.file()
                        + "' has no version to bump; add one, such as \"version\": \"1.0.0\"."));
        String form = Pattern.quote(template.text());
        for (Map.Entry<String, String> placeholder : FORMS.entrySet()) {
            form = form.replaceFirst(
                            Pattern.quote(placeholder.getKey()),
                            Matcher.quoteReplacement("\\E" + placeholder.getValue() + "\\Q"))
                    .replace(
                            placeholder.getKey(), "\\E" + placeholder.getValue().replace("?<version>", "?:") + "\\Q");
        }
        boolean known =
                template.text().contains("{version}") && !template.text().equals("{version}") && isOf(form, version);
        return known ? Pattern.compile(form).matcher(version).replaceFirst("${version}") : version;
    }

    private boolean isOf(String form, String version) {
        try {
            return RegularExpression.translated(template.parameter(), template.text(), form, 0)
                    .matches(version);
        } catch (PatternSyntaxException e) {
            throw InvalidParameter.of(
                    template.parameter(),
                    template.text(),
                    String.format(
                            "It has too many placeholders to find in the version '%s'. Use one such as '%s'.",
                            version, DEFAULT_TEMPLATE));
        }
    }

    /** Returns whether npm accepts this as a version. */
    public static boolean isVersion(String text) {
        return text.length() <= LONGEST && VERSION.matcher(text).matches();
    }

    /**
     * Returns the new version.
     *
     * @throws OlympeException if the template uses something that this build does not have, or npm does not accept the result as a version
     */
    public String version() {
        Map<String, Optional<String>> values = new TreeMap<>();
        values.put("version", Optional.of(current()));
        values.put("commit", context.shortCommit());
        values.put("timestamp", Optional.of(Long.toString(now.getEpochSecond())));
        values.put("date", Optional.of(DATE.format(now)));
        values.put("branch", context.branchSlug());
        values.put("tag", context.tagSlug());
        values.put("build", context.buildNumber());
        String version = template.resolve(values)
                .orElseThrow(() -> InvalidParameter.of(
                        template.parameter(),
                        template.text(),
                        String.format("This build has no value for %s. Leave it out.", missing(values))));
        if (!isVersion(version)) {
            throw InvalidParameter.of(
                    template.parameter(),
                    template.text(),
                    String.format(
                            "It gives '%s', which npm does not accept as a version. Use one such as '%s'.",
                            OneLine.of(version, 200), DEFAULT_TEMPLATE));
        }
        return version;
    }

    private String missing(Map<String, Optional<String>> values) {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .filter(entry -> entry.getValue().isEmpty())
                        .map(entry -> "{" + entry.getKey() + "}")
                        .filter(template.text()::contains)
                        .toList());
    }

    /**
     * Writes a version into package.json and the lock file, keeping every other character. The lock file is written first: npm ignores the
     * version in it, so after an interruption the one in package.json counts, old or new.
     *
     * @throws OlympeException if it cannot be written; both files are then unchanged
     */
    public void write(String version) {
        Map<Path, Change> changes = changes(version);
        Map<Path, Change> written = new LinkedHashMap<>();
        try {
            changes.forEach((file, change) -> {
                AtomicFile.write(file, change.after());
                written.put(file, change);
            });
        } catch (OlympeException e) {
            written.forEach((file, change) -> AtomicFile.write(file, change.before()));
            throw e;
        }
    }

    private record Change(String before, String after) {}

    /** Returns the changes to write, in order. */
    private Map<Path, Change> changes(String version) {
        Map<Path, Change> changes = new LinkedHashMap<>();
        Path project = packageJson.file().toAbsolutePath().getParent();
        if (project == null) {
            throw new IllegalStateException("a package.json is in a folder");
        }
        Path root = Workspace.of(project, npmWorkspace).root();
        NpmInstall.lockFile(root).ifPresent(lock -> {
            if (root.equals(project)) {
                replace(changes, lock, List.of("version"), version);
            }
            String member = root.relativize(project).toString().replace('\\', '/');
            replace(changes, lock, List.of("packages", member, "version"), version);
        });
        replace(changes, packageJson.file(), List.of("version"), version);
        requireVersion(changes, version);
        return changes;
    }

    /** Fails if the version occurs twice: npm and other tools read the last one. */
    private void requireVersion(Map<Path, Change> changes, String version) {
        try {
            Change written = changes.get(packageJson.file());
            String text = written == null ? "{}" : written.after();
            if (!ForeignText.json(text).path("version").asText().equals(version)) {
                throw new OlympeException("The file '" + packageJson.file()
                        + "' has more than one 'version', so it cannot be bumped; remove all but one.");
            }
        } catch (ForeignText.Malformed e) {
            throw new IllegalStateException("what was read can be read again", e);
        }
    }

    private static void replace(Map<Path, Change> changes, Path file, List<String> path, String version) {
        try {
            Change last = changes.get(file);
            String before = last == null ? Files.readString(file) : last.before();
            String text = last == null ? before : last.after();
            String mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
            JsonText.replace(text.substring(mark.length()), path, version)
                    .ifPresent(changed -> changes.put(file, new Change(before, mark + changed)));
        } catch (JsonProcessingException e) {
            throw new OlympeException("The version cannot be written into '" + file + "', which is not valid JSON ("
                    + ForeignText.said(e) + "); correct it there.");
        } catch (IOException e) {
            throw new OlympeException(
                    "The version cannot be written into '" + file + "' (" + e
                            + "); check that it is valid JSON in UTF-8.",
                    e);
        }
    }
}
