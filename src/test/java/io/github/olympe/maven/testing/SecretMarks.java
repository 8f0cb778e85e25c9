package io.github.olympe.maven.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Secrets that can be found again wherever they went. Each begins and ends with letters and digits of its own, and has between them what
 * JSON, URLs, XML and shells write in other ways: a mark is found in any of these forms, cut in two, and in the Base64 of itself with
 * anything before and after it.
 */
public final class SecretMarks {

    private static final String BETWEEN = "+/\"\\'&%=<>";
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int END = 11;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> needles = new TreeMap<>();

    /** The secret of this name, made when it is asked for the first time. */
    public synchronized String get(String name) {
        String known = values.get(name);
        if (known == null) {
            known = letters() + BETWEEN + letters();
            values.put(name, known);
            add(name, known);
        }
        return known;
    }

    /** A secret that somebody else made, which has to begin and end with letters and digits. */
    public synchronized String add(String name, String value) {
        values.put(name, value);
        for (String end : new String[] {value.substring(0, END), value.substring(value.length() - END)}) {
            needles.put(end, name);
            for (int before = 0; before < 3; before++) {
                // The outermost letters depend on what stands beside the mark.
                byte[] bytes = ("x".repeat(before) + end).getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                String sure = encoded.substring(before == 0 ? 0 : before + 1, bytes.length / 3 * 4);
                needles.put(sure, name + " in Base64");
                needles.put(sure.replace('+', '-').replace('/', '_'), name + " in Base64");
            }
        }
        return value;
    }

    /** The names of the marks that a text shows, each with what stands before it. */
    public Map<String, String> in(String text) {
        Map<String, String> found = new TreeMap<>();
        needles.forEach((needle, name) -> {
            int at = text.indexOf(needle);
            if (at >= 0) {
                found.putIfAbsent(
                        name,
                        text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 40))
                                .replaceAll("\\p{Cntrl}+", " "));
            }
        });
        return found;
    }

    /** As {@link #in(String)}, for bytes: their text, and that of what they hold compressed. */
    public Map<String, String> in(byte[] bytes) {
        Map<String, String> found = new TreeMap<>(in(new String(bytes, StandardCharsets.ISO_8859_1)));
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                found.putAll(in(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                // Not that after all.
            }
        }
        return found;
    }

    /** The marks that the files and their names in a folder show, by file. */
    public Map<String, String> in(Path folder, Predicate<Path> chosen) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(chosen)::iterator) {
                in(file.toString()).forEach((name, text) -> found.put("the name " + file + ": " + name, text));
                if (Files.isRegularFile(file)) {
                    in(Files.readAllBytes(file)).forEach((name, text) -> found.put(file + ": " + name, text));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** A secret, fit for the user part of a URL. */
    public static String inUrl(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }

    /** A secret, fit for XML. */
    public static String inXml(String secret) {
        return secret.replace("&", "&amp;").replace("<", "&lt;");
    }

    private String letters() {
        StringBuilder text = new StringBuilder();
        while (text.length() < END) {
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            text.append(letter);
        }
        return text.toString();
    }
}
