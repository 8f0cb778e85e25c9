package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.goal.log.MaskedFailure;
import io.github.olympe.maven.goal.log.MaskedLog;
import io.github.olympe.maven.goal.session.EarlierGoals;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ProjectLock;
import io.github.olympe.maven.goal.session.SessionData;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.goal.session.StepTimes;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.report.Report;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

/**
 * A goal: its parameters, a plan made from them, and the code that carries out the plan. This class does what all goals have in common: it
 * skips a goal, locks the project, hides secrets and measures the time.
 *
 * @param <P> the goal's plan
 */
abstract class GoalMojo<P extends Plan> extends AbstractMojo {

    /** Skips the goal. */
    @Parameter(property = "olympe.skip", defaultValue = "false")
    boolean skip;

    /**
     * Does everything except what others would see (a git push, an upload to a registry, the call of the webhook), and shows what it
     * would have done.
     */
    @Parameter(property = "olympe.dryRun", defaultValue = "false")
    boolean dryRun;

    /**
     * The branch that is checked out. Set it if git's head is detached and the CI does not name the branch, or if the CI's variables name
     * another commit than the one checked out (for example in a workflow for a comment on a pull request). Without it, such a build pushes
     * and deploys nothing.
     */
    @Parameter(property = "olympe.branch")
    @Nullable String branch;

    /** The folder of the Olympe project, with its {@code package.json}. */
    @Parameter(property = "olympe.projectDirectory", defaultValue = "${project.basedir}")
    File projectDirectory;

    /** The script of {@code package.json} that builds the frontend; a project without it has no frontend. */
    @Parameter(property = "olympe.frontendScript", defaultValue = PackageJson.FRONTEND_SCRIPT)
    String frontendScript;

    /** The script of {@code package.json} that builds the backend; a project without it has no backend. */
    @Parameter(property = "olympe.backendScript", defaultValue = PackageJson.BACKEND_SCRIPT)
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

    private @Nullable Log log;

    /**
     * Makes the goal's plan, and so finds every mistake in its parameters. {@code check} calls it too, before anything has run.
     *
     * @throws OlympeException if a parameter is wrong
     */
    abstract P plan(GoalContext context);

    /**
     * Carries out the plan. It is not called if the plan is empty.
     *
     * @throws OlympeException if that fails in a way that a user can act on
     */
    abstract void run(P plan, GoalContext context);

    /**
     * Checks that what the goal needs besides its parameters is there, such as a token. {@code check} calls it for goals that this build
     * will run.
     *
     * @throws OlympeException if something is missing
     */
    void rehearse(P plan, GoalContext context) {}

    /** Returns the build as it will be after the goal, for the plans that {@code check} makes for later goals. */
    GoalContext after(P plan, GoalContext context) {
        return context;
    }

    /** Returns the goal's plan, for {@code check}. */
    final P check(GoalContext context, boolean runs) {
        P plan = plan(context);
        if (runs) {
            rehearse(plan, context);
        }
        return plan;
    }

    /** Called when the goal has succeeded or was skipped. */
    void ended(GoalContext context) {}

    @Override
    public final void execute() throws MojoExecutionException {
        GoalContext context = context();
        Instant start = Instant.now();
        Report.Result result = Report.Result.FAILED;
        String message = null;
        boolean isIdle = false;
        try {
            Optional<String> reason = reasonToSkip();
            if (reason.isPresent()) {
                message = reason.get();
                getLog().info("Skipped" + message);
            } else {
                context.hideSecrets();
                try (ProjectLock lock = ProjectLock.take(context)) {
                    lock.endAbandoned();
                    P plan = plan(context);
                    isIdle = plan.isEmpty();
                    if (isIdle) {
                        context.inform(plan.describe());
                    } else {
                        run(plan, context);
                    }
                }
            }
            ended(context);
            result = reason.isPresent() ? Report.Result.SKIPPED : Report.Result.SUCCEEDED;
        } catch (OlympeException e) {
            message = e.getMessage();
            throw MaskedFailure.of(e, context.mask());
        } catch (RuntimeException e) {
            message = e.toString();
            if (MaskedFailure.showsTooMuch(e, context.mask())) {
                throw MaskedFailure.of(e, context.mask());
            }
            throw e; // A bug of the plugin: Maven shows the stack trace.
        } finally {
            new SessionReport(session).ended(context, start, result, message);
        }
        if (result == Report.Result.SUCCEEDED && !isIdle) {
            StepTimes.of(session).add(project, mojoExecution.getGoal(), Duration.between(start, Instant.now()));
        }
    }

    private Optional<String> reasonToSkip() {
        if (skip) {
            return Optional.of(" (olympe.skip).");
        }
        if (isForModulesAlone()) {
            return Optional.of(": this project has modules, and is not an Olympe project itself.");
        }
        return isOfAnotherKind() ? Optional.of(": this module has no images.") : Optional.empty();
    }

    /** Returns whether a goal for images, called by name for the whole build, runs in a module without images. */
    private boolean isOfAnotherKind() {
        if (!(this instanceof ImagesMojo)
                || mojoExecution.getSource() != MojoExecution.Source.CLI
                || session.getProjects().size() < 2
                || "olympe".equals(project.getPackaging())
                || hasImages()) {
            return false;
        }
        return "olympe-library".equals(project.getPackaging())
                || !new File(projectDirectory, PackageJson.FILE_NAME).isFile();
    }

    /** Returns the project's folder. Without a pom Maven does not pass one, and the working directory is used. */
    private File folder() {
        return session.getRequest().isProjectPresent()
                ? projectDirectory
                : Optional.ofNullable(projectDirectory).orElseGet(() -> new File(session.getExecutionRootDirectory()));
    }

    /** Returns the context of this goal. */
    final GoalContext context() {
        return new GoalContext(
                session,
                project,
                mojoExecution,
                settingsDecrypter,
                folder().toPath().toAbsolutePath().normalize(),
                outputDirectory.toPath().toAbsolutePath().normalize(),
                getLog(),
                SessionData.of(session, SecretMask.class, SecretMask::new),
                Optional.empty(),
                Optional.ofNullable(branch),
                EarlierGoals.NONE);
    }

    /** Returns Maven's log, with secrets masked. */
    @Override
    public final Log getLog() {
        if (log == null) {
            log = new MaskedLog(
                    super.getLog(),
                    SessionData.of(session, SecretMask.class, SecretMask::new),
                    line -> SessionReport.module(context()).warned(line));
        }
        return log;
    }

    /** Returns whether another machine has passed on its images. */
    private boolean hasImages() {
        return Stream.of(ImagesFile.NAME, BuildEnv.NAME).anyMatch(name -> new File(outputDirectory, name).exists());
    }

    /**
     * Returns whether this project only aggregates modules. A goal that is called by name, or bound in a parent for all modules, runs there
     * too. If it has a package.json, that is the one of an npm workspace.
     */
    private boolean isForModulesAlone() {
        if (!"pom".equals(project.getPackaging())
                || session.getProjects().size() < 2
                || project.getCollectedProjects() == null
                || project.getCollectedProjects().isEmpty()
                || hasImages()) {
            return false;
        }
        Path directory = projectDirectory.toPath();
        if (!Files.isRegularFile(directory.resolve(PackageJson.FILE_NAME))) {
            return true;
        }
        PackageJson packageJson = PackageJson.read(directory);
        return packageJson.content().has("workspaces")
                && !packageJson.hasScript(frontendScript)
                && !packageJson.hasScript(backendScript);
    }
}
