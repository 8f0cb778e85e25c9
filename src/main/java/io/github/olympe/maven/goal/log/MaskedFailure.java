package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.LogText;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns the failure of a goal into Maven's, without secrets and commands for the CI. */
public final class MaskedFailure {

    private MaskedFailure() {}

    /** Returns the failure that the user sees: only the message of an {@link OlympeException}, with its causes for {@code mvn -e}. */
    public static MojoExecutionException of(RuntimeException failure, SecretMask mask) {
        String message = LogText.of(
                failure instanceof OlympeException expected
                        ? expected.message(mask::mask)
                        : mask.mask(failure.toString()));
        Throwable cause = failure instanceof OlympeException ? failure.getCause() : failure;
        return new MojoExecutionException(
                message, cause == null || showsTooMuch(cause, mask) ? null : new Cause(cause, message));
    }

    /** Returns whether a message of this failure or of one of its causes contains a secret or a command for the CI. */
    public static boolean showsTooMuch(Throwable cause, SecretMask mask) {
        Deque<Throwable> all = new ArrayDeque<>(List.of(cause));
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!all.isEmpty()) {
            Throwable t = all.remove();
            if (seen.add(t)) {
                String text = t.toString();
                if (!LogText.of(mask.mask(text)).equals(text)) {
                    return true;
                }
                Stream.ofNullable(t.getCause()).forEach(all::add);
                all.addAll(List.of(t.getSuppressed()));
            }
        }
        return false;
    }

    /**
     * A cause whose stack trace {@code mvn -e} shows. Maven appends the messages or class names of causes to a failure's message, unless it
     * already contains them. So this cause has the failure's own message.
     */
    private static final class Cause extends Exception {

        private static final long serialVersionUID = 1L;

        private final String text;

        Cause(Throwable cause, String message) {
            super(message, nested(cause, message), false, true);
            text = OneLine.of(cause.toString(), 1000);
            setStackTrace(cause.getStackTrace());
        }

        private static @Nullable Cause nested(Throwable cause, String message) {
            return cause.getCause() == null ? null : new Cause(cause.getCause(), message);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
