package io.github.olympe.maven.text;

import java.util.Locale;

/** Formats numbers of things for people to read. */
public final class Counted {

    private Counted() {}

    /** Returns a number with its noun: {@code 1 file}, {@code 2,000 files}. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** Returns a number with its noun, whose plural is irregular: {@code 1 entry}, {@code 2 entries}. */
    public static String of(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
