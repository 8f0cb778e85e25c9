package io.github.olympe.maven.testing;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A build of a real project by a real Maven in its own process, with the plugin that the invoker has installed into
 * {@code target/local-repo}. It does not see the variables of a CI system that runs these tests.
 */
public final class MavenBuild {

    /** The build directory of the plugin itself. */
    public static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final List<String> CI_VARIABLES = List.of(
            "CI",
            "GITLAB_",
            "TF_BUILD",
            "BUILD_",
            "SYSTEM_",
            "GITHUB_",
            "JENKINS_",
            "GIT_",
            "BRANCH_",
            "CHANGE_",
            "TAG_NAME",
            "BITBUCKET_");

    /** Options in {@code MAVEN_OPTS} that make a short-lived JVM fastest, as the invoker's builds have them (pom.xml). */
    public static final String SHORT_LIVED = System.getProperty("it.mavenOpts", "");

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> serverXml = new ArrayList<>();
    private final List<String> proxyXml = new ArrayList<>();
    private Path mavenHome = Path.of(System.getProperty("maven.home", "/usr/share/maven"));
    private @Nullable Path javaHome;
    private Path localRepository = TARGET.resolve("local-repo");
    private Duration timeout = Duration.ofMinutes(10);
    private List<String> wrapper = List.of();

    private MavenBuild(Path directory) {
        this.directory = directory;
    }

    /** What a build printed and how it ended. */
    public record Result(int exitCode, String log) {

        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The lines that start with {@code [ERROR]}. */
        public List<String> errors() {
            return log.lines().filter(line -> line.startsWith("[ERROR]")).toList();
        }
    }

    /** Returns a build in this folder, with the Maven that runs the tests. */
    public static MavenBuild in(Path directory) {
        return new MavenBuild(directory);
    }

    /** Copies a project of {@code src/it} into an empty folder, with its placeholders replaced as the invoker does. */
    public static MavenBuild copyOf(String project, Path directory) {
        Path pom = directory.resolve("pom.xml");
        try {
            FileTree.copy(Path.of("src/it", project), directory);
            Files.writeString(pom, Files.readString(pom).replace("@project.version@", pluginVersion()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MavenBuild(directory);
    }

    /** The version of the plugin that is being built. */
    public static String pluginVersion() {
        return System.getProperty("project.version", "0.1.0-SNAPSHOT");
    }

    public MavenBuild with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public MavenBuild maven(Path home) {
        this.mavenHome = home;
        return this;
    }

    public MavenBuild java(Path home) {
        this.javaHome = home;
        return this;
    }

    public MavenBuild localRepository(Path repository) {
        this.localRepository = repository;
        return this;
    }

    /** Runs Maven with this umask, such as {@code 027}. */
    public MavenBuild umask(String umask) {
        this.wrapper = List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh");
        return this;
    }

    /** Runs Maven so that Ctrl-C reaches it, even if this test is a background job of a shell, where Maven would ignore it. */
    public MavenBuild hearingInterrupts() {
        this.wrapper = List.of("env", "--default-signal=INT");
        return this;
    }

    public MavenBuild timeout(Duration atMost) {
        this.timeout = atMost;
        return this;
    }

    /** Adds a {@code <server>} (or other content of {@code <servers>}) to the settings of this build. */
    public MavenBuild server(String xml) {
        serverXml.add(xml);
        return this;
    }

    /** Adds a {@code <proxy>} to the settings of this build. */
    public MavenBuild proxy(String xml) {
        proxyXml.add(xml);
        return this;
    }

    /** Runs {@code mvn} in batch mode with these arguments, and waits for its end. */
    public Result run(String... arguments) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(TARGET.resolve("maven-builds")), "build", ".log");
            Process process = start(log, arguments);
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("mvn " + String.join(" ", arguments) + " in " + directory
                        + " did not end within " + timeout + ":\n" + Files.readString(log));
            }
            return new Result(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts {@code mvn} in batch mode with these arguments. Its output goes to {@code log}. */
    public Process start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(mavenHome.resolve("bin/mvn").toString());
        command.add("-B");
        if (Arrays.stream(arguments).noneMatch("-ntp"::equals)
                && !mavenHome.toString().contains("3.6.0")) {
            command.add("-ntp");
        }
        command.add("-s");
        command.add(settings().toString());
        command.add("-Dmaven.repo.local=" + localRepository);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> CI_VARIABLES.stream().anyMatch(name::startsWith));
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().putIfAbsent("MAVEN_OPTS", SHORT_LIVED);
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path settings() throws IOException {
        String template = Files.readString(Path.of("src/it/settings.xml"))
                .replace(
                        "@localRepositoryUrl@",
                        Path.of(System.getProperty(
                                        "outer.localRepository", System.getProperty("user.home") + "/.m2/repository"))
                                .toUri()
                                .toString())
                .replace(
                        "</servers>",
                        String.join("\n", serverXml) + "</servers>\n  <proxies>" + String.join("\n", proxyXml)
                                + "</proxies>");
        Path settings =
                Files.createTempFile(Files.createDirectories(TARGET.resolve("maven-builds")), "settings", ".xml");
        Files.writeString(settings, template, StandardCharsets.UTF_8);
        return settings;
    }
}
