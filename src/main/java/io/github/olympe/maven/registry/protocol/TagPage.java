package io.github.olympe.maven.registry.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the list of a repository's tags. Registries split long lists and name the next page in a header {@code Link} (RFC 5988), as in
 * the distribution specification ("Listing tags").
 *
 * @param tags the tags, without invalid ones
 * @param next the URL of the next page
 */
record TagPage(List<String> tags, Optional<URI> next) {

    /** The error code of a registry without a list of tags. */
    private static final String UNSUPPORTED = "UNSUPPORTED";

    private static final int LONGEST = 4 << 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel\\s*=\\s*\"?next\"?");

    TagPage {
        tags = List.copyOf(tags);
    }

    static TagPage read(Answer answer, URI url, RegistryErrors errors) throws IOException, RegistryFailure {
        if (answer.status() == 404) {
            RegistryFailure failure = errors.of(answer);
            if (failure.codes().isEmpty() || failure.codes().contains(UNSUPPORTED)) {
                throw failure; // The registry does not know this request.
            }
            return new TagPage(List.of(), Optional.empty()); // Nothing was pushed to this repository.
        }
        errors.requireSuccess(answer);
        byte[] content = answer.content().readNBytes(LONGEST + 1);
        if (content.length > LONGEST) {
            throw RegistryFailure.of(Kind.REJECTED, "its list of tags is larger than 4 MiB");
        }
        List<String> tags = new ArrayList<>();
        try {
            for (JsonNode tag : ForeignText.json(ForeignText.decoded(content)).path("tags")) {
                if (ImageReference.isTag(tag.asText())) {
                    tags.add(tag.asText());
                }
            }
        } catch (ForeignText.Malformed e) {
            throw RegistryFailure.of(Kind.REJECTED, "its list of tags is not JSON: " + e.reason(), e);
        }
        return new TagPage(tags, answer.header("Link").flatMap(link -> next(link, url)));
    }

    private static Optional<URI> next(String link, URI url) {
        Matcher next = NEXT.matcher(link);
        try {
            return next.find() ? Optional.of(Location.of(url, next.group(1))) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
