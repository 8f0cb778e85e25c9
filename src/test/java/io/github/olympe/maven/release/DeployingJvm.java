package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A separate JVM that deploys and records, like a build on another machine. Each of its threads makes one deployment after the other. The
 * images of the deployments have the tags {@code <name>-<thread>-<round>}.
 */
final class DeployingJvm implements AutoCloseable {

    private static final String READY = "ready";
    private static final Pattern RECORDED = Pattern.compile("recorded (\\S+)\\.");

    private final String name;
    private final Process process;
    private final Path output;

    private DeployingJvm(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** Starts it; it deploys after {@link #go}. */
    static DeployingJvm start(Path folder, String registry, String webhook, String name, int threads, int rounds)
            throws IOException {
        Path output = Files.createDirectories(folder).resolve(name + ".out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DeployingJvm.class.getName(),
                        folder.resolve(name).toString(),
                        registry,
                        webhook,
                        name,
                        Integer.toString(threads),
                        Integer.toString(rounds))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new DeployingJvm(name, process, output);
    }

    /** Waits until it is ready to deploy. */
    void awaitReady() {
        Waiting.until("the JVM '" + name + "' is ready", () -> lines().contains(READY) || !process.isAlive());
    }

    /** Lets it deploy, when it is ready. */
    void go() throws IOException {
        awaitReady();
        process.outputWriter().write("\n");
        process.outputWriter().flush();
    }

    /** Waits until it reports that the deployment of the image with this tag is recorded. */
    void awaitRecorded(String tag) {
        Waiting.until(tag + " is recorded", () -> lines().contains("recorded " + tag + ".") || !process.isAlive());
    }

    /** Kills it ({@code kill -9}). */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has ended, and returns the tags of the images whose deployments it reported as recorded. */
    Set<String> ended() throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the JVM ends").isTrue();
        List<String> lines = lines();
        assertThat(lines).as("what the JVM printed").allMatch(line -> line.equals(READY) || isRecorded(line));
        return lines.stream()
                .map(RECORDED::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isRecorded(String line) {
        return RECORDED.matcher(line).matches();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    @Override
    public void close() {
        kill();
    }

    /** In the other JVM: folder, registry, webhook, name, threads, rounds. */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[4]);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<ReleaseFixture> builds = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Path folder = Files.createDirectories(Path.of(args[0], Integer.toString(i)));
            builds.add(ReleaseFixture.toRealRegistry(folder, args[1], args[2]));
        }
        System.out.println(READY);
        System.in.read();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String name = args[3] + "-" + i;
            ReleaseFixture build = builds.get(i);
            tasks.add(() -> deploy(build, name, Integer.parseInt(args[5])));
        }
        try {
            for (Future<Void> ended : executor.invokeAll(tasks)) {
                ended.get();
            }
        } finally {
            builds.forEach(ReleaseFixture::close);
            executor.shutdown();
        }
    }

    private static Void deploy(ReleaseFixture build, String name, int rounds) {
        for (int round = 0; round < rounds; round++) {
            String tag = name + "-" + round;
            build.now = Records.NOON.plusSeconds(round);
            build.deploy(build.plan(tag));
            build.log.stream().filter(line -> line.startsWith("WARN")).forEach(System.out::println);
            build.log.clear();
            System.out.print("recorded " + tag + ".\n");
        }
        return null;
    }
}
