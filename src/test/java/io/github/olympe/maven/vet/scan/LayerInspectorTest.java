package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;

class LayerInspectorTest {

    private static final int FILES = 20_000;

    /** A backend's layer has tens of thousands of files that are not served. The rules for visitors must skip them at no cost. */
    @Test
    void onlyTheNameOfAnUnservedFileIsInspected() {
        List<TarArchiveEntry> entries = IntStream.range(0, FILES)
                .mapToObj(i -> new TarArchiveEntry("home/node/app/node_modules/package-" + i + "/lib/index.js"))
                .toList();
        entries.forEach(entry -> entry.setSize(100));
        LayerInspector inspector = new LayerInspector(LayerBlob.FOLDERS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        entries.forEach(inspector::entry);

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / FILES)
                .as("bytes for each file")
                .isLessThan(250);
    }
}
