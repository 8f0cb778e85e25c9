package io.github.olympe.maven.release;

import java.time.Duration;

/** Says how long ago something was, in words. */
final class Age {

    private Age() {}

    /** Returns the time in the largest unit that fits: {@code 3 days ago}. */
    static String of(Duration age) {
        if (age.toDays() >= 1) {
            return ago(age.toDays(), "day");
        }
        if (age.toHours() >= 1) {
            return ago(age.toHours(), "hour");
        }
        return age.toMinutes() >= 1 ? ago(age.toMinutes(), "minute") : "less than a minute ago";
    }

    private static String ago(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
