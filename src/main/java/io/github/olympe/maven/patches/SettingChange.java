package io.github.olympe.maven.patches;

import io.github.olympe.maven.credential.EnvironmentSecrets;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting of an image's configuration that differs, such as {@code User} or {@code WorkingDir}.
 *
 * @param name its name in the OCI image specification
 * @param from the value before, {@code null} if there was none
 * @param to the value after, {@code null} if there is none
 */
public record SettingChange(
        String name, @Nullable String from, @Nullable String to) {

    private static final int LONGEST = 200;
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]*@");

    /** Compares the settings of two images. Values that are named like a secret, or have a user in a URL, are not shown. */
    public static List<SettingChange> between(SortedMap<String, String> before, SortedMap<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<SettingChange> changes = new ArrayList<>();
        for (String name : names) {
            String from = before.get(name);
            String to = after.get(name);
            if (from == null || !from.equals(to)) {
                boolean isHidden = EnvironmentSecrets.isNamedLikeSecret(name) || hasUser(from) || hasUser(to);
                changes.add(
                        isHidden
                                ? new SettingChange(name, hidden(from), hidden(to))
                                : new SettingChange(name, from, to));
            }
        }
        return changes;
    }

    /** Returns it in words, such as {@code configuration: User changed from 'root' to '1000'}. */
    public String sentence() {
        String start = "configuration: " + OneLine.of(name);
        if (from == null) {
            return start + " set to " + shown(to);
        }
        return to == null
                ? start + " removed (was " + shown(from) + ")"
                : start + " changed from " + shown(from) + " to " + shown(to);
    }

    private static boolean hasUser(@Nullable String value) {
        return value != null && USER_INFO.matcher(value).find();
    }

    private static @Nullable String hidden(@Nullable String value) {
        return value == null ? null : SecretMask.HIDDEN;
    }

    private static String shown(@Nullable String value) {
        return "'" + OneLine.of(String.valueOf(value), LONGEST) + "'";
    }
}
