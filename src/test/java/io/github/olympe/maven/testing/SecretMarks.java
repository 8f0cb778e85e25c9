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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Secrets that can be found wherever they go. Each begins and ends with its own letters and digits, and in between has characters that
 * JSON, URLs, XML and shells escape. So a mark is found in any of these forms, cut in two, and in its Base64 with anything before and after
 * it.
 */
public final class SecretMarks {

    private static final String BETWEEN = "+/\"\\'&%=<>";
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int END = 11;
    private static final int SEEN_BEFORE = 150;
    private static final int SEEN_AFTER = 40;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> values = new LinkedHashMap<>();
    /** The texts to look for, with their names, by their first four letters. */
    private final Map<Integer, Map<String, String>> needles = new ConcurrentHashMap<>();
    /** Whether four letters with this hash begin any of the texts. So a text is read only once, however many marks there are. */
    private final boolean[] beginnings = new boolean[1 << Short.SIZE];

    /** Returns the secret with this name, and creates it on first use. */
    public synchronized String get(String name) {
        String known = values.get(name);
        if (known == null) {
            known = letters() + BETWEEN + letters();
            values.put(name, known);
            add(name, known);
        }
        return known;
    }

    /** Adds a secret from elsewhere. It must begin and end with letters and digits. */
    public synchronized String add(String name, String value) {
        values.put(name, value);
        for (String end : new String[] {value.substring(0, END), value.substring(value.length() - END)}) {
            lookFor(end, name);
            for (int before = 0; before < 3; before++) {
                // The outermost letters depend on what is next to the mark.
                byte[] bytes = ("x".repeat(before) + end).getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                String sure = encoded.substring(before == 0 ? 0 : before + 1, bytes.length / 3 * 4);
                lookFor(sure, name + " in Base64");
                lookFor(sure.replace('+', '-').replace('/', '_'), name + " in Base64");
            }
        }
        return value;
    }

    private void lookFor(String needle, String name) {
        int beginning = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            beginning = beginning << Byte.SIZE | needle.charAt(i);
        }
        needles.computeIfAbsent(beginning, first -> new ConcurrentHashMap<>()).put(needle, name);
        beginnings[hash(beginning)] = true;
    }

    private static int hash(int beginning) {
        return (beginning * 0x9E3779B1) >>> Short.SIZE;
    }

    /** Returns the names of the marks in a text, each with the text before it. */
    public Map<String, String> in(String text) {
        return inText(text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> inText(byte[] text) {
        Map<String, String> found = new TreeMap<>();
        int last = 0;
        for (int i = 0; i < text.length; i++) {
            last = last << Byte.SIZE | text[i] & 0xff;
            if (beginnings[hash(last)]) {
                int start = i + 1 - Integer.BYTES;
                needles.getOrDefault(last, Map.of()).forEach((needle, name) -> {
                    if (isAt(text, start, needle)) {
                        found.putIfAbsent(name, around(text, start));
                    }
                });
            }
        }
        return found;
    }

    private static boolean isAt(byte[] text, int start, String needle) {
        if (start < 0 || text.length - start < needle.length()) {
            return false;
        }
        for (int i = 0; i < needle.length(); i++) {
            if (text[start + i] != needle.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String around(byte[] text, int at) {
        int from = Math.max(0, at - SEEN_BEFORE);
        return new String(text, from, Math.min(text.length, at + SEEN_AFTER) - from, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ");
    }

    /** Does what {@link #in(String)} does, for bytes: their text, and that of compressed content. */
    public Map<String, String> in(byte[] bytes) {
        Map<String, String> found = inText(bytes);
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                found.putAll(inText(content.readAllBytes()));
            } catch (IOException e) {
                // It is not compressed after all.
            }
        }
        return found;
    }

    /** Returns the marks in the files of a folder and in their names, by file. */
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

    /** Returns a secret that may be the user of a URL. */
    public static String inUrl(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }

    /** Returns a secret that may be in XML. */
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
