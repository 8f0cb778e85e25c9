package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.OneLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A case of the corpus in {@code src/test/resources/bad}: an input that is bad, or unusual but good, and the expected message. The corpus'
 * README describes the files.
 *
 * @param name what is wrong with it
 * @param content the input, in bytes
 * @param expected parts of the message, in order; for a good input, parts of the result
 * @param good whether the input must be accepted
 */
public record BadInput(String name, byte[] content, List<String> expected, boolean good) {

    /** The folder of the corpus. */
    public static final Path CORPUS = Path.of("src/test/resources/bad");

    /** The placeholder for a secret in the corpus. It must never be in a message. */
    private static final String SECRET = "s3cr3tM4rk";

    /** Where the plugin may write even if it refuses the input: its cache, and the files of what was sent and answered. */
    private static final List<String> OWN = List.of("cache", "target/olympe/deploy");

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LONGEST_MESSAGE = 1200;
    private static final int MOST_SENTENCES = 21;
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt0s\\\\]))|\\$<(\\d+)\\*([^>]+)>");
    private static final Pattern CLASS_NAME = Pattern.compile("\\b(?:[a-z]+\\.)+[A-Z]\\w*(?:Exception|Error)\\b");

    /** Returns the cases for one kind of input, in the file {@code <room>/<subject>.cases}. */
    public static Stream<BadInput> of(String table) {
        Path file = CORPUS.resolve(table + ".cases");
        List<BadInput> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split(" \\| ", -1);
                if (parts.length != 3 || !names.add(parts[0].strip())) {
                    throw new IllegalStateException("'" + file + "' has no or a second case: " + line);
                }
                cases.add(of(file, parts[0].strip(), parts[1].strip(), parts[2].strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases.stream();
    }

    private static BadInput of(Path file, String name, String input, String expected) throws IOException {
        boolean good = expected.equals("good") || expected.startsWith("good: ");
        String said = good ? expected.replaceFirst("^good(: )?", "") : expected;
        return new BadInput(name, content(file, input), Arrays.asList(said.split(" … ")), good);
    }

    private static byte[] content(Path file, String input) throws IOException {
        if (input.startsWith("@file ")) {
            return Files.readAllBytes(file.resolveSibling(input.substring("@file ".length())));
        }
        if (input.startsWith("@bom ")) {
            return written("\ufeff" + input.substring("@bom ".length()), StandardCharsets.UTF_8);
        }
        if (input.startsWith("@in ")) {
            String[] words = input.split(" ", 3);
            return written(words[2], Charset.forName(words[1]));
        }
        return written(input.equals("@empty") ? "" : input, StandardCharsets.UTF_8);
    }

    private static byte[] written(String text, Charset charset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder pending = new StringBuilder();
        Matcher escape = ESCAPE.matcher(text);
        int end = 0;
        while (escape.find()) {
            pending.append(text, end, escape.start());
            end = escape.end();
            if (escape.group(1) != null) {
                pending.append((char) Integer.parseInt(escape.group(1), 16));
            } else if (escape.group(2) != null) {
                bytes.write(pending.toString().getBytes(charset));
                pending.setLength(0);
                bytes.write(Integer.parseInt(escape.group(2), 16));
            } else if (escape.group(3) != null) {
                pending.append("\n\r\t\0 \\".charAt("nrt0s\\".indexOf(escape.group(3))));
            } else {
                byte[] repeated = written(escape.group(5), StandardCharsets.UTF_8);
                pending.append(new String(repeated, StandardCharsets.UTF_8).repeat(Integer.parseInt(escape.group(4))));
            }
        }
        pending.append(text.substring(end));
        bytes.write(pending.toString().getBytes(charset));
        return bytes.toByteArray();
    }

    /** Returns the input as text. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Returns the input's parts, which {@code =>} separates. */
    public List<String> parts() {
        return Arrays.asList(text().split(" => ", -1));
    }

    /** Writes the input into a file. */
    public Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /**
     * Passes the input to the code that reads it. The result must come in time: a single message, with nothing changed in the folder; or,
     * for a good input, its result.
     *
     * @param folder the project, and everything else that the reading may write to
     */
    public void check(Path folder, Callable<?> reading) throws Exception {
        check(folder, LONGEST, reading);
    }

    /** Does what {@link #check(Path, Callable)} does, for code that takes longer. */
    public void check(Path folder, Duration longest, Callable<?> reading) throws Exception {
        Map<String, String> before = good ? Map.of() : listing(folder);
        FutureTask<Object> task = new FutureTask<>(() -> outcome(reading));
        Thread thread = new Thread(task, "bad input: " + name);
        thread.setDaemon(true);
        thread.start();
        Object outcome;
        try {
            outcome = task.get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            AssertionError endless = new AssertionError("no end after " + longest.toSeconds() + " seconds");
            endless.setStackTrace(thread.getStackTrace());
            throw endless;
        }
        if (good) {
            if (outcome instanceof Throwable failure) {
                throw new AssertionError("it should be taken", failure);
            }
            assertThat(OneLine.of(String.valueOf(outcome)))
                    .containsSubsequence(expected)
                    .doesNotContain(SECRET);
            return;
        }
        assertThat(outcome).as("what is said of it").isInstanceOf(Throwable.class);
        requireSentence((Throwable) outcome);
        assertThat(((Throwable) outcome).getMessage()).containsSubsequence(expected);
        assertThat(listing(folder)).as("what is in '%s'", folder).isEqualTo(before);
    }

    /**
     * Returns everything in a folder except what the plugin keeps for itself: the content of each path, and for a file the time when it was
     * written.
     */
    private static Map<String, String> listing(Path folder) throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString();
                if (OWN.stream().noneMatch(name::startsWith)) {
                    listing.put(name, described(path));
                }
            }
        }
        return listing;
    }

    private static String described(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        if (Files.isDirectory(path)) {
            return "folder " + rights;
        }
        byte[] content = Files.isReadable(path) ? Files.readAllBytes(path) : new byte[0];
        return "file " + rights + " " + Files.size(path) + " bytes " + Arrays.hashCode(content) + " of "
                + Files.getLastModifiedTime(path);
    }

    private static Object outcome(Callable<?> reading) {
        try {
            return String.valueOf(reading.call());
        } catch (Throwable e) {
            return e;
        }
    }

    /** Checks that a failure is one that a user can act on: sentences of normal length, one a line, without Java terms or secrets. */
    public static void requireSentence(Throwable failure) {
        if (!(failure instanceof OlympeException)) {
            throw new AssertionError("it should be an OlympeException", failure);
        }
        List<String> sentences = String.valueOf(failure.getMessage()).lines().toList();
        assertThat(sentences)
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(MOST_SENTENCES)
                .allSatisfy(sentence -> {
                    assertThat(sentence).endsWith(".").hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
                    assertThat(OneLine.of(sentence)).isEqualTo(sentence);
                    assertThat(sentence).doesNotContainPattern(CLASS_NAME);
                });
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
