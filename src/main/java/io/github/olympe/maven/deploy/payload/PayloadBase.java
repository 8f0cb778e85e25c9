package io.github.olympe.maven.deploy.payload;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The JSON that a user starts from, as the variable {@code PAYLOAD} of the documented GitLab pipeline.
 *
 * @param origin where it is from, as a user would name it
 * @param json the JSON object
 */
public record PayloadBase(String origin, ObjectNode json) {

    private static final int LARGEST = 1 << 20;

    /** Nothing to start from. */
    public static PayloadBase none() {
        return new PayloadBase("", Json.object());
    }

    /**
     * Reads the base.
     *
     * @param parameter the parameter that {@code text} is the value of
     * @param text JSON, or the name of a file of it
     * @param directory what a relative file name starts from
     * @throws OlympeException if it is no JSON object, with line, column and what was expected; or no such file can be read
     */
    public static PayloadBase of(String parameter, String text, Path directory) {
        String value = (text.startsWith("\ufeff") ? text.substring(1) : text).strip();
        if (value.isEmpty()) {
            return none();
        }
        if (value.startsWith("{") || value.startsWith("[") || value.startsWith("\"") || value.contains("\n")) {
            if (value.length() > LARGEST) {
                throw new OlympeException("The parameter '" + parameter
                        + "' is JSON of more than 1 MiB, which no payload is; correct what sets it.");
            }
            return new PayloadBase(
                    "the parameter '" + parameter + "'", parse("The parameter '" + parameter + "'", value));
        }
        if (value.startsWith("${")) {
            throw new OlympeException(
                    "The parameter '" + parameter + "' is '" + value
                            + "', which Maven does not know; define that property or environment variable, or leave the parameter out.");
        }
        return ofFile(parameter, value, directory);
    }

    private static PayloadBase ofFile(String parameter, String value, Path directory) {
        String shown = value.length() > 200 ? value.substring(0, 200) + "…" : value;
        try {
            Path file = directory.resolve(value);
            if (!Files.isRegularFile(file)) {
                throw new OlympeException(
                        "The parameter '" + parameter + "' is '" + shown
                                + "', which is neither JSON (it would start with '{') nor a file of it; correct the file's name.");
            }
            if (Files.size(file) > LARGEST) {
                throw new OlympeException("The file '" + file + "' of the parameter '" + parameter
                        + "' is larger than 1 MiB, which no payload is; name the right file.");
            }
            return new PayloadBase(
                    "the file '" + value + "'",
                    parse(
                            "The file '" + file + "' of the parameter '" + parameter + "'",
                            ForeignText.decoded(Files.readAllBytes(file))));
        } catch (ForeignText.Malformed e) {
            throw new OlympeException(
                    "The file '" + shown + "' of the parameter '" + parameter
                            + "' is not in UTF-8; save it in that encoding.",
                    e);
        } catch (IOException | InvalidPathException e) {
            throw new OlympeException(
                    "The parameter '" + parameter + "' is '" + shown
                            + "', which cannot be read as a file; check its name and its rights.",
                    e);
        }
    }

    /** Whether it names an image to deploy. */
    public boolean hasImage() {
        return json.path("frontend").has("image")
                || !json.path("backends").path("images").isEmpty()
                || json.path("codeAsData").has("image");
    }

    private static ObjectNode parse(String what, String text) {
        try {
            JsonNode json = Json.parseStrictly(text);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new OlympeException(
                    what + " is not a JSON object; write it as in '{\"noDowntime\": {\"promotionMode\": \"auto\"}}'.");
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new OlympeException(String.format(
                    "%s is not JSON: line %d, column %d: %s%s.",
                    what, place.getLineNr(), place.getColumnNr(), ForeignText.said(e), advice(text, place)));
        }
    }

    /** The mistake of the documentation's own example. */
    private static String advice(String text, JsonLocation place) {
        int offset = (int) Math.min(Math.max(0, place.getCharOffset()), text.length());
        String before = text.substring(0, offset).stripTrailing();
        String from = text.substring(Math.max(0, offset - 1)).strip();
        String after = text.substring(offset).strip();
        boolean closes = after.startsWith("}")
                || after.startsWith("]")
                || from.startsWith("}")
                || from.startsWith("]")
                || before.endsWith("}")
                || before.endsWith("]");
        int bare = before.length();
        while (bare > 0 && "}] \t\r\n".indexOf(before.charAt(bare - 1)) >= 0) {
            bare--;
        }
        return closes && bare > 0 && before.charAt(bare - 1) == ',' ? "; remove the comma before it" : "";
    }
}
