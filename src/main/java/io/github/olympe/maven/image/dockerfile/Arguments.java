package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.syntax.Expansion;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Arg;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of ARG. Those before the first FROM apply to FROM instructions, and to stages that declare them again. Those in a stage apply
 * from their instruction on, and in stages that are built on it.
 */
final class Arguments {

    private final Map<String, String> given;
    private final Map<String, String> global;
    private final Map<String, String> values;
    private final Set<String> used;

    private Arguments(
            Map<String, String> given, Map<String, String> global, Map<String, String> values, Set<String> used) {
        this.given = given;
        this.global = global;
        this.values = values;
        this.used = used;
    }

    /** Returns the values before the first FROM. */
    static Arguments global(BuildSettings settings, char escape, List<Arg> declared, Mistakes mistakes) {
        Map<String, String> given = new HashMap<>(settings.buildArgs());
        given.put(BuildSettings.SOURCES_PATH, settings.source());
        Map<String, String> global = new HashMap<>(settings.predefined());
        Arguments arguments = new Arguments(given, global, global, new HashSet<>());
        for (Arg arg : declared) {
            Expansion expansion = new Expansion(arg.place(), escape, global::get);
            mistakes.collect(
                    arg.place(),
                    () -> arg.settings().forEach(setting -> arguments.declare(List.of(setting), expansion)));
        }
        return arguments;
    }

    /** Returns the values of a stage that begins with an image. */
    Arguments stage() {
        Map<String, String> values = new HashMap<>();
        values.put(BuildSettings.SOURCES_PATH, given.getOrDefault(BuildSettings.SOURCES_PATH, ""));
        return new Arguments(given, global, values, used);
    }

    /** Returns the values of a stage that begins with this one. */
    Arguments copied() {
        return new Arguments(given, global, new HashMap<>(values), used);
    }

    /** Declares those of one instruction; none of them sees the value of another, but those before the first FROM do. */
    void declare(List<Setting> settings, Expansion expansion) {
        Map<String, String> declared = new HashMap<>();
        for (Setting setting : settings) {
            String name = expansion.word(setting.name());
            used.add(name);
            String value = given.get(name);
            if (value == null) {
                Optional<String> written = setting.value();
                value = written.isPresent() ? expansion.word(written.get()) : global.get(name);
            }
            if (value != null) {
                declared.put(name, value);
            }
        }
        values.putAll(declared);
    }

    @Nullable String value(String name) {
        return values.get(name);
    }

    /** Returns the names of build arguments that no ARG declares. */
    List<String> unused() {
        return given.keySet().stream()
                .filter(name -> !used.contains(name) && !name.equals(BuildSettings.SOURCES_PATH))
                .sorted()
                .toList();
    }
}
