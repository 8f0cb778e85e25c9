package io.github.olympe.maven.credential;

import io.github.olympe.maven.text.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Hides secrets from texts that others will read: log lines, error messages, answers of servers, output of commands. A secret is hidden in
 * plain form, in the forms that JSON, JavaScript, shells, XML and URLs use, and in Base64, even as a part of a longer encoded text such as
 * a basic authentication. The part before the {@code @} of an HTTP URL is always hidden. A short secret is hidden only where it cannot be
 * an ordinary word, see {@link ShortSecret}. This class is safe for use by several threads.
 */
public final class SecretMask {

    /** The text that replaces a secret. */
    public static final String HIDDEN = "***";

    /** Shorter pieces occur everywhere by chance. */
    private static final int SHORTEST_PIECE = 8;

    private static final Pattern USER_OF_URL = Pattern.compile("(?i)(https?://)[^\\s/?#@\"'<>]+@");
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

    private final Map<String, ShortSecret> shortSecrets = new ConcurrentHashMap<>();

    /** Longest first: if a secret is part of another, replacing it first would leave the rest of the longer one visible. */
    private final Set<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Hides this secret from now on. */
    public void add(Secret secret) {
        String text = secret.reveal();
        addBase64(text);
        if (text.length() < SHORTEST_PIECE) {
            shortSecrets.computeIfAbsent(text, absent -> ShortSecret.of(text, written(text)));
            return;
        }
        forms.addAll(written(text));
        text.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_PIECE)
                .forEach(line -> forms.addAll(written(line)));
    }

    /** Hides a user's login from now on, as text and as the value of a basic authentication. */
    public void addBasic(String username, Secret secret) {
        String login = username + ":" + secret.reveal();
        if (login.length() >= SHORTEST_PIECE) {
            forms.addAll(written(login));
        }
        addWholeBase64(login.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text with every form of every secret replaced by {@code ***}. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, HIDDEN);
        }
        for (ShortSecret secret : shortSecrets.values()) {
            masked = secret.hide(masked, HIDDEN);
        }
        return masked.contains("@") ? USER_OF_URL.matcher(masked).replaceAll("$1" + HIDDEN + "@") : masked;
    }

    /** Returns the text in plain form and as JSON, JavaScript, shells, XML and URLs write it. */
    private static Set<String> written(String text) {
        String escaped = text.replace("\\", "\\\\");
        String json = json(text);
        Set<String> plain = new LinkedHashSet<>(List.of(
                text,
                json,
                json(json),
                json.replace("/", "\\/"),
                escaped,
                escaped.replace("'", "\\'"),
                escaped.replace("\"", "\\\"").replace("$", "\\$").replace("`", "\\`"),
                text.replace("'", "'\\''"),
                xml(text)));
        Set<String> written = new LinkedHashSet<>(plain);
        plain.forEach(form -> written.addAll(inUrl(form)));
        return written;
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

    /** Returns the text as a form encodes it and as {@code encodeURIComponent} does, each also with lower-case hex digits. */
    private static Set<String> inUrl(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String component = form.replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        Set<String> encoded = new LinkedHashSet<>(List.of(form));
        encoded.add(form.replace("+", "%20"));
        encoded.add(component);
        List.copyOf(encoded)
                .forEach(capitals -> encoded.add(PERCENT.matcher(capitals).replaceAll(SecretMask::small)));
        return encoded;
    }

    private static String small(MatchResult match) {
        return match.group().toLowerCase(Locale.ROOT);
    }

    /** Adds the Base64 forms of a text at each position within a longer text. Its outermost characters depend on its neighbours. */
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
        forms.addAll(inUrl(base64));
    }
}
