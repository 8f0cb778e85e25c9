package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The owner of files in an image: {@code user} or {@code user:group}, as for {@code COPY --chown}. Names are looked up in the base image.
 *
 * @param user a user's name or number
 * @param group a group's name or number; absent for the user's own group
 */
public record Owner(String user, Optional<String> group) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*\\$?");
    private static final long LARGEST = 0xffff_fffeL;

    /**
     * Parses an owner.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws OlympeException if it has another form
     */
    public static Owner of(String parameter, String text) {
        String[] parts = text.strip().split(":", -1);
        boolean valid = parts.length <= 2;
        for (String part : parts) {
            valid &= NAME.matcher(part).matches() && (!isNumber(part) || isInRange(part));
        }
        if (!valid) {
            throw InvalidParameter.of(
                    parameter, text, "Write an owner as 'user', 'user:group' or with numbers, such as '1000:1000'.");
        }
        return new Owner(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }

    public static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public static boolean isInRange(String number) {
        return number.length() <= 10 && Long.parseLong(number) <= LARGEST;
    }

    @Override
    public String toString() {
        return user + group.map(g -> ":" + g).orElse("");
    }
}
