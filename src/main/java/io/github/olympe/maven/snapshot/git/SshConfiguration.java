package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.InvalidPatternException;
import org.eclipse.jgit.fnmatch.FileNameMatcher;
import org.eclipse.jgit.internal.transport.ssh.OpenSshConfigFile;
import org.eclipse.jgit.transport.SshConfigStore;
import org.jspecify.annotations.Nullable;

/**
 * The SSH configuration as ssh reads it: the user's file, then the system's, with {@code Include}, {@code Host} and {@code Match} (see
 * ssh_config(5)). JGit's parser does not know {@code Include}, and treats what follows a {@code Match} as a part of the preceding
 * {@code Host}. So it gets only the lines that apply to a host. Programs that a configuration names are never run: {@code Match exec} does
 * not match.
 *
 * @param home the user's home folder
 * @param user the user's file
 * @param system the system's file
 * @param localUser the user's name on this machine
 */
record SshConfiguration(Path home, Path user, Path system, String localUser) implements SshConfigStore {

    private static final int DEEPEST = 16;
    private static final int LARGEST = 1 << 20;
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*?)\\s*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Override
    public HostConfig lookup(String hostName, int port, @Nullable String userName) {
        return ask(hostName, userName, file -> file.lookup(hostName, port, userName));
    }

    @Override
    public HostConfig lookupDefault(String hostName, int port, @Nullable String userName) {
        return ask(hostName, userName, file -> file.lookupDefault(hostName, port, userName));
    }

    private interface Question {
        HostConfig of(OpenSshConfigFile file);
    }

    private HostConfig ask(String hostName, @Nullable String userName, Question question) {
        try {
            Path copy = Files.createTempFile("olympe-ssh", ".config");
            try {
                Files.write(copy, new Reading(hostName, userName).lines());
                return question.of(new OpenSshConfigFile(home.toFile(), copy.toFile(), localUser));
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the SSH configuration cannot be read: " + Reason.of(e), e);
        }
    }

    /** Collects the lines that apply to one host. */
    private final class Reading {

        private final String hostName;
        private final List<String> lines = new ArrayList<>();

        /** The values so far. The first one wins. */
        private final Map<String, String> values = new HashMap<>();

        Reading(String hostName, @Nullable String userName) {
            this.hostName = hostName;
            if (userName != null) {
                values.put("user", userName);
            }
        }

        List<String> lines() throws IOException {
            read(user, home.resolve(".ssh"), 0);
            read(system, Optional.ofNullable(system.getParent()).orElse(system), 0);
            return lines;
        }

        /** @param folder the folder that an {@code Include} is relative to */
        private void read(Path file, Path folder, int depth) throws IOException {
            boolean holds = true;
            for (String line : text(file).lines().toList()) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    continue;
                }
                String argument = parts.group(2);
                switch (parts.group(1).toLowerCase(Locale.ROOT)) {
                    case "host" -> holds = matchesAny(words(argument), hostName);
                    case "match" -> holds = matches(argument);
                    case "include" -> {
                        if (depth < DEEPEST && holds) {
                            for (String pattern : words(argument)) {
                                for (Path path : included(pattern, folder)) {
                                    read(path, folder, depth + 1);
                                }
                            }
                        }
                    }
                    default -> {
                        if (holds) {
                            values.putIfAbsent(parts.group(1).toLowerCase(Locale.ROOT), argument);
                            lines.add(line);
                        }
                    }
                }
            }
        }

        private boolean matches(String criteria) {
            List<String> words = words(criteria);
            for (int i = 0; i < words.size(); i++) {
                boolean negated = words.get(i).startsWith("!");
                String criterion = words.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
                if (criterion.equals("all")) {
                    continue;
                }
                String argument = i + 1 < words.size() ? words.get(++i) : "";
                Optional<String> value = switch (criterion) {
                    case "host" ->
                        Optional.of(values.getOrDefault("hostname", hostName).replace("%h", hostName));
                    case "originalhost" -> Optional.of(hostName);
                    case "user" -> Optional.of(values.getOrDefault("user", localUser));
                    case "localuser" -> Optional.of(localUser);
                    default -> Optional.empty();
                };
                if (value.isEmpty() || matchesAny(List.of(argument.split(",")), value.get()) == negated) {
                    return false;
                }
            }
            return !words.isEmpty();
        }
    }

    private static List<String> words(String argument) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(argument);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    /** Returns whether one of the patterns matches, and none that begins with {@code !}. */
    private static boolean matchesAny(List<String> patterns, String text) {
        boolean matched = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(pattern.substring(negated ? 1 : 0), text)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private static boolean matches(String pattern, String text) {
        try {
            FileNameMatcher matcher = new FileNameMatcher(pattern, null);
            matcher.append(text);
            return matcher.isMatch();
        } catch (InvalidPatternException e) {
            return false;
        }
    }

    /** Returns the files that a pattern of {@code Include} names, in alphabetical order. */
    private List<Path> included(String pattern, Path folder) throws IOException {
        Path path = pattern.startsWith("~/") ? home.resolve(pattern.substring(2)) : folder.resolve(pattern);
        Path root = path.getRoot();
        List<Path> found = root == null ? List.of() : List.of(root);
        for (Path name : path) {
            List<Path> below = new ArrayList<>();
            for (Path parent : found) {
                below.addAll(children(parent, name.toString()));
            }
            found = below;
        }
        return found;
    }

    private static List<Path> children(Path parent, String pattern) throws IOException {
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return List.of(parent.resolve(pattern));
        }
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> {
                        String name = child.getFileName().toString();
                        return name.startsWith(".") == pattern.startsWith(".") && matches(pattern, name);
                    })
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }
}
