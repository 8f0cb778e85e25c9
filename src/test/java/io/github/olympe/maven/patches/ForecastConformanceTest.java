package io.github.olympe.maven.patches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the forecast, file by file, with Debian's {@code rsync}, in place of the job that imports code as data into an environment.
 * {@code UnpackedForecastConformanceTest} compares each step of the snapshots, from images.
 */
class ForecastConformanceTest {

    private static final int RANDOM_TREES = 60;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void predictsImportsOfRandomTrees() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 1);
        System.out.println("ForecastConformanceTest: seed " + seed);
        Random random = new Random(seed);
        Path before = RandomTree.write(folder.resolve("tree0"), random);
        Path environment = environment(before);
        for (int i = 1; i <= RANDOM_TREES; i++) {
            Path after = RandomTree.write(folder.resolve("tree" + i), random);
            requireForeseen(codeAsData(before), codeAsData(after), after, environment, "seed " + seed + ", tree " + i);
            before = after;
        }
    }

    private static void requireForeseen(CodeAsData before, CodeAsData after, Path image, Path environment, String name)
            throws IOException {
        Forecast forecast =
                CodeAsDataDiff.between(before, after, tags -> Map.of()).forecast();
        Set<String> old = ImportJob.importable(environment);

        Set<String> imported = ImportJob.copy(image, environment);

        Set<String> fresh = ImportJob.importable(environment);
        Set<String> gone = new TreeSet<>(old);
        gone.removeAll(fresh);
        assertThat(new TreeSet<>(forecast.imported())).as(name).isEqualTo(imported);
        assertThat(new TreeSet<>(forecast.gone())).as(name).isEqualTo(gone);
        assertThat(forecast.unchanged()).as(name).isEqualTo(fresh.size() - imported.size());
        assertThat(forecast.isEmpty()).as(name).isEqualTo(imported.isEmpty());
    }

    private static CodeAsData codeAsData(Path tree) {
        return CodeAsData.of(FolderTree.of(tree, tree.getFileName().toString()));
    }

    private Path environment(Path first) throws IOException {
        Path environment = Files.createDirectory(folder.resolve("environment"));
        ImportJob.copy(first, environment);
        return environment;
    }
}
