package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkResolverTest {

    private static LinkResolver chain(int links) {
        Map<String, String> targets = new HashMap<>();
        for (int i = 1; i < links; i++) {
            targets.put("link" + i, "link" + (i + 1));
        }
        targets.put("link" + links, "file");
        return new LinkResolver(targets, "file"::equals);
    }

    /** Linux gives up at the 41st (path_resolution(7)). */
    @Test
    void asManyLinksAreFollowedAsLinuxFollows() {
        assertThat(chain(40).resolve("link1")).contains("file");
        assertThat(chain(41).resolve("link1")).isEmpty();
    }
}
