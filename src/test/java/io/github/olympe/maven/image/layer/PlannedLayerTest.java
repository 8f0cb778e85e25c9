package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedLayerTest {

    /** The layers of all caches would be made again. */
    @Test
    void theKeyOfNoEntriesStaysTheSame() {
        try (Workers workers = Workers.of(1)) {
            assertThat(new PlannedLayer("", "", List.of()).key(workers))
                    .isEqualTo(Digest.of(new byte[] {3}).hex());
        }
    }
}
