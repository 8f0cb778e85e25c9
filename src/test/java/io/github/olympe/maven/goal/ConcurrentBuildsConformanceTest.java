package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ImageTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Mavens at once, from empty caches: of two projects, which share the caches, and of one project. */
class ConcurrentBuildsConformanceTest {

    private static final int TIMES = 2;

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private InterruptedShop one;
    private InterruptedShop two;

    @BeforeEach
    void write() throws IOException {
        registry = EmbeddedRegistry.start();
        Path cache = folder.resolve("cache");
        one = new InterruptedShop(
                Files.createDirectories(folder.resolve("1")), folder.resolve("one"), cache, registry, false);
        two = new InterruptedShop(
                Files.createDirectories(folder.resolve("2")), folder.resolve("two"), cache, registry, false);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        registry.close();
    }

    private void startFromNothing() {
        ImageTools.bash(folder, "for d in one two; do rm -rf cache/* $d/node_modules $d/dist $d/target; done");
    }

    private List<String> atOnce(InterruptedShop... shops) throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        for (InterruptedShop shop : shops) {
            Path log = Files.createTempFile(folder, "build", ".log");
            logs.add(log);
            processes.add(shop.build().start(log, "deploy"));
        }
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < shops.length; i++) {
            assertThat(processes.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
            printed.add(Files.readString(logs.get(i)));
            assertThat(processes.get(i).exitValue()).as(printed.get(i)).isZero();
        }
        return printed;
    }

    @Test
    void projectsShareCachesAndBuildsOfOneProjectTakeTurns() throws Exception {
        atOnce(one);
        atOnce(two);
        InterruptedShop.Result first = one.result();
        InterruptedShop.Result second = two.result();
        for (int i = 0; i < TIMES; i++) {
            startFromNothing();
            atOnce(one, two);
            assertThat(one.result()).isEqualTo(first);
            assertThat(two.result()).isEqualTo(second);
            one.assertNothingHalf();
            two.assertNothingHalf();
        }
        int waited = 0;
        for (int i = 0; i < TIMES; i++) {
            startFromNothing();
            List<String> logs = atOnce(one, one);
            assertThat(one.result()).isEqualTo(first);
            one.assertNothingHalf();
            waited += (int) logs.stream()
                    .filter(log -> log.contains("Waiting for another build that is working in " + one.project))
                    .count();
        }
        assertThat(waited).as("builds that waited for the other one").isPositive();
    }
}
