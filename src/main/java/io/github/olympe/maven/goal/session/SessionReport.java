package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.goal.log.Console;
import io.github.olympe.maven.report.CiSummary;
import io.github.olympe.maven.report.ModuleReport;
import io.github.olympe.maven.report.Report;
import io.github.olympe.maven.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The report of a Maven session. Its failures never fail a build: a page that cannot be written is only a line in {@code mvn -X}.
 *
 * @param session the session
 */
public record SessionReport(MavenSession session) {

    private static final String AT_THE_END = "at the end";
    private static final String PLUGIN = "plugin";

    /** Returns the report of a module, in which its goals record what they do. */
    public static ModuleReport module(GoalContext context) {
        String name = name(context.project());
        return SessionData.of(
                context.session(),
                ModuleReport.class,
                name,
                () -> new ModuleReport(name, context.project().getVersion(), context::build, context.mask()::mask));
    }

    /** Leaves writing the page to {@link ReportParticipant}, which runs at the end of the session. */
    public void writeAtTheEnd() {
        shared().put(AT_THE_END, "");
    }

    /** Records how a goal ended. If nothing runs at the end of the session, it rewrites the page. */
    public void ended(GoalContext context, Instant began, Report.Result result, @Nullable String message) {
        try {
            Instant now = Instant.now();
            shared().put(PLUGIN, context.execution().getVersion());
            module(context)
                    .ended(
                            context.execution().getGoal(),
                            run().millisecondsAt(began),
                            Duration.between(began, now).toMillis(),
                            result,
                            message);
            run().keep(module(context));
            if (!shared().containsKey(AT_THE_END)) {
                write(context.log());
            }
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            context.log().debug("The report does not have this goal (" + e + ").");
        }
    }

    /** Keeps what another module's goal did for a module, such as a deployment that waited for all images. */
    void keep(GoalContext context) {
        try {
            run().keep(module(context));
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            context.log().debug("The report does not have all of the module (" + e + ").");
        }
    }

    /** Writes the page if one of the plugin's goals ran. */
    public void write(Log log) {
        write(log, Optional.empty());
    }

    /** Writes the page at the end of the session, which may have failed in another plugin's goal. */
    public void writeLast(Log log) {
        SecretMask mask = SessionData.of(session, SecretMask.class, SecretMask::new);
        write(
                log,
                session.getResult().getExceptions().stream()
                        .findFirst()
                        .map(failure -> mask.mask(String.valueOf(failure.getMessage()))));
    }

    private void write(Log log, Optional<String> failure) {
        Map<String, String> lock = shared();
        synchronized (lock) { // A thread that began earlier must not replace a later page.
            writeAlone(log, failure);
        }
    }

    private void writeAlone(Log log, Optional<String> failure) {
        Instant began = Instant.now();
        try {
            List<MavenProject> ours = session.getProjects().stream()
                    .filter(project -> run().has(name(project)))
                    .toList();
            if (ours.isEmpty() || !session.getRequest().isProjectPresent()) {
                return; // Without a pom there is no target folder, and none is created.
            }
            MavenProject home = ours.size() == 1 ? ours.get(0) : session.getTopLevelProject();
            Optional<Path> summary = run().write(
                            Path.of(home.getBuild().getDirectory(), "olympe"),
                            ours.stream().map(SessionReport::name).toList(),
                            failure);
            if (summary.isPresent()) {
                new CiSummary(SessionData.shared(session, "report/shown"))
                        .show(summary.get(), System.getenv(), Console.out());
            }
            if (log.isDebugEnabled()) { // Maven's log at the end of the session prints debug messages too.
                log.debug("Writing the report took "
                        + Duration.between(began, Instant.now()).toMillis() + " ms.");
            }
        } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
            log.debug("The report was not written (" + e + ").");
        }
    }

    private RunReport run() {
        return new RunReport(
                shared().getOrDefault(PLUGIN, ""),
                session.getStartTime().toInstant(),
                SessionData.shared(session, "report/modules"));
    }

    private Map<String, String> shared() {
        return SessionData.shared(session, "report");
    }

    private static String name(MavenProject project) {
        return project.getGroupId() + ":" + project.getArtifactId();
    }
}
