package io.github.olympe.maven.image.dockerfile.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.olympe.maven.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command of CMD, ENTRYPOINT, RUN or HEALTHCHECK.
 *
 * @param exec whether it is a JSON list of a program and its arguments, which runs without a shell
 * @param words the list; in shell form a single text, or nothing if there is no command
 */
public record CommandForm(boolean exec, List<String> words) {

    public CommandForm {
        words = List.copyOf(words);
    }

    static CommandForm of(Place place, String arguments) {
        return json(place, arguments)
                .map(words -> new CommandForm(true, words))
                .orElseGet(() -> new CommandForm(false, arguments.isEmpty() ? List.of() : List.of(arguments)));
    }

    /**
     * Returns the arguments of a JSON list of texts. The result is empty if they are not JSON, because docker then treats them as words.
     *
     * @throws io.github.olympe.maven.OlympeException if they are a JSON list of something else
     */
    static Optional<List<String>> json(Place place, String arguments) {
        if (!arguments.startsWith("[")) {
            return Optional.empty();
        }
        try {
            if (!(ForeignText.json(arguments) instanceof ArrayNode list)) {
                return Optional.empty();
            }
            List<String> words = new ArrayList<>();
            for (JsonNode word : list) {
                if (!word.isTextual()) {
                    throw place.mistake("the JSON list may contain only texts; put each word into double quotes");
                }
                words.add(word.textValue());
            }
            return Optional.of(words);
        } catch (ForeignText.Malformed e) {
            return Optional.empty();
        }
    }
}
