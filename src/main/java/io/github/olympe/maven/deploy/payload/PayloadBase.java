package io.github.olympe.maven.deploy.payload;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The JSON that a payload is based on, like the variable {@code PAYLOAD} of the documented GitLab pipeline.
 *
 * @param origin its source, as a user would name it
 * @param json the JSON object
 */
public record PayloadBase(String origin, ObjectNode json) {

    private static final int LARGEST = 1 << 20;

    /** Returns an empty base. */
    public static PayloadBase none() {
        return new PayloadBase("", Json.object());
    }

    /**
     * Reads the base.
     *
     * @param parameter the parameter that sets {@code text}
     * @param text JSON, or the name of a JSON file
     * @param directory the folder that a relative file name starts from
     * @throws OlympeException if it is not a JSON object, with line, column and what was expected, or if the file cannot be read
     */
    public static PayloadBase of(String parameter, String text, Path directory) {
        String value = (text.startsWith("\ufeff") ? text.substring(1) : text).strip();
        if (value.isEmpty()) {
            return none();
        }
        if (value.startsWith("{") || value.startsWith("[") || value.startsWith("\"") || value.contains("\n")) {
            if (value.length() > LARGEST) {
                throw InvalidParameter.hidden(
                        parameter, "It is JSON of more than 1 MiB, too large for a payload. Correct what sets it.");
            }
            return new PayloadBase(
                    InvalidParameter.inText(parameter),
                    parse(value, why -> InvalidParameter.hidden(parameter, "It is " + why)));
        }
        if (value.startsWith("${")) {
            throw InvalidParameter.of(
                    parameter,
                    value,
                    "Maven does not know it. Define that property or environment variable, or leave the parameter out.");
        }
        return ofFile(parameter, value, directory);
    }

    private static PayloadBase ofFile(String parameter, String value, Path directory) {
        try {
            Path file = directory.resolve(value);
            if (!Files.isRegularFile(file)) {
                throw InvalidParameter.of(
                        parameter,
                        value,
                        "It is neither JSON (which starts with '{') nor the name of a JSON file. Correct the file's name.");
            }
            if (Files.size(file) > LARGEST) {
                throw new OlympeException("The file '" + file + "' of " + InvalidParameter.inText(parameter)
                        + " is larger than 1 MiB, too large for a payload. Name the right file.");
            }
            return new PayloadBase(
                    "the file '" + value + "'",
                    parse(
                            ForeignText.decoded(Files.readAllBytes(file)),
                            why -> new OlympeException("The file '" + file + "' of "
                                    + InvalidParameter.inText(parameter) + " is " + why)));
        } catch (ForeignText.Malformed e) {
            throw new OlympeException(
                    "The file '" + OneLine.of(value, 200) + "' of " + InvalidParameter.inText(parameter)
                            + " is not in UTF-8. Save it in that encoding.",
                    e);
        } catch (IOException | InvalidPathException e) {
            throw InvalidParameter.of(
                    parameter,
                    value,
                    "It cannot be read as a file (" + OneLine.of(String.valueOf(e.getMessage()), 200)
                            + "). Check its name and permissions.");
        }
    }

    /** Returns whether it names an image to deploy. */
    public boolean hasImage() {
        return json.path("frontend").has("image")
                || !json.path("backends").path("images").isEmpty()
                || json.path("codeAsData").has("image");
    }

    /** @param invalid makes an error from a description such as "not JSON: …" */
    private static ObjectNode parse(String text, Function<String, OlympeException> invalid) {
        try {
            JsonNode json = Json.parseStrictly(text);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw invalid.apply("not a JSON object. Write it as in '{\"noDowntime\": {\"promotionMode\": \"auto\"}}'.");
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw invalid.apply(String.format(
                    "not JSON: line %d, column %d: %s%s.",
                    place.getLineNr(), place.getColumnNr(), ForeignText.said(e), advice(text, place)));
        }
    }

    /** Gives advice about the mistake that the documentation's own example makes. */
    private static String advice(String text, JsonLocation place) {
        int offset = (int) place.getCharOffset();
        boolean closes = text.startsWith("}", offset) || text.startsWith("]", offset);
        return closes && text.substring(0, offset).stripTrailing().endsWith(",") ? "; remove the comma before it" : "";
    }
}
