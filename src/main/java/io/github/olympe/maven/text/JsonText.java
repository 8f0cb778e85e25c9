package io.github.olympe.maven.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Changes one text in a JSON file and leaves every other character as it is. */
public final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /**
     * Replaces the text at a path. The result is absent if there is no text at that path.
     *
     * @param path the names of the members that lead to the text, from the root
     */
    public static Optional<String> replace(String json, List<String> path, String value) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !goTo(parser, path)) {
                return Optional.empty();
            }
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return Optional.empty();
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.getText(); // Reads to the end of the text, so that the parser's position is the end.
            int end = (int) parser.currentLocation().getCharOffset();
            return Optional.of(json.substring(0, start)
                    + '"'
                    + new String(JsonStringEncoder.getInstance().quoteAsString(value))
                    + '"'
                    + json.substring(end));
        }
    }

    /** Goes to the value of the last name in {@code path}. The parser is at the start of an object. */
    private static boolean goTo(JsonParser parser, List<String> path) throws IOException {
        for (int depth = 0; depth < path.size(); depth++) {
            if (parser.currentToken() != JsonToken.START_OBJECT || !goToMember(parser, path.get(depth))) {
                return false;
            }
        }
        return true;
    }

    private static boolean goToMember(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
