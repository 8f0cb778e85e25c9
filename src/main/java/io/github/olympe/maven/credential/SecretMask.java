package io.github.olympe.maven.credential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Hides secrets from texts that others will read: log lines, error messages, answers of servers, output of commands. A secret is hidden
 * as it is, URL-encoded, in Base64, and in the Base64 of an HTTP basic authentication. Safe for use by several threads.
 */
public final class SecretMask {

    private static final String HIDDEN = "***";

    /** Longest first, so that a secret which is part of another does not leave the other's rest behind. */
    private final Set<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Hides this secret from now on. */
    public void add(Secret secret) {
        String text = secret.reveal();
        forms.add(text);
        forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        addBase64(text);
        text.lines().map(String::strip).filter(line -> line.length() >= 8).forEach(forms::add);
    }

    /** Hides the value of a basic authentication of this user from now on. */
    public void addBasic(String username, Secret secret) {
        addBase64(username + ":" + secret.reveal());
    }

    /** The text with every form of every secret replaced by {@code ***}. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, HIDDEN);
        }
        return masked;
    }

    private void addBase64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
}
