package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.Locale;
import java.util.Set;

/** The signals of Linux that STOPSIGNAL may name. */
final class Signals {

    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ");

    private static final int HIGHEST = 64;

    private Signals() {}

    static void require(Place place, String signal) {
        String name = signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        boolean isNumber =
                signal.matches("[0-9]{1,2}") && Integer.parseInt(signal) > 0 && Integer.parseInt(signal) <= HIGHEST;
        boolean isRealTime = name.matches("RTMIN(?:\\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?");
        if (!isNumber && !isRealTime && !NAMES.contains(name)) {
            throw place.mistake("'" + signal + "' is not a signal; write one such as SIGTERM or 15");
        }
    }
}
