package io.github.olympe.maven.goal;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.snapshot.Orchestrator;
import io.github.olympe.maven.snapshot.SnapshotConfig;
import io.github.olympe.maven.snapshot.SnapshotRun;
import io.github.olympe.maven.snapshot.Toolkit;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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
public class SnapshotMojo extends AbstractNodeMojo {

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

    @Override
    void run() {
        if (orchestratorHost == null || orchestratorHost.isBlank()) {
            getLog().info("No snapshot is taken, since no orchestrator is configured (parameter 'orchestratorHost',"
                    + " olympe.orchestrator.host).");
            return;
        }
        Credentials credentials = credentials();
        SnapshotConfig config =
                SnapshotConfig.read(SnapshotConfig.named(snapshotConfig), projectDirectory(), credentials::hide);
        Optional<Credential> gitCredential = config.needsGit() ? credentials.git(gitServerId) : Optional.empty();
        config.requireEncryption(gitCredential, allowInsecureGit);
        SnapshotRun snapshot = new SnapshotRun(
                projectDirectory(),
                outputDirectory().resolve("snapshot"),
                Orchestrator.of(orchestratorHost, orchestratorPort, credentials.orchestrator(orchestratorServerId)),
                Seconds.of("snapshotTimeout", "olympe.snapshot.timeout", snapshotTimeout),
                allowEmptySnapshot,
                dryRun,
                new GitParameters(gitKnownHosts, gitTimeout, snapshotAuthor, snapshotCommitter, snapshotZone)
                        .settings(gitCredential, proxies(), environment()));
        snapshot.execute(config, toolkit(npmWithPackages()), new MavenSnapshotLog(getLog()), mask());
    }

    /** The project's own toolkit. It runs outside of the project's tree, so that it finds nothing there to change. */
    private Toolkit toolkit(Npm npm) {
        Path command = npm.localCommand(Toolkit.COMMAND, Toolkit.PACKAGE);
        return new Toolkit() {
            @Override
            public Outcome run(Call call, Consumer<String> lines) {
                List<String> line = new ArrayList<>(List.of(command.toString()));
                line.addAll(call.arguments());
                Map<String, String> environment = new TreeMap<>(nodeRuntime().environment(nodeEnvironment()));
                environment.keySet().removeAll(call.withheld());
                environment.putAll(call.environment());
                CommandResult result = new CommandRunner(mask()::mask, Optional.of(runningCommands()))
                        .run(
                                Command.of(line, call.workingDirectory(), environment, call.timeout())
                                        .withSecrets(call.secrets()),
                                lines);
                if (!result.succeeded()) {
                    nodeLog().failed(result.lastLines());
                }
                return new Outcome(result.exitCode(), result.timedOut());
            }
        };
    }
}
