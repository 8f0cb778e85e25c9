package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.image.dockerfile.syntax.Instruction.HealthcheckDuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code HEALTHCHECK}. */
final class Healthchecks {

    private static final Map<String, String> DURATIONS = new LinkedHashMap<>();

    static {
        DURATIONS.put("--interval", "Interval");
        DURATIONS.put("--timeout", "Timeout");
        DURATIONS.put("--start-period", "StartPeriod");
        DURATIONS.put("--start-interval", "StartInterval");
    }

    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})(ns|us|µs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + "){1,10}");
    private static final long SHORTEST = 1_000_000;

    private Healthchecks() {}

    static Instruction parse(Place place, Statement statement) {
        String arguments = statement.arguments();
        int end = Whitespace.firstSeparator(arguments);
        String type = arguments.substring(0, end).toUpperCase(Locale.ROOT);
        String rest = Whitespace.after(arguments, end);
        if (type.equals("NONE")) {
            if (!rest.isEmpty()) {
                throw place.mistake("HEALTHCHECK NONE takes no arguments; remove them");
            }
            return new Instruction.Healthcheck(place, List.of("NONE"), List.of(), 0);
        }
        if (!type.equals("CMD")) {
            throw place.mistake("write HEALTHCHECK CMD and a command, or HEALTHCHECK NONE");
        }
        Flags flags = new Flags(
                place,
                statement.flags(),
                Set.of("--interval", "--timeout", "--start-period", "--start-interval", "--retries"),
                Set.of());
        CommandForm command = CommandForm.of(place, rest);
        if (command.words().isEmpty()) {
            throw place.mistake("it has no command; write HEALTHCHECK CMD and a command");
        }
        List<String> test = new ArrayList<>();
        test.add(command.exec() ? "CMD" : "CMD-SHELL");
        test.addAll(command.words());
        List<HealthcheckDuration> durations = new ArrayList<>();
        DURATIONS.forEach((flag, name) -> flags.value(flag)
                .map(value -> nanoseconds(place, flag, value))
                .filter(nanoseconds -> nanoseconds > 0)
                .ifPresent(nanoseconds -> durations.add(new HealthcheckDuration(name, nanoseconds))));
        return new Instruction.Healthcheck(place, test, durations, retries(place, flags.value("--retries")));
    }

    private static int retries(Place place, Optional<String> value) {
        if (value.isPresent() && !value.get().matches("[0-9]{1,9}")) {
            throw place.mistake("the flag '--retries' needs a number from 0 up");
        }
        return value.map(Integer::parseInt).orElse(0);
    }

    private static long nanoseconds(Place place, String flag, String text) {
        if (text.equals("0")) {
            return 0;
        }
        BigDecimal sum = BigDecimal.ZERO;
        if (WHOLE.matcher(text).matches()) {
            Matcher part = PART.matcher(text);
            while (part.find()) {
                long unit = UNITS.getOrDefault(part.group(2), 0L);
                sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            }
        }
        boolean isNumber = WHOLE.matcher(text).matches() && sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        long nanoseconds = isNumber ? sum.setScale(0, RoundingMode.DOWN).longValueExact() : -1;
        if (nanoseconds < 0 || (nanoseconds > 0 && nanoseconds < SHORTEST)) {
            throw place.mistake("the flag '" + flag + "' needs a time such as 30s, 1m30s or 500ms, at least 1ms");
        }
        return nanoseconds;
    }
}
