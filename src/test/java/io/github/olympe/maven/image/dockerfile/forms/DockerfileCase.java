package io.github.olympe.maven.image.dockerfile.forms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Dockerfile of {@code src/test/resources/dockerfiles}; the README there describes the format.
 *
 * @param name what it tests
 * @param text the Dockerfile, with its base image
 * @param refused whether it cannot be built
 * @param faults patterns of the differences that a fault of buildah causes
 */
record DockerfileCase(String name, String text, boolean refused, List<Pattern> faults) {

    private static final Path FOLDER = Path.of("src/test/resources/dockerfiles");
    private static final Pattern TITLE = Pattern.compile("=== ([^\\[]+?)((?: \\[\\w+\\])*)");
    private static final Pattern FAULT = Pattern.compile("!= (.+) ## .+");
    private static final String BUSYBOX = "localhost/base:base";
    private static final String GNU = "localhost/gnu:gnu";

    /** A Dockerfile that can be built. */
    static DockerfileCase of(String name, String text) {
        return new DockerfileCase(name, text, false, List.of());
    }

    /** Returns all cases. Those for two base images are in it twice. */
    static List<DockerfileCase> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".cases"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        }
    }

    private static List<DockerfileCase> read(Path file) {
        try {
            return Arrays.stream(Files.readString(file).split("(?m)^(?==== )"))
                    .flatMap(part -> parse(part).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<DockerfileCase> parse(String part) {
        List<String> lines = new ArrayList<>(part.lines().toList());
        Matcher title = TITLE.matcher(lines.remove(0));
        if (!title.matches()) {
            throw new IllegalStateException("not a case: " + part);
        }
        List<Pattern> faults = new ArrayList<>();
        while (FAULT.matcher(lines.get(0)).matches()) {
            faults.add(Pattern.compile(FAULT.matcher(lines.remove(0)).replaceFirst("$1")));
        }
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        boolean refused = title.group(2).contains("[refused]");
        List<DockerfileCase> cases = new ArrayList<>();
        cases.add(new DockerfileCase(title.group(1), text.replace("@BASE@", BUSYBOX), refused, faults));
        if (title.group(2).contains("[gnu]")) {
            cases.add(new DockerfileCase(title.group(1) + " (GNU)", text.replace("@BASE@", GNU), refused, faults));
        }
        return cases;
    }

    /** Returns which of these differences are unexpected: those that no fault of buildah explains, and expected faults that are missing. */
    List<String> unexpected(List<String> differences) {
        List<String> unexpected = new ArrayList<>();
        for (String difference : differences) {
            if (faults.stream().noneMatch(fault -> fault.matcher(difference).matches())) {
                unexpected.add(name + ": " + difference);
            }
        }
        for (Pattern fault : faults) {
            if (differences.stream().noneMatch(fault.asMatchPredicate())) {
                unexpected.add(name + ": there is no difference '" + fault + "'");
            }
        }
        return unexpected;
    }
}
