package io.github.olympe.maven.credential;

import io.github.olympe.maven.text.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Hides secrets from texts that others will read: log lines, error messages, answers of servers, output of commands. A secret is hidden
 * as it is, as JSON, JavaScript, shells, XML and URLs write it, and in Base64, also in that of a longer text, as a basic authentication
 * is. What stands before the {@code @} of an HTTP URL is hidden whether it is known or not. Safe for use by several threads.
 */
public final class SecretMask {

    private static final String HIDDEN = "***";

    /** Shorter pieces are found everywhere, by chance. */
    private static final int SHORTEST_PIECE = 8;

    private static final Pattern USER_OF_URL = Pattern.compile("(?i)(https?://)[^\\s/?#@\"'<>]+@");
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

    /** Longest first, so that a secret which is part of another does not leave the other's rest behind. */
    private final Set<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Hides this secret from now on. */
    public void add(Secret secret) {
        String text = secret.reveal();
        addWritten(text);
        addBase64(text);
        text.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_PIECE)
                .forEach(this::addWritten);
    }

    /** Hides the value of a basic authentication of this user from now on. */
    public void addBasic(String username, Secret secret) {
        addWholeBase64((username + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    /** The text with every form of every secret replaced by {@code ***}. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, HIDDEN);
        }
        return masked.contains("@") ? USER_OF_URL.matcher(masked).replaceAll("$1" + HIDDEN + "@") : masked;
    }

    private void addWritten(String text) {
        String escaped = text.replace("\\", "\\\\");
        String json = json(text);
        Set<String> written = new LinkedHashSet<>(List.of(
                text,
                json,
                json(json),
                json.replace("/", "\\/"),
                escaped,
                escaped.replace("'", "\\'"),
                escaped.replace("\"", "\\\"").replace("$", "\\$").replace("`", "\\`"),
                text.replace("'", "'\\''"),
                xml(text)));
        written.forEach(form -> {
            forms.add(form);
            addInUrl(form);
        });
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** As a form has it, as {@code encodeURIComponent} has it, and either with small letters. */
    private void addInUrl(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String component = form.replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        for (String encoded : List.of(form, form.replace("+", "%20"), component)) {
            forms.add(encoded);
            forms.add(PERCENT.matcher(encoded).replaceAll(SecretMask::small));
        }
    }

    private static String small(MatchResult match) {
        return match.group().toLowerCase(Locale.ROOT);
    }

    /** What Base64 makes of it, wherever in a longer text it stands: its outermost letters depend on its neighbours. */
    private void addBase64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= SHORTEST_PIECE / 2) {
            addWholeBase64(bytes);
        }
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int end = shifted.length / 3 * 4;
            int begin = before == 0 ? 0 : before + 1;
            if (end - begin >= SHORTEST_PIECE) {
                addInBothAlphabets(encoded.substring(begin, end));
            }
        }
    }

    private void addWholeBase64(byte[] bytes) {
        addInBothAlphabets(Base64.getEncoder().encodeToString(bytes));
        addInBothAlphabets(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }

    private void addInBothAlphabets(String base64) {
        forms.add(base64);
        forms.add(base64.replace('+', '-').replace('/', '_'));
        addInUrl(base64);
    }
}
