package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Parses one instruction. Each keyword has its own form of arguments. */
final class InstructionParser {

    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final Set<String> NONE = Set.of();
    private static final Set<String> COPY_FLAGS = new TreeSet<>(Set.of("--from", "--chown", "--chmod", "--link"));
    private static final Set<String> ADD_FLAGS = new TreeSet<>(Set.of("--chown", "--chmod", "--link"));
    private static final Set<String> COPY_REFUSED = Set.of("--parents", "--exclude");
    private static final Set<String> ADD_REFUSED = Set.of("--checksum", "--keep-git-dir", "--unpack", "--exclude");
    private static final Set<String> RUN_REFUSED = Set.of("--mount", "--network", "--security", "--device");

    private final Place place;
    private final String text;
    private final char escape;
    private final Statement statement;
    private final String arguments;

    private InstructionParser(Place place, String text, char escape) {
        this.place = place;
        this.text = text;
        this.escape = escape;
        this.statement = Statement.of(text, escape);
        this.arguments = statement.arguments();
    }

    /**
     * Parses an instruction.
     *
     * @param place where it is, for error messages
     * @throws io.github.olympe.maven.OlympeException if it is wrong or cannot be followed
     * @throws Heredoc.Found if it has a here-document
     */
    static Instruction parse(Place place, String text, char escape) {
        return new InstructionParser(place, text, escape).instruction();
    }

    private Instruction instruction() {
        return switch (statement.keyword()) {
            case "ADD" -> copy(true, new Flags(place, statement.flags(), ADD_FLAGS, ADD_REFUSED));
            case "ARG" -> arg();
            case "CMD" -> new Instruction.Cmd(place, command());
            case "COPY" -> copy(false, new Flags(place, statement.flags(), COPY_FLAGS, COPY_REFUSED));
            case "ENTRYPOINT" -> new Instruction.Entrypoint(place, command());
            case "ENV" -> new Instruction.Env(place, settings());
            case "EXPOSE" -> new Instruction.Expose(place, withoutFlags(words("a port")));
            case "FROM" -> from();
            case "HEALTHCHECK" -> Healthchecks.parse(place, statement);
            case "LABEL" -> new Instruction.Label(place, settings());
            case "MAINTAINER" -> new Instruction.Maintainer(place, text("a name"));
            case "ONBUILD" -> onBuild();
            case "RUN" -> run();
            case "SHELL" -> shell();
            case "STOPSIGNAL" -> new Instruction.StopSignal(place, text("a signal such as SIGTERM"));
            case "USER" -> new Instruction.User(place, text("a user"));
            case "VOLUME" -> volume();
            case "WORKDIR" -> new Instruction.Workdir(place, text("a folder"));
            default -> throw place.mistake("there is no instruction '" + statement.keyword() + "'; correct it");
        };
    }

    private Instruction copy(boolean isAdd, Flags flags) {
        Optional<List<String>> json = CommandForm.json(place, arguments);
        if (json.isEmpty()) {
            Heredoc.refuse(place, arguments, escape);
        }
        List<String> words = json.orElseGet(() -> Whitespace.split(arguments));
        if (words.size() < 2) {
            throw place.mistake("it needs what to copy and where to; write " + statement.keyword() + " source target");
        }
        return new Instruction.Copy(
                place,
                isAdd,
                flags.value("--from"),
                flags.value("--chown"),
                flags.value("--chmod"),
                flags.isOn("--link"),
                words.subList(0, words.size() - 1),
                words.get(words.size() - 1));
    }

    private Instruction arg() {
        refuseFlags();
        List<Setting> settings = new ArrayList<>();
        for (String word : Words.split(arguments, escape)) {
            String[] parts = word.split("=", 2);
            settings.add(new Setting(named(parts[0]), parts.length < 2 ? Optional.empty() : Optional.of(parts[1])));
        }
        if (settings.isEmpty()) {
            throw place.mistake("it has no name; write ARG name, or ARG name=default");
        }
        return new Instruction.Arg(place, settings);
    }

    /** Parses {@code name=value …}, or docker's older form {@code name value}, in which the value is the whole rest. */
    private List<Setting> settings() {
        refuseFlags();
        List<String> words = Words.split(arguments, escape);
        if (words.isEmpty()) {
            throw place.mistake("it has no name; write " + statement.keyword() + " name=value");
        }
        if (!words.get(0).contains("=")) {
            int end = Whitespace.firstSeparator(arguments);
            if (end == arguments.length()) {
                throw place.mistake("it has no value; write " + statement.keyword() + " name=value");
            }
            return List.of(
                    new Setting(named(arguments.substring(0, end)), Optional.of(Whitespace.after(arguments, end))));
        }
        List<Setting> settings = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw place.mistake(
                        "'" + word + "' has no '='; write name=value, a value with spaces in double quotes");
            }
            settings.add(new Setting(named(word.substring(0, equals)), Optional.of(word.substring(equals + 1))));
        }
        return settings;
    }

    private String named(String name) {
        if (name.isEmpty()) {
            throw place.mistake("there is nothing before '='; write name=value");
        }
        return name;
    }

    private Instruction from() {
        Flags flags = new Flags(place, statement.flags(), Set.of("--platform"), NONE);
        List<String> words = Whitespace.split(arguments);
        boolean isNamed = words.size() == 3 && words.get(1).equalsIgnoreCase("AS");
        if (words.size() != 1 && !isNamed) {
            throw place.mistake("write FROM image, or FROM image AS name");
        }
        Optional<String> name = isNamed ? Optional.of(words.get(2).toLowerCase(Locale.ROOT)) : Optional.empty();
        if (name.isPresent() && !STAGE_NAME.matcher(name.get()).matches()) {
            throw place.mistake("'" + words.get(2)
                    + "' is not a stage's name; use letters, digits and '.', '_', '-', a letter first");
        }
        return new Instruction.From(place, flags.value("--platform"), words.get(0), name);
    }

    private Instruction onBuild() {
        refuseFlags();
        Statement inner = Statement.of(arguments, escape);
        switch (inner.keyword()) {
            case "" -> throw place.mistake("it has no instruction; write ONBUILD and another instruction");
            case "ONBUILD", "FROM", "MAINTAINER" ->
                throw place.mistake(inner.keyword() + " may not come after ONBUILD; use another instruction");
            case "ADD", "COPY", "RUN" -> Heredoc.refuse(place, inner.arguments(), escape);
            default -> {
                // Others are kept unchanged.
            }
        }
        String line = Whitespace.stripLeading(text);
        return new Instruction.OnBuild(place, Whitespace.stripLeading(line.substring("ONBUILD".length())));
    }

    private Instruction run() {
        new Flags(place, statement.flags(), NONE, RUN_REFUSED);
        CommandForm command = CommandForm.of(place, arguments);
        if (!command.exec()) {
            Heredoc.refuse(place, arguments, escape);
        }
        return new Instruction.Run(place, command);
    }

    private Instruction shell() {
        refuseFlags();
        List<String> words = CommandForm.json(place, arguments).orElse(List.of());
        if (words.isEmpty()) {
            throw place.mistake("write the shell as a JSON list, such as SHELL [\"/bin/sh\", \"-c\"]");
        }
        return new Instruction.Shell(place, words);
    }

    private Instruction volume() {
        refuseFlags();
        List<String> paths = CommandForm.json(place, arguments).orElseGet(() -> Whitespace.split(arguments));
        if (paths.isEmpty()
                || paths.stream().anyMatch(path -> Whitespace.strip(path).isEmpty())) {
            throw place.mistake("it has no path; write VOLUME /path");
        }
        return new Instruction.Volume(
                place, paths.stream().map(Whitespace::strip).toList());
    }

    private CommandForm command() {
        refuseFlags();
        return CommandForm.of(place, arguments);
    }

    private List<String> words(String what) {
        if (arguments.isEmpty()) {
            throw place.mistake("it has no arguments; write " + statement.keyword() + " and " + what);
        }
        return Whitespace.split(arguments);
    }

    private String text(String what) {
        refuseFlags();
        if (arguments.isEmpty()) {
            throw place.mistake("it has no arguments; write " + statement.keyword() + " and " + what);
        }
        return arguments;
    }

    private List<String> withoutFlags(List<String> words) {
        refuseFlags();
        return words;
    }

    private void refuseFlags() {
        new Flags(place, statement.flags(), NONE, NONE);
    }
}
