package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.NpmCredentials;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.RegistryAccess;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.runtime.NodeCheck;
import io.github.olympe.maven.node.runtime.NodeInstallation;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.node.runtime.NodeVersion;
import io.github.olympe.maven.node.runtime.PathRuntimes;
import io.github.olympe.maven.process.ProgramSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Node.js that a build uses, and npm in the project. It is the plan of {@code install-node}, and a part of the plans of all goals that
 * run npm. Node.js is installed when it is first needed.
 */
public final class NpmPlan implements Plan {

    private final NpmSettings settings;
    private final Workspace workspace;
    private final PathRuntimes runtimes;
    private final List<String> warnings;
    private @Nullable NodeRuntime runtime;

    private NpmPlan(NpmSettings settings, Workspace workspace, PathRuntimes runtimes, List<String> warnings) {
        this.settings = settings;
        this.workspace = workspace;
        this.runtimes = runtimes;
        this.warnings = warnings;
    }

    /**
     * Makes the plan.
     *
     * @param runtimes knows the Node.js of the PATH
     * @throws OlympeException if a parameter is wrong
     */
    public static NpmPlan of(NpmSettings settings, PathRuntimes runtimes) {
        return new NpmPlan(settings, Workspace.of(settings.project(), settings.workspace()), runtimes, List.of());
    }

    /**
     * Returns the same plan after checking that Node.js is a version that Olympe and package.json require.
     *
     * @throws OlympeException if there is none, or it has another version
     */
    public NpmPlan withCheckedNode() {
        if (!Files.isRegularFile(settings.project().resolve(PackageJson.FILE_NAME))) {
            return this;
        }
        String source = settings.installation()
                .map(installation -> "the parameter 'nodeVersion' (olympe.nodeVersion)")
                .orElseGet(() -> "'" + onPath().node() + "'");
        return new NpmPlan(
                settings,
                workspace,
                runtimes,
                NodeCheck.engines(version(), source, PackageJson.read(settings.project())));
    }

    /** Returns the version of Node.js. */
    public NodeVersion version() {
        return settings.installation().map(NodeInstallation::nodeVersion).orElseGet(() -> onPath().version());
    }

    private NodeRuntime onPath() {
        return runtimes.get(settings.project(), settings.environment());
    }

    /** Returns the project's folder. */
    public Path project() {
        return settings.project();
    }

    /** Returns the npm workspace of the project. */
    public Workspace workspace() {
        return workspace;
    }

    /** Returns the environment variables of npm and all that it runs. */
    public Map<String, String> environment() {
        return settings.environment();
    }

    /** Returns whether packages come only from npm's cache, without requests to a registry. */
    boolean offline() {
        return settings.offline();
    }

    @Override
    public List<String> describe() {
        return List.of("Node.js " + version()
                + settings.installation()
                        .map(installation -> ", installed privately")
                        .orElseGet(() -> " (" + onPath().node() + ")"));
    }

    /** Returns whether the Node.js of the PATH is used. */
    @Override
    public boolean isEmpty() {
        return settings.installation().isEmpty();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the Node.js, which is installed first if a version is set. */
    public NodeRuntime runtime(NodeSession session) {
        if (runtime == null) {
            runtime = settings.installation()
                    .map(installation -> installation.install(
                            settings.environment(), ProgramSearch.current(), session.mask(), session.log()))
                    .orElseGet(this::onPath);
        }
        return runtime;
    }

    /** Returns npm in the project for builds and tests, without the credential of its registry. */
    public Npm npm(NodeSession session) {
        Npm npm = new Npm(
                runtime(session),
                session.runner(),
                workspace,
                settings.environment(),
                settings.timeout(),
                session.log());
        NpmCredentials.hide(npm, session.mask());
        return npm;
    }

    /**
     * Returns npm with what it needs to reach its registry: the credential, and the proxies of settings.xml.
     *
     * @param registry the registry; if unknown, those that the project names
     */
    public Npm npmForRegistry(NodeSession session, Optional<String> registry) {
        return new RegistryAccess(settings.proxies(), settings.credential(), registry)
                .open(npm(session), PackageJson.read(settings.project()), session.mask());
    }

    /** Returns the install of the project's packages; offline, only from npm's cache. */
    public NpmInstall install(NodeSession session) {
        Npm npm = npmForRegistry(session, settings.registry());
        return new NpmInstall(
                settings.offline() ? npm.with(Map.of("npm_config_offline", "true")) : npm,
                settings.arguments(),
                session.locks(),
                settings.packageCache(),
                session.installed());
    }

    /** Returns npm with the project's packages installed, for a goal that runs alone. */
    public Npm npmWithPackages(NodeSession session) {
        install(session).runIfMissing();
        return npm(session);
    }
}
