package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.bridge.DrawSummary;
import io.github.olympe.maven.goal.log.MavenSnapshotLog;
import io.github.olympe.maven.goal.session.GitParameters;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.plan.NodeSession;
import io.github.olympe.maven.snapshot.SnapshotPlan;
import io.github.olympe.maven.snapshot.SnapshotSettings;
import io.github.olympe.maven.snapshot.Toolkit;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.text.Seconds;
import io.github.olympe.maven.text.Texts;
import java.io.File;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Saves the code as data from Draw: the toolkit snapshots what the snapshot configuration names, the result is checked, and then either
 * replaces the patches in the project or, for an entry with a {@code git} section, is committed and pushed to its branch. Until the
 * snapshot is complete, nothing is touched. Does nothing, and says so, unless {@code orchestratorHost} is set.
 */
@Mojo(name = "snapshot", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public class SnapshotMojo extends NodeMojo<SnapshotPlan> {

    /**
     * The snapshot configuration as Olympe documents it: a JSON file, or a folder whose JSON files all are configurations; relative to the
     * project's folder. By default {@code res/snapshot-config.json}, else {@code snapshot/snapshot-config.json}.
     */
    @Parameter(property = "olympe.snapshot.config")
    @Nullable String snapshotConfig;

    /** The host of the Draw environment's orchestrator, such as {@code draw.example.com}; without it, there is no snapshot. */
    @Parameter(property = "olympe.orchestrator.host")
    @Nullable String orchestratorHost;

    /** The orchestrator's port. The toolkit uses TLS exactly when it is 443. */
    @Parameter(property = "olympe.orchestrator.port", defaultValue = "443")
    int orchestratorPort;

    /**
     * The server of {@code settings.xml} with the user and password of the Draw environment; without it, they are the environment variables
     * {@code DRAW_USERNAME} and {@code DRAW_PASSWORD}.
     */
    @Parameter(property = "olympe.orchestrator.serverId")
    @Nullable String orchestratorServerId;

    /**
     * The server of {@code settings.xml} that opens the git server: a token ({@code <password>} alone), a user and password, or for SSH a
     * {@code <privateKey>} with its {@code <passphrase>}. Without it, the environment variable {@code OLYMPE_GIT_TOKEN}; a token in the
     * configuration's {@code repo} goes before both.
     */
    @Parameter(property = "olympe.git.serverId")
    @Nullable String gitServerId;

    /** The file with the keys of known SSH hosts; by default {@code ~/.ssh/known_hosts}. Hosts that are not in it are refused. */
    @Parameter(property = "olympe.git.knownHosts")
    @Nullable File gitKnownHosts;

    /** Allows a token to go to a git server by plain HTTP, on a host that is not a loopback one; it can then be read on the way. */
    @Parameter(property = "olympe.git.allowInsecure", defaultValue = "false")
    boolean allowInsecureGit;

    /** How long the git server may be silent, in seconds. */
    @Parameter(property = "olympe.git.timeout", defaultValue = "60")
    long gitTimeout;

    /** How long the toolkit may take for one entry, in seconds; it is then ended with everything that it started. */
    @Parameter(property = "olympe.snapshot.timeout", defaultValue = "900")
    long snapshotTimeout;

    /** Lets a snapshot without any patch replace one that has some. */
    @Parameter(property = "olympe.snapshot.allowEmpty", defaultValue = "false")
    boolean allowEmptySnapshot;

    /**
     * The author of the commit, as {@code Name <mail@example.com>}. By default what git's variables ({@code GIT_AUTHOR_NAME}, …) and
     * configuration say, else {@code Olympe snapshot <olympe-snapshot@noreply.invalid>}.
     */
    @Parameter(property = "olympe.snapshot.author")
    @Nullable String snapshotAuthor;

    /** The committer of the commit, as {@code Name <mail@example.com>}; by default found as the author is. */
    @Parameter(property = "olympe.snapshot.committer")
    @Nullable String snapshotCommitter;

    /** The time zone of {@code {date}} in the commit message, such as {@code Europe/Zurich} or {@code UTC}; by default this machine's. */
    @Parameter(property = "olympe.snapshot.zone")
    @Nullable String snapshotZone;

    /**
     * Says what changed in Draw's words, in the body of the commit's message and in a dry run. Old patches that differ are then fetched, too.
     */
    @Parameter(property = "olympe.snapshot.summary", defaultValue = "true")
    boolean snapshotSummary;

    @Override
    SnapshotPlan plan(GoalContext context) {
        if (Texts.of(orchestratorHost).isEmpty()) {
            context.requireVariable(mojoExecution, "orchestratorHost", "olympe.orchestrator.host");
        }
        return SnapshotPlan.of(settings(context), context.credentials());
    }

    private SnapshotSettings settings(GoalContext context) {
        return new SnapshotSettings(
                context.projectDirectory(),
                context.outputDirectory().resolve("snapshot"),
                Texts.of(snapshotConfig),
                Texts.of(orchestratorHost),
                orchestratorPort,
                Texts.of(orchestratorServerId),
                Texts.of(gitServerId),
                allowInsecureGit,
                new GitParameters(gitKnownHosts, gitTimeout, snapshotAuthor, snapshotCommitter, snapshotZone)
                        .settings(context.proxies(), context.environment()),
                Seconds.of("snapshotTimeout", "olympe.snapshot.timeout", snapshotTimeout),
                allowEmptySnapshot,
                snapshotSummary ? new DrawSummary(context.projectDirectory()) : SnapshotSummary.none(),
                dryRun);
    }

    @Override
    GoalContext after(SnapshotPlan plan, GoalContext context) {
        return plan.isEmpty() ? context : context.after(context.before().withSnapshot());
    }

    @Override
    void rehearse(SnapshotPlan plan, GoalContext context) {
        if (!plan.isEmpty() && !dryRun) {
            plan.gitHosts().forEach(host -> context.requireOnline("push", host));
        }
    }

    @Override
    void run(SnapshotPlan plan, GoalContext context) {
        context.warn(plan.warnings());
        rehearse(plan, context);
        NodeSession node = nodeSession(context);
        plan.run(toolkit(npm(context).npmWithPackages(node), node), new MavenSnapshotLog(getLog()), context.mask());
    }

    /** The project's own toolkit. It runs outside of the project's tree, so that it finds nothing there to change. */
    private static Toolkit toolkit(Npm npm, NodeSession node) {
        return new Toolkit(
                npm.localCommand(Toolkit.COMMAND, Toolkit.PACKAGE),
                npm.runtime().environment(npm.environment()),
                node.runner());
    }
}
