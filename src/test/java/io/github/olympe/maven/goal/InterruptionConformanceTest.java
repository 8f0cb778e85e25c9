package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.RealProgram;
import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interrupts {@code mvn deploy}, or a single goal, at 50 random moments and in five ways, again and again in the same folders. After each
 * round, an undisturbed build must make exactly what it would have made without the interruptions. Sources and the content of Draw change
 * in every round. Every second round begins with empty caches and folders. In the others goals find what they need, so three of four run
 * alone, which is quicker.
 *
 * <p>Project and cache are on a file system of their own, so that it can be filled up. Mounting it needs root.
 */
class InterruptionConformanceTest {

    private static final int MOMENTS = 50;
    private static final int ROUND = 10;
    private static final Pattern GOAL = Pattern.compile("--- [^ ]*:([a-z-]+) \\(");
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at .*\\.java:\\d+\\)|Internal error");

    private final long seed = Long.getLong("olympe.test.seed", 20261123L);
    private final Random random = new Random(seed);
    private final Map<String, Map<Kind, Integer>> moments = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> libraries = new TreeMap<>();

    @TempDir
    Path folder;

    private Path disk;
    private InterruptedShop shop;

    /** How a build is interrupted. */
    private enum Kind {
        /** Maven is killed, but not the processes that it started. */
        KILL,
        /** All processes are killed at once, as when a container ends. */
        KILL_ALL,
        /** Maven is asked to end, as CI systems do. */
        TERMINATE,
        /** Ctrl-C in a terminal, which all processes receive. */
        CTRL_C,
        /** The disk is full. */
        FULL_DISK
    }

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectories(folder.resolve("disk"));
        try {
            RealProgram.run(
                    folder,
                    RealProgram.find("mount", "mount").toString(),
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=48m",
                    "tmpfs",
                    disk.toString());
        } catch (AssertionError e) {
            throw new AssertionError(
                    "This test fills up a file system of its own, which it may not mount here; run it as root, in a container"
                            + " with the capability SYS_ADMIN (docker run --cap-add SYS_ADMIN)",
                    e);
        }
        shop = new InterruptedShop(folder, disk.resolve("shop"), disk.resolve("cache"), EmbeddedRegistry.start(), true);
    }

    @AfterEach
    void unmount() {
        shop.close();
        RealProgram.run(folder, RealProgram.find("umount", "mount").toString(), "--lazy", disk.toString());
    }

    @Test
    void leavesNothingThatLaterBuildsTrustWrongly() throws Throwable {
        System.out.println("Seed: " + seed + " (another one: -Dolympe.test.seed=…)");
        Map<Integer, InterruptedShop.Result> undisturbed = new TreeMap<>();
        Map<String, Double> steps = new LinkedHashMap<>();
        for (int variant = 0; variant < 2; variant++) {
            shop.variant(variant);
            steps = build();
            undisturbed.put(variant, shop.result());
            libraries.putAll(shop.published());
        }
        assertThat(undisturbed.get(0).images()).isNotEqualTo(undisturbed.get(1).images());
        int count = 0;
        for (int round = 0; count < MOMENTS; round++) {
            int variant = round % 2;
            shop.variant(variant);
            if (round % 2 == 0) {
                startFromNothing();
            }
            for (int i = 0; i < ROUND; ) {
                if (interrupt(steps, round % 2 == 1 && random.nextInt(4) > 0)) {
                    i++;
                    count++;
                }
                check(shop::assertNothingHalf);
                check(() -> assertThat(libraries).containsAllEntriesOf(shop.published()));
            }
            if (round % 2 == 0) {
                check(() -> imageAlone(undisturbed));
            }
            String name = "round " + round + ", seed " + seed;
            check(() -> {
                build();
                assertThat(shop.result()).as(name).isEqualTo(undisturbed.get(variant));
                assertThat(leftovers()).as(name).isEmpty();
            });
        }
        report(count);
        assertThat(failures).isEmpty();
    }

    /** Continues after a failure, so that one run shows all of them. */
    private void check(ThrowingCallable what) throws Throwable {
        try {
            what.call();
        } catch (AssertionError e) {
            System.out.println(e.getMessage());
            failures.add(e.getMessage());
        }
    }

    private void startFromNothing() {
        ImageTools.bash(disk, "rm -rf cache/* shop/node_modules shop/dist shop/target");
    }

    /** Runs an undisturbed build, and returns how many seconds each of its goals took. */
    private Map<String, Double> build() throws Exception {
        Path log = folder.resolve("undisturbed.log");
        Process process = shop.build().start(log, "deploy");
        Map<String, Double> steps = new LinkedHashMap<>();
        String step = "start";
        long start = System.nanoTime();
        while (process.isAlive()) {
            String now = step(log);
            if (!now.equals(step)) {
                steps.put(step, (System.nanoTime() - start) / 1e9);
                step = now;
                start = System.nanoTime();
            }
            Waiting.delay(Duration.ofMillis(10));
        }
        steps.put(step, (System.nanoTime() - start) / 1e9);
        steps.remove("start");
        String text = Files.readString(log);
        assertThat(process.exitValue()).as("seed " + seed + "\n" + text).isZero();
        return steps;
    }

    /** The images that an interrupted build has left are refused, or are those of one complete build. */
    private void imageAlone(Map<Integer, InterruptedShop.Result> undisturbed) throws IOException {
        MavenBuild.Result alone = shop.build().run("olympe:image");
        if (alone.succeeded()) {
            shop.images()
                    .forEach((name, digest) -> assertThat(undisturbed.values())
                            .as(name + " of what was left, seed " + seed)
                            .extracting(result -> result.images().get(name))
                            .contains(digest));
        } else {
            assertThat(alone.log())
                    .containsPattern("may be incomplete|does not exist|is empty")
                    .doesNotContainPattern(STACK_TRACE);
        }
        System.out.println("The goal image alone, after an interruption: " + (alone.succeeded() ? "right" : "refused"));
    }

    /**
     * Interrupts a build in a random way at a random moment.
     *
     * @param steps how long each goal takes
     * @param alone whether to run only the goal of that moment
     * @return whether the build was still running then
     */
    private boolean interrupt(Map<String, Double> steps, boolean alone) throws Throwable {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        Moment moment = moment(steps);
        Path log = Files.createTempFile(folder, "interrupted", ".log");
        Process process = shop.build().hearingInterrupts().start(log, alone ? "olympe:" + moment.step() : "deploy");
        waitFor(moment, process, log);
        if (!process.isAlive()) {
            return false;
        }
        String step = step(log);
        List<Long> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        switch (kind) {
            case KILL -> signal("KILL", all.subList(0, 1));
            case KILL_ALL -> signal("KILL", all);
            case TERMINATE -> signal("TERM", all.subList(0, 1));
            case CTRL_C -> signal("INT", all);
            case FULL_DISK -> fill();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(
                    kind + " in " + step + " does not end the build, seed " + seed + "\n" + Files.readString(log));
        }
        if (kind == Kind.FULL_DISK) {
            Files.delete(disk.resolve("filler"));
            String text = Files.readString(log);
            if (process.exitValue() != 0) {
                check(() -> assertThat(text)
                        .as("disk full in " + step + ", seed " + seed)
                        .contains("[ERROR] Failed to execute goal io.github.olympe:olympe-maven-plugin")
                        .doesNotContainPattern(STACK_TRACE));
            }
        }
        count(step, kind);
        return true;
    }

    /** At this fraction of this goal's time. */
    private record Moment(String step, double seconds) {}

    /** Half of the moments are uniform in time, half of them uniform among the goals, some of which take almost no time. */
    private Moment moment(Map<String, Double> steps) {
        List<String> names = new ArrayList<>(steps.keySet());
        String chosen = names.get(random.nextInt(names.size()));
        if (random.nextBoolean()) {
            double at = random.nextDouble()
                    * steps.values().stream().mapToDouble(Double::doubleValue).sum();
            for (String name : names) {
                chosen = name;
                at -= steps.get(name);
                if (at < 0) {
                    break;
                }
            }
        }
        return new Moment(chosen, random.nextDouble() * steps.get(chosen));
    }

    private static void waitFor(Moment moment, Process process, Path log) throws Exception {
        while (process.isAlive() && !step(log).equals(moment.step())) {
            Waiting.delay(Duration.ofMillis(10));
        }
        process.waitFor((long) (moment.seconds() * 1e6), TimeUnit.MICROSECONDS);
    }

    /** Returns the goal that a build is running. */
    private static String step(Path log) throws IOException {
        String step = "start";
        Matcher goal = GOAL.matcher(Files.readString(log));
        while (goal.find()) {
            step = goal.group(1);
        }
        return step;
    }

    private static void signal(String name, List<Long> pids) throws Exception {
        List<String> line = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> line.add(Long.toString(pid)));
        // It leaves those alone that have just ended.
        new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void fill() {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            for (int size = block.length; size > 0; ) {
                try {
                    out.write(block, 0, size);
                } catch (IOException full) {
                    size /= 16;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a build may leave while it runs, but not after it has ended well. Temporary files are deleted when they are older. */
    private List<String> leftovers() throws IOException {
        try (Stream<Path> paths = Stream.of(
                        shop.project.resolve("target/olympe/build"),
                        shop.project.resolve(".olympe-snapshot"),
                        shop.cache.resolve("olympe/running"))
                .filter(Files::exists)) {
            List<String> left = new ArrayList<>();
            for (Path path : (Iterable<Path>) paths::iterator) {
                left.addAll(InterruptedShop.files(path).keySet());
            }
            return left;
        }
    }

    private void count(String step, Kind kind) {
        moments.computeIfAbsent(step, name -> new TreeMap<>()).merge(kind, 1, Integer::sum);
    }

    private void report(int count) {
        System.out.println(count + " moments:");
        moments.forEach((step, kinds) -> {
            int all = kinds.values().stream().mapToInt(Integer::intValue).sum();
            System.out.printf(
                    "%-28s %3d (%2d %%)  %s%n",
                    step,
                    all,
                    100 * all / count,
                    kinds.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        });
    }
}
