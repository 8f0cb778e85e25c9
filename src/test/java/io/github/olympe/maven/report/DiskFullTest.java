package io.github.olympe.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.FullDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Wherever the disk gets full, each file of a report is that of this run or that of the run before. */
class DiskFullTest {

    @Test
    void eachFileIsComplete() throws IOException {
        Map<String, String> before = written(Reports.failed());
        Map<String, String> after = written(Reports.succeeded());
        int failures = FullDisk.holding(1024, root -> write(Reports.failed(), root))
                .fails(root -> write(Reports.succeeded(), root), (failure, root) -> {
                    assertThat(failure).isInstanceOf(IOException.class);
                    Map<String, String> files = FullDisk.texts(root);
                    assertThat(files.keySet()).isEqualTo(before.keySet());
                    files.forEach((name, text) -> assertThat(text).isIn(before.get(name), after.get(name)));
                });

        assertThat(failures).isGreaterThan(5);
    }

    private static void write(Report report, Path folder) throws IOException {
        ReportFile.write(report, Optional.empty(), folder);
    }

    private static Map<String, String> written(Report report) throws IOException {
        Map<String, String> files = new TreeMap<>();
        FullDisk.holding(1024, root -> {})
                .fails(
                        root -> {
                            write(report, root);
                            files.putAll(FullDisk.texts(root));
                        },
                        (failure, root) -> {});
        return files;
    }
}
