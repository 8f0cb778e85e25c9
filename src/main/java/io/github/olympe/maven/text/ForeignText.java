package io.github.olympe.maven.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads texts that others wrote, and JSON (RFC 8259) in them, within limits: a text must be in UTF-8 and not too large; JSON is at most
 * 1000 levels deep with nothing after it. A byte order mark, which editors on Windows write, is ignored. A {@link Malformed} says what is
 * wrong without quoting the text, which may hold a secret.
 */
public final class ForeignText {

    private ForeignText() {}

    /** Says why a text cannot be used, as a part of a sentence. */
    public static final class Malformed extends IOException {

        private static final long serialVersionUID = 1L;

        public Malformed(String reason) {
            super(reason);
        }

        /** The reason, never {@code null}. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads the JSON in a file.
     *
     * @param largestMebibytes the largest size allowed
     * @throws Malformed if it is too large, not in UTF-8, or not JSON
     * @throws IOException if it cannot be read
     */
    public static JsonNode json(Path file, int largestMebibytes) throws IOException {
        return json(read(file, largestMebibytes));
    }

    /**
     * Reads the JSON in a file as a value of this type. The type's own checks run.
     *
     * @param largestMebibytes the largest size allowed
     * @throws Malformed if it is too large, not in UTF-8, not JSON, or not a value of this type
     * @throws IOException if it cannot be read
     */
    public static <T> T json(Path file, int largestMebibytes, Class<T> type) throws IOException {
        return Json.value(json(file, largestMebibytes), type);
    }

    /**
     * Reads a file in UTF-8, without its byte order mark.
     *
     * @throws Malformed if it is too large or not in UTF-8
     * @throws IOException if it cannot be read
     */
    public static String read(Path file, int largestMebibytes) throws IOException {
        int largest = largestMebibytes << 20;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new Malformed("it is larger than " + largestMebibytes + " MiB");
            }
            return decoded(bytes);
        }
    }

    /** Does what {@link #read} does, for bytes that are already in memory. */
    public static String decoded(byte[] bytes) throws Malformed {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return withoutMark(text);
        } catch (CharacterCodingException e) {
            throw new Malformed("it is not written in UTF-8");
        }
    }

    /**
     * Reads the JSON in a text.
     *
     * @throws Malformed if it is not JSON
     */
    public static JsonNode json(String text) throws Malformed {
        try {
            JsonNode json = Json.parse(withoutMark(text));
            if (json.isMissingNode()) {
                throw new Malformed("it is empty");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new Malformed(reason(e));
        }
    }

    private static String reason(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        return (place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ") + said(e);
    }

    /** Says why a text is not JSON, in the parser's words but without quoting the text. */
    public static String said(JsonProcessingException e) {
        String line = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        String said = line.replaceFirst(" \\(start marker at .*", "")
                .replaceFirst(
                        "^Unrecognized token '(?!(?i:tr|fa|nu|un|na|no|inf)[a-zA-Z]{0,8}').*?': was",
                        "A word that is not JSON: was")
                .replaceFirst(
                        "^(Document nesting depth|String value length|Number value length|Name length|Document length) \\(\\d+\\) exceeds.*",
                        "Too much to read: $1");
        return OneLine.of(said.strip(), 200);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
