package io.github.olympe.maven.patches.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads patch files, as a stream, into a graph.
 *
 * <p>A patch is an object with {@code rootTag}, the brick that it belongs to, and two lists: {@code operations}, and
 * {@code optionalOperations}, which may fail. An operation creates an instance ({@code {"o":1,"t":TAG,"p":{PROPERTY:VALUE,…}}}), sets
 * properties of one ({@code "o":2}), or creates a relation ({@code {"o":4,"l":LEFT,"m":RELATION,"r":RIGHT}}). Other members are ignored.
 */
public final class PatchReader {

    /** The endings of the names of patch files. */
    private static final List<String> PATCHES = List.of(".newInst.json", ".newRel.json", ".updateInst.json");

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_TAG = 64;
    private static final int CREATE = 1;
    private static final int UPDATE = 2;
    private static final int RELATE = 4;

    private final Interner interner;

    /**
     * @param interner keeps the texts; readers whose graphs are compared share one
     */
    public PatchReader(Interner interner) {
        this.interner = interner;
    }

    /** Returns whether a file of this name is a patch. */
    public static boolean isPatch(String path) {
        return PATCHES.stream().anyMatch(path::endsWith);
    }

    /**
     * Reads one patch.
     *
     * @return the tag of the brick that the patch belongs to
     * @throws OlympeException if it cannot be read or is broken; the message contains the place
     */
    public String read(Content patch, GraphBuilder graph) {
        try (InputStream in = patch.open();
                JsonParser parser = JSON.createParser(in)) {
            return new OnePatch(parser).read(graph);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new OlympeException(
                    String.format(
                            "The patch '%s' is broken%s: %s. Restore it from git, or take the snapshot again.",
                            patch.place(),
                            place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr(),
                            ForeignText.said(e)),
                    e);
        } catch (IOException e) {
            throw new OlympeException(
                    "The patch '" + patch.place() + "' cannot be read (" + e
                            + "). Check that it exists and is readable.",
                    e);
        }
    }

    /** The reading of one file. Its root tag may come last, so its instances wait for it. */
    private final class OnePatch {

        private final JsonParser parser;
        private final List<Draft> drafts = new ArrayList<>();
        private final List<Relation> relations = new ArrayList<>();
        private @Nullable String root;

        OnePatch(JsonParser parser) {
            this.parser = parser;
        }

        String read(GraphBuilder graph) throws IOException {
            require(parser.nextToken() == JsonToken.START_OBJECT, "a patch is a JSON object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String member = parser.currentName();
                parser.nextToken();
                switch (member) {
                    case "operations" -> operations(Origin.CREATED);
                    case "optionalOperations" -> operations(Origin.EXPECTED);
                    case "rootTag" -> root = tag("rootTag");
                    default -> parser.skipChildren();
                }
            }
            require(parser.nextToken() == null, "there is something after its end");
            String brick = root;
            if (brick == null) {
                throw broken("it has no 'rootTag'");
            }
            drafts.forEach(draft -> graph.add(new Instance(draft.tag, brick, draft.origin, draft.properties)));
            relations.forEach(graph::add);
            return brick;
        }

        private void operations(Origin origin) throws IOException {
            require(parser.currentToken() == JsonToken.START_ARRAY, "operations are a list");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT, "an operation is a JSON object");
                operation(origin);
            }
        }

        private void operation(Origin origin) throws IOException {
            int kind = 0;
            String tag = null;
            String from = null;
            String type = null;
            String to = null;
            Map<String, String> properties = Map.of();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String member = parser.currentName();
                parser.nextToken();
                switch (member) {
                    case "o" -> kind = kind();
                    case "t" -> tag = tag("t");
                    case "l" -> from = tag("l");
                    case "m" -> type = tag("m");
                    case "r" -> to = tag("r");
                    case "p" -> properties = properties();
                    default -> parser.skipChildren();
                }
            }
            if (kind == RELATE) {
                relations.add(new Relation(given(from, "l"), given(type, "m"), given(to, "r")));
            } else {
                require(kind == CREATE || kind == UPDATE, "an operation has an 'o' of 1, 2 or 4");
                drafts.add(new Draft(given(tag, "t"), kind == UPDATE ? Origin.UPDATED : origin, properties));
            }
        }

        private int kind() throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getValueAsInt() : 0;
        }

        private Map<String, String> properties() throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT, "'p' is a JSON object");
            Map<String, String> properties = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String property = interner.of(parser.currentName());
                parser.nextToken();
                properties.put(property, interner.of(JsonValue.read(parser)));
            }
            return properties;
        }

        private String tag(String member) throws IOException {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            require(isTag(text), "'" + member + "' is not a tag, which consists of letters and digits");
            return interner.of(text);
        }

        /** Tags are hexadecimal digits, except for some old ones such as {@code ff02200000000000000u}. */
        private static boolean isTag(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
                    return false;
                }
            }
            return !text.isEmpty() && text.length() <= LONGEST_TAG;
        }

        private String given(@Nullable String tag, String member) throws JsonParseException {
            if (tag == null) {
                throw broken("an operation has no '" + member + "'");
            }
            return tag;
        }

        private void require(boolean condition, String rule) throws JsonParseException {
            if (!condition) {
                throw broken(rule);
            }
        }

        private JsonParseException broken(String reason) {
            return new JsonParseException(parser, reason, parser.currentTokenLocation());
        }
    }

    private record Draft(String tag, Origin origin, Map<String, String> properties) {}
}
