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
 * Saves the code as data from Draw. The toolkit takes a snapshot of what the snapshot configuration names, and the goal checks the result.
 * It then replaces the patches in the project or, for an entry with a {@code git} section, commits and pushes them to its branch. Nothing
 * changes until the snapshot is complete. The goal is skipped unless {@code orchestratorHost} is set.
 */
@Mojo(name = "snapshot", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public class SnapshotMojo extends NodeMojo<SnapshotPlan> {

    /**
     * The snapshot configuration as Olympe documents it: a JSON file, or a folder whose JSON files are all configurations, relative to the
     * project's folder. Default: {@code res/snapshot-config.json}, else {@code snapshot/snapshot-config.json}.
     */
    @Parameter(property = "olympe.snapshot.config")
    @Nullable String snapshotConfig;

    /** The host of the Draw environment's orchestrator, such as {@code draw.example.com}; without it, no snapshot is taken. */
    @Parameter(property = "olympe.orchestrator.host")
    @Nullable String orchestratorHost;

    /** The orchestrator's port. The toolkit uses TLS only for port 443. */
    @Parameter(property = "olympe.orchestrator.port", defaultValue = "443")
    int orchestratorPort;

    /**
     * The server of {@code settings.xml} with the user and password of the Draw environment. Without it, the environment variables
     * {@code DRAW_USERNAME} and {@code DRAW_PASSWORD} are used.
     */
    @Parameter(property = "olympe.orchestrator.serverId")
    @Nullable String orchestratorServerId;

    /**
     * The server of {@code settings.xml} with the credential for the git server: a token ({@code <password>} alone), a user and password,
     * or for SSH a {@code <privateKey>} with its {@code <passphrase>}. Without it, the environment variable {@code OLYMPE_GIT_TOKEN} is
     * used. A token in the configuration's {@code repo} wins over both.
     */
    @Parameter(property = "olympe.git.serverId")
    @Nullable String gitServerId;

    /** The file with the keys of known SSH hosts; by default {@code ~/.ssh/known_hosts}. Hosts that are not in it are refused. */
    @Parameter(property = "olympe.git.knownHosts")
    @Nullable File gitKnownHosts;

    /** Allows sending a token to a git server by plain HTTP on a host other than a loopback host. Others can then read it on the way. */
    @Parameter(property = "olympe.git.allowInsecure", defaultValue = "false")
    boolean allowInsecureGit;

    /** How long the git server may be silent, in seconds. */
    @Parameter(property = "olympe.git.timeout", defaultValue = "60")
    long gitTimeout;

    /** How long the toolkit may take for one entry, in seconds. It is then ended with everything that it started. */
    @Parameter(property = "olympe.snapshot.timeout", defaultValue = "900")
    long snapshotTimeout;

    /** Allows a snapshot without patches to replace one that has some. */
    @Parameter(property = "olympe.snapshot.allowEmpty", defaultValue = "false")
    boolean allowEmptySnapshot;

    /**
     * The author of the commit, as {@code Name <mail@example.com>}. Default: what git's variables ({@code GIT_AUTHOR_NAME}, …) and
     * configuration say, else {@code Olympe snapshot <olympe-snapshot@noreply.invalid>}.
     */
    @Parameter(property = "olympe.snapshot.author")
    @Nullable String snapshotAuthor;

    /** The committer of the commit, as {@code Name <mail@example.com>}; found like the author by default. */
    @Parameter(property = "olympe.snapshot.committer")
    @Nullable String snapshotCommitter;

    /** The time zone of {@code {date}} in the commit message, such as {@code Europe/Zurich} or {@code UTC}; by default this machine's. */
    @Parameter(property = "olympe.snapshot.zone")
    @Nullable String snapshotZone;

    /**
     * Describes what changed in Draw's terms, in the body of the commit message and in a dry run. For this, old patches that differ are
     * also fetched.
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

    /** Returns the project's own toolkit. It runs outside of the project's tree, so that it cannot change anything there. */
    private static Toolkit toolkit(Npm npm, NodeSession node) {
        return new Toolkit(
                npm.localCommand(Toolkit.COMMAND, Toolkit.PACKAGE),
                npm.runtime().environment(npm.environment()),
                node.runner());
    }
}
