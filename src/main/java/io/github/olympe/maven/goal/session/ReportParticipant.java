package io.github.olympe.maven.goal.session;

import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;

/**
 * Writes the page about a run when the run is over, whether it succeeded or not. Maven calls it if the plugin is an extension
 * ({@code <extensions>true</extensions>}). Otherwise each goal rewrites the page.
 */
public final class ReportParticipant extends AbstractMavenLifecycleParticipant {

    /** Called by Maven. */
    public ReportParticipant() {}

    @Override
    public void afterProjectsRead(MavenSession session) {
        new SessionReport(session).writeAtTheEnd();
    }

    @Override
    public void afterSessionEnd(MavenSession session) {
        new SessionReport(session).writeLast(new SystemStreamLog());
    }
}
