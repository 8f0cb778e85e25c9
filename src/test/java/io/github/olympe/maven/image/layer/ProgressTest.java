package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.RecordedLog;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final RecordedLog log = new RecordedLog();
    private final AtomicLong nanoseconds = new AtomicLong(1L << 50);
    private final Progress progress = new Progress(log, "frontend", "js", nanoseconds::get);

    private void after(long milliseconds, long bytes) {
        nanoseconds.addAndGet(milliseconds * 1_000_000);
        progress.at(bytes);
    }

    @Test
    void tellsEveryTenSecondsHowMuchIsCompressed() {
        after(9_999, 1_000);
        assertThat(log.lines()).isEmpty();

        after(1, 2_000_000);
        after(9_999, 3_000_000);
        after(1, 4_000_000);

        assertThat(log.lines())
                .containsExactly(
                        "Image 'frontend': 2.0 MB of the layer js compressed so far",
                        "Image 'frontend': 4.0 MB of the layer js compressed so far");
    }
}
