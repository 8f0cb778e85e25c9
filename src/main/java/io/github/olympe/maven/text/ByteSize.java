package io.github.olympe.maven.text;

import java.util.Locale;

/** Formats sizes for people to read. */
public final class ByteSize {

    private ByteSize() {}

    /** Formats a number of bytes with a decimal unit, as docker and registries show them: {@code 12.3 MB}. */
    public static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes / 1000.0;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = 0;
        while (size >= 999.95 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
