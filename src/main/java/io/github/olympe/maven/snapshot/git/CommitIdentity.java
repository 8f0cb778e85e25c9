package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The author or committer of a commit.
 *
 * @param name the name, any text
 * @param email the mail address
 */
public record CommitIdentity(String name, String email) {

    /** The identity if neither a parameter nor git's configuration sets one. */
    public static final CommitIdentity BOT = new CommitIdentity("Olympe snapshot", "olympe-snapshot@noreply.invalid");

    private static final int LONGEST = 500;

    private static final Pattern FORM =
            Pattern.compile("\\s*([^<>\\p{Cntrl}]*[^<>\\p{Cntrl}\\s])\\s*<([^<>\\s\\p{Cntrl}]+)>\\s*");

    /**
     * Parses an identity in git's format, {@code Name <mail@example.com>}.
     *
     * @param parameter the parameter that sets it, for the error message
     * @throws OlympeException if it has another form
     */
    public static CommitIdentity of(String parameter, String value) {
        Matcher matcher = FORM.matcher(value);
        if (value.length() > LONGEST || !OneLine.isPlain(value) || !matcher.matches()) {
            throw InvalidParameter.of(parameter, value, "Write it as 'Name <mail@example.com>'.");
        }
        return new CommitIdentity(matcher.group(1), matcher.group(2));
    }
}
