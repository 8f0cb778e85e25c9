package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.RunningCommands;
import io.github.olympe.maven.text.OneLine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** What every goal has: the common parameters, and the way from Maven's world to the features' plain values. */
abstract class AbstractOlympeMojo extends AbstractMojo {

    /** Skips the goal. */
    @Parameter(property = "olympe.skip", defaultValue = "false")
    boolean skip;

    /**
     * Does everything except what others would see (a git push, an upload to a registry, the call of the webhook), and shows what it
     * would have done.
     */
    @Parameter(property = "olympe.dryRun", defaultValue = "false")
    boolean dryRun;

    /** The folder of the Olympe project, the one that has its {@code package.json}. */
    @Parameter(property = "olympe.projectDirectory", defaultValue = "${project.basedir}")
    File projectDirectory;

    /** The script of {@code package.json} that builds the frontend; a project without it has no frontend. */
    @Parameter(property = "olympe.frontendScript", defaultValue = "build:draw")
    String frontendScript;

    /** The script of {@code package.json} that builds the backend; a project without it has no backend. */
    @Parameter(property = "olympe.backendScript", defaultValue = "build:node")
    String backendScript;

    @Parameter(defaultValue = "${project.build.directory}/olympe", readonly = true, required = true)
    File outputDirectory;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution mojoExecution;

    @Inject
    SettingsDecrypter settingsDecrypter;

    static {
        // With -X, these clients log what they send and get, with nothing hidden: headers with passwords, URLs with
        // signatures, and whatever a server answers. Maven's loggers take their level from here when they are made;
        // Maven 4 has a name of its own for it.
        for (String logger : List.of("org.eclipse.jgit", "org.apache.sshd", "org.apache.hc", "org.apache.http")) {
            for (String prefix : List.of("maven.logger.log.", "org.slf4j.simpleLogger.log.")) {
                if (System.getProperty(prefix + logger) == null) {
                    System.setProperty(prefix + logger, logger.startsWith("org.apache.h") ? "off" : "info");
                }
            }
        }
    }

    private @Nullable SecretMask mask;
    private @Nullable Log log;

    /** What the goal does; a failure that a user can act on is an {@link OlympeException}. */
    abstract void run();

    @Override
    public final void execute() throws MojoExecutionException {
        boolean left = skip;
        Instant start = Instant.now();
        try {
            left = skip || isForModulesAlone();
            if (left) {
                getLog().info(
                                skip
                                        ? "Skipped (olympe.skip)."
                                        : "Skipped: this project has modules, and is no Olympe project itself.");
            } else {
                Credentials.hideVariables(environment(), mask());
                runAlone();
            }
            ReactorDeployments.of(session).ended(session, project, mojoExecution, getLog());
        } catch (OlympeException e) {
            throw new MojoExecutionException(e.message(text -> mask().mask(text)), hideIn(e.getCause()));
        } catch (RuntimeException e) {
            if (hideIn(e) == null) {
                throw new MojoExecutionException(mask().mask(e.toString()));
            }
            throw e;
        }
        if (!left) {
            StepTimes.of(session).add(project, mojoExecution.getGoal(), Duration.between(start, Instant.now()));
        }
    }

    /**
     * Whether this is a project that the build has for the sake of its modules alone: a goal that is called by its name runs there, too, and
     * so does one that is bound in a parent for all modules. Its package.json, where it has one, is that of an npm workspace.
     */
    private boolean isForModulesAlone() {
        if (!"pom".equals(project.getPackaging())
                || session.getProjects().size() < 2
                || project.getCollectedProjects() == null
                || project.getCollectedProjects().isEmpty()
                || Files.exists(outputDirectory())) {
            return false;
        }
        if (!Files.isRegularFile(projectDirectory().resolve(PackageJson.FILE_NAME))) {
            return true;
        }
        PackageJson packageJson = PackageJson.read(projectDirectory());
        return packageJson.content().has("workspaces")
                && !packageJson.hasScript(frontendScript)
                && !packageJson.hasScript(backendScript);
    }

    /** Runs it while no other goal works in the project's folder, be it of this Maven or of another one. */
    private void runAlone() {
        // A Maven that a script of the project runs is a part of the goal that runs the script.
        boolean nested = CommandRunner.isRunning(environment());
        try (FolderLock lock = nested ? FolderLock.none() : takeProject()) {
            if (lock.isHeld()) {
                runningCommands()
                        .endAbandoned(projectDirectory())
                        .forEach(process -> getLog().warn("Ended " + process
                                + ", which a build that was killed had left running in this project."));
            }
            run();
        }
    }

    private FolderLock takeProject() {
        return FolderLock.take(
                projectDirectory(),
                locks(),
                folder -> getLog().info("Waiting for another build that works in " + folder + "."));
    }

    /** The folder of the files by which goals keep others out of a project. */
    final Path locks() {
        return cache().resolve("locks");
    }

    final RunningCommands runningCommands() {
        return new RunningCommands(cache().resolve("running"));
    }

    final Path projectDirectory() {
        return projectDirectory.toPath().toAbsolutePath().normalize();
    }

    /** The folder {@code target/olympe}. */
    final Path outputDirectory() {
        return outputDirectory.toPath().toAbsolutePath().normalize();
    }

    /** What build steps note in {@code target/olympe/build} for goals that pack what they made. */
    final UnfinishedBuilds unfinishedBuilds() {
        return new UnfinishedBuilds(outputDirectory().resolve("build"));
    }

    /** The folder of the local repository where the plugin keeps what all builds of this machine share. */
    final Path cache() {
        return session.getRequest().getLocalRepositoryPath().toPath().resolve(".cache/olympe");
    }

    final Map<String, String> environment() {
        return System.getenv();
    }

    final BuildContext buildContext() {
        return BuildContext.detect(environment(), projectDirectory());
    }

    final Credentials credentials() {
        return new Credentials(new SettingsServers(session.getSettings(), settingsDecrypter), environment(), mask());
    }

    /** The one mask of this build: what {@link #credentials()} hands out in any goal is hidden by it in all. */
    final SecretMask mask() {
        if (mask == null) {
            mask = SessionData.of(session, SecretMask.class, SecretMask::new);
        }
        return mask;
    }

    /** Maven's log, to which no secret gets. */
    @Override
    public final Log getLog() {
        if (log == null) {
            log = new MaskedLog(super.getLog(), mask());
        }
        return log;
    }

    final HttpProxies proxies() {
        return SettingsProxies.of(session.getSettings(), settingsDecrypter, mask());
    }

    /** Keeps the causes for {@code mvn -e} where they show no secret, and drops them where one does. */
    private @Nullable Throwable hideIn(@Nullable Throwable cause) {
        Deque<Throwable> all = new ArrayDeque<>();
        Stream.ofNullable(cause).forEach(all::add);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!all.isEmpty()) {
            Throwable t = all.remove();
            if (seen.add(t)) {
                String text = t.toString();
                if (!mask().mask(text).equals(text)) {
                    return null;
                }
                Stream.ofNullable(t.getCause()).forEach(all::add);
                all.addAll(List.of(t.getSuppressed()));
            }
        }
        return cause == null ? null : new Traced(cause);
    }

    /** A cause whose trace {@code mvn -e} shows, and whose message Maven does not put after our own sentence. */
    private static final class Traced extends Exception {

        private static final long serialVersionUID = 1L;

        private final String text;

        Traced(Throwable traced) {
            super("", traced.getCause() == null ? null : new Traced(traced.getCause()), false, true);
            text = OneLine.of(traced.toString(), 1000);
            setStackTrace(traced.getStackTrace());
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
