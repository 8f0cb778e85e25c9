package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LayerInspectorTest {

    private static final int FILES = 20_000;

    /** A backend's layer has tens of thousands of files that are not served. The rules for visitors must skip them at no cost. */
    @Test
    @Tag("cost")
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

    @Test
    void onlyWhatSomeUserCannotReadIsRemembered() {
        Inspection inspection = new LayerBlob()
                .folder("a", 0, 0, 0755)
                .file("a/open", "x")
                .link("a/link", "open")
                .file("a/closed", 1, 2, 0640, new byte[1])
                .inspected()
                .inspection();

        assertThat(inspection.restricted()).containsExactly(new Inspection.Restricted("a/closed", false, 0640, 1, 2));
    }

    @Test
    void aHardLinkHasWhatItsFileHasAndNothingOfTheFileAfterIt() {
        LayerBlob layer = new LayerBlob()
                .file("app/main.js", "run()")
                .file("app/secret.json", "gl" + "pat-Zx9Kq2Lw8Rt5Vb1Nm4Pc")
                .hardLink("usr/share/nginx/html/main.js", "app/main.js");

        assertThat(layer.inspected().inspection().found()).isEmpty();
    }
}
