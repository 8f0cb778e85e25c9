package io.github.olympe.maven.patches.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.change.SmallSnapshot;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagScannerTest {

    /** Two texts of the same hash code, so that only a look at the text tells one from the other. */
    private static final String TAG = "Aa";

    private static final String OF_THE_SAME_HASH = "BB";

    private static TagScanner.Mentions scan(String text) throws IOException {
        return new TagScanner(Set.of(TAG, "other"))
                .scan(new SmallSnapshot().file("a.json", text).tree().files().get("a.json"));
    }

    @Test
    void findsTagsInQuotationMarks() throws IOException {
        assertThat(scan("{\"l\":\"Aa\",\"x\":\"Aab\"}").mentioned()).containsExactly(TAG);
        assertThat(scan("{\"Aa\":1}").mentioned()).as("a property").containsExactly(TAG);
        assertThat(scan("{\"l\":\"" + OF_THE_SAME_HASH + "\"}").mentioned()).isEmpty();
        assertThat(scan("{\"x\":Aa}").mentioned()).as("without marks").isEmpty();
        assertThat(scan("{\"x\":\"\\\"Aa\\\"\"}").mentioned()).as("in a text").isEmpty();
        assertThat(scan("").mentioned()).isEmpty();
    }

    @Test
    void whatFollowsTheMemberTIsDefined() throws IOException {
        assertThat(scan("{\"o\":1, \"t\" : \"Aa\", \"l\":\"other\"}").defined()).containsExactly(TAG);
        assertThat(scan("{\"l\":\"Aa\",\"tt\":\"other\"}").defined()).isEmpty();
    }
}
