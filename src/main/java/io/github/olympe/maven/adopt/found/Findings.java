package io.github.olympe.maven.adopt.found;

import io.github.olympe.maven.text.OneLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings. The same thing at the same place counts once. A secret from a file is shown as {@code ***}. */
public final class Findings {

    private static final int LONGEST = 100;

    /** A shorter one would occur in other texts by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final Set<Finding> understood = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<NotUnderstood> open = new LinkedHashSet<>();

    /** Hides a value from a file in everything that is shown from now on. */
    public void hide(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.add(secret);
        }
    }

    /** Returns whether a text contains a secret from a file, so that it must not be copied. */
    public boolean hasSecret(String text) {
        return !masked(text).equals(text);
    }

    /** Notes something that was understood. */
    public void found(Place place, String what, String became) {
        understood.add(new Finding(place, shown(what), masked(became)));
    }

    /** Notes something that was not understood, with what to do. */
    public void open(Place place, String what, String advice) {
        open.add(new NotUnderstood(place, shown(what), advice));
    }

    /** Returns what was understood, in the order of files and lines. */
    public List<Finding> understood() {
        return understood.stream()
                .sorted((a, b) -> a.place().compareTo(b.place()))
                .toList();
    }

    /** Returns what was not understood, in the order of files and lines. */
    public List<NotUnderstood> notUnderstood() {
        return open.stream().sorted((a, b) -> a.place().compareTo(b.place())).toList();
    }

    private String masked(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return SecretText.masked(shown);
    }

    private String shown(String text) {
        return OneLine.of(masked(Placeholders.unmarked(text)).strip().replaceAll("\\s+", " "), LONGEST);
    }
}
