package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.ProjectReview;
import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.NpmCredentials;
import io.github.olympe.maven.node.npm.RegistryAccess;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.runtime.NodeCheck;
import io.github.olympe.maven.node.runtime.NodeDownload;
import io.github.olympe.maven.node.runtime.NodeInstallation;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.node.runtime.NodeVersion;
import io.github.olympe.maven.process.CommandRunner;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.snapshot.SnapshotPlan;
import io.github.olympe.maven.snapshot.SnapshotSettings;
import io.github.olympe.maven.snapshot.Toolkit;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Finds, before anything runs, whatever would fail later: {@code package.json} and its scripts, Node.js, the snapshot configuration, image
 * names and tags, the payload with its deploy rules, and missing credentials. Prints what the build is going to do.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public class CheckMojo extends AbstractOlympeMojo {

    private static final String LIBRARY = "olympe-library";
    private static final List<String> CALLED = List.of("image", "push");
    private static final Duration REGISTRY_ANSWER = Duration.ofSeconds(60);

    /** The version of Node.js that {@code install-node} installs, as for that goal. */
    @Parameter(property = "olympe.nodeVersion")
    @Nullable String nodeVersion;

    /** The version of npm that {@code install-node} installs, as for that goal. */
    @Parameter(property = "olympe.npmVersion")
    @Nullable String npmVersion;

    /** Where {@code install-node} downloads Node.js from, as for that goal. */
    @Parameter(property = "olympe.nodeDownloadRoot")
    @Nullable String nodeDownloadRoot;

    /** Where {@code install-node} downloads npm from, as for that goal. */
    @Parameter(property = "olympe.npmDownloadRoot")
    @Nullable String npmDownloadRoot;

    /** The server of {@code settings.xml} that opens the download roots, as for {@code install-node}. */
    @Parameter(property = "olympe.nodeServerId")
    @Nullable String nodeServerId;

    /** Allows a download root with plain HTTP on another machine, as for {@code install-node}. */
    @Parameter(property = "olympe.node.allowInsecure", defaultValue = "false")
    boolean allowInsecureNodeDownload;

    /** Environment variables for npm, as for {@code npm-publish}: its {@code .npmrc} may name them. */
    @Parameter
    @Nullable Map<String, String> environmentVariables;

    /** The root of the npm workspace, as for {@code npm-install}. */
    @Parameter(property = "olympe.npmWorkspace")
    @Nullable File npmWorkspace;

    /** The script of a library's {@code package.json} that builds it, as for {@code build-library}. */
    @Parameter(property = "olympe.libraryScript", defaultValue = "build")
    String libraryScript;

    /** The npm registry that a library is published to, as for {@code npm-publish}. */
    @Parameter(property = "olympe.npmRegistry")
    @Nullable String npmRegistry;

    /** The server of {@code settings.xml} that opens the npm registry, as for {@code npm-publish}. */
    @Parameter(property = "olympe.npmServerId")
    @Nullable String npmServerId;

    /** Takes a library's version that is published already for fine, as {@code npm-publish} then leaves it out. */
    @Parameter(property = "olympe.skipPublished", defaultValue = "false")
    boolean skipPublished;

    /** The snapshot configuration, as for {@code snapshot}. */
    @Parameter(property = "olympe.snapshot.config")
    @Nullable String snapshotConfig;

    /** The host of the orchestrator, as for {@code snapshot}. */
    @Parameter(property = "olympe.orchestrator.host")
    @Nullable String orchestratorHost;

    /** The orchestrator's port, as for {@code snapshot}. */
    @Parameter(property = "olympe.orchestrator.port", defaultValue = "443")
    int orchestratorPort;

    /** The server of {@code settings.xml} with the user and password of the Draw environment, as for {@code snapshot}. */
    @Parameter(property = "olympe.orchestrator.serverId")
    @Nullable String orchestratorServerId;

    /** The server of {@code settings.xml} that opens the git server, as for {@code snapshot}. */
    @Parameter(property = "olympe.git.serverId")
    @Nullable String gitServerId;

    /** Allows a token to go to a git server by plain HTTP, as for {@code snapshot}. */
    @Parameter(property = "olympe.git.allowInsecure", defaultValue = "false")
    boolean allowInsecureGit;

    /** How long the git server may be silent, in seconds, as for {@code snapshot}. */
    @Parameter(property = "olympe.git.timeout", defaultValue = "60")
    long gitTimeout;

    /** How long the toolkit may take for one entry, in seconds, as for {@code snapshot}. */
    @Parameter(property = "olympe.snapshot.timeout", defaultValue = "900")
    long snapshotTimeout;

    /** The author of the snapshot's commit, as for {@code snapshot}. */
    @Parameter(property = "olympe.snapshot.author")
    @Nullable String snapshotAuthor;

    /** The committer of the snapshot's commit, as for {@code snapshot}. */
    @Parameter(property = "olympe.snapshot.committer")
    @Nullable String snapshotCommitter;

    /** The time zone of the commit message's date, as for {@code snapshot}. */
    @Parameter(property = "olympe.snapshot.zone")
    @Nullable String snapshotZone;

    /** How long one command of npm or of the toolkit may run, in seconds, as for the goals that run them. */
    @Parameter(property = "olympe.npmTimeout", defaultValue = "1800")
    long npmTimeout;

    /** The frontend's image, as for {@code image}. */
    @Parameter
    @Nullable Frontend frontend;

    /** The image of the code as data, as for {@code image}. */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /** What of the code as data is gathered, as for {@code build-code-as-data}. */
    @Parameter(property = "olympe.codeAsData.mode")
    @Nullable String codeAsDataMode;

    @Inject
    LifecycleExecutor lifecycle;

    @Inject
    BuildPluginManager pluginManager;

    @Inject
    MavenPluginManager mavenPluginManager;

    @Override
    void run() {
        BuildContext build = buildContext();
        getLog().info("Building " + subject(build) + " (" + build.system() + ")");
        FileNames.localeWarning().ifPresent(getLog()::warn);
        PackageJson packageJson = PackageJson.read(projectDirectory());
        CheckedNode node = checkNode(packageJson);
        ProjectReview review = ProjectReview.of(packageJson);
        review.lockFile().ifPresent(getLog()::warn);
        checkCodeAsData(packageJson, review);
        checkSnapshot();
        if (project.getPackaging().equals(LIBRARY)) {
            packageJson.requireScript(libraryScript, "libraryScript");
            checkUnpublished(packageJson, node.runtime());
        } else {
            review.scripts(frontendScript, backendScript, frontend != null && frontend.source != null)
                    .forEach(getLog()::warn);
        }
        checkGoals(node.version());
    }

    private static String subject(BuildContext build) {
        return build.mergeRequest()
                        .or(() -> build.branch().map(branch -> "branch '" + branch + "'"))
                        .or(() -> build.tag().map(tag -> "tag '" + tag + "'"))
                        .orElse("what is checked out")
                + build.shortCommit().map(commit -> ", commit " + commit).orElse("");
    }

    private record CheckedNode(NodeVersion version, Supplier<NodeRuntime> runtime) {}

    /** The Node.js of this build; one that is to be installed is installed only when it is asked for. */
    private CheckedNode checkNode(PackageJson packageJson) {
        Seconds.of("npmTimeout", "olympe.npmTimeout", npmTimeout);
        if (nodeVersion != null && !nodeVersion.isBlank()) {
            NodeInstallation installation = new NodeInstallation(
                    NodeInstallation.version(nodeVersion),
                    Optional.ofNullable(npmVersion),
                    NodeDownload.of(
                            Optional.ofNullable(nodeDownloadRoot),
                            Optional.ofNullable(npmDownloadRoot),
                            credentials().nodeDownload(nodeServerId),
                            proxies(),
                            allowInsecureNodeDownload),
                    cache().resolve("node"),
                    session.isOffline());
            NodeCheck.engines(
                            installation.nodeVersion(),
                            "the parameter 'nodeVersion' (-Dolympe.nodeVersion)",
                            packageJson)
                    .forEach(getLog()::warn);
            return new CheckedNode(
                    installation.nodeVersion(),
                    () -> installation.install(npmEnvironment(), ProgramSearch.current(), mask(), nodeLog()));
        }
        AbstractNodeMojo.refuseNpmAlone(npmVersion);
        NodeRuntime node = NodeRuntime.onPath(projectDirectory(), npmEnvironment(), ProgramSearch.current());
        NodeCheck.engines(node.version(), "'" + node.node() + "'", packageJson).forEach(getLog()::warn);
        return new CheckedNode(node.version(), () -> node);
    }

    private Map<String, String> npmEnvironment() {
        return NpmEnvironment.of(environment(), environmentVariables);
    }

    private NodeLog nodeLog() {
        return new MavenNodeLog(getLog(), TerminalColours.wanted(session));
    }

    /** Whether npm-publish is going to be refused, since the registry has this version already. */
    private void checkUnpublished(PackageJson packageJson, Supplier<NodeRuntime> node) {
        boolean publishes = asksFor("npm-publish");
        Optional<LibraryPackage> library = LibraryPackage.announcedBy(packageJson, Optional.ofNullable(npmRegistry));
        if (library.isEmpty()
                || !publishes
                || skipPublished
                || session.isOffline()
                || buildContext().mergeRequest().isPresent()) {
            return;
        }
        Npm npm = new Npm(
                node.get(), new CommandRunner(mask()::mask), workspace(), npmEnvironment(), REGISTRY_ANSWER, nodeLog());
        NpmCredentials.hide(npm, mask());
        library.get()
                .requireUnpublished(
                        new RegistryAccess(proxies(), credentials().npm(npmServerId), Optional.ofNullable(npmRegistry))
                                .open(npm, packageJson, mask()));
    }

    private Workspace workspace() {
        return Workspace.of(
                projectDirectory(), Optional.ofNullable(npmWorkspace).map(File::toPath));
    }

    private void checkCodeAsData(PackageJson packageJson, ProjectReview review) {
        if (codeAsData != null && codeAsData.skip) {
            return;
        }
        if (!BuildCodeAsDataMojo.mode(codeAsDataMode, project).equals("dependencies") && !savesSnapshot()) {
            review.snapshot().ifPresent(getLog()::warn);
        }
        if (!packageJson.brings(Toolkit.PACKAGE, workspace())) {
            getLog().warn("The file '" + packageJson.file() + "' does not depend on '" + Toolkit.PACKAGE
                    + "', which builds the code as data; add it by 'npm install --save-dev " + Toolkit.PACKAGE + "'.");
        }
    }

    /** Whether this build is going to fetch a snapshot first. */
    private boolean savesSnapshot() {
        return orchestratorHost != null && !orchestratorHost.isBlank();
    }

    private void checkSnapshot() {
        SnapshotPlan plan = SnapshotPlan.of(
                new SnapshotSettings(
                        projectDirectory(),
                        outputDirectory().resolve("snapshot"),
                        Texts.of(snapshotConfig),
                        Texts.of(orchestratorHost),
                        orchestratorPort,
                        Texts.of(orchestratorServerId),
                        Texts.of(gitServerId),
                        allowInsecureGit,
                        new GitParameters(null, gitTimeout, snapshotAuthor, snapshotCommitter, snapshotZone)
                                .settings(proxies(), environment()),
                        Seconds.of("snapshotTimeout", "olympe.snapshot.timeout", snapshotTimeout),
                        false,
                        SnapshotSummary.none(),
                        dryRun),
                credentials());
        if (plan.takesSnapshot()) {
            plan.warnings().forEach(getLog()::warn);
            plan.describe().forEach(getLog()::info);
        }
    }

    /** Makes the plans of the goals, each in the build as it will be after those before it. */
    private void checkGoals(NodeVersion node) {
        Goals goals = goals();
        GoalContext context = context();
        for (GoalMojo<?> goal : goals.running()) {
            context = check(goal, context, true, true);
        }
        for (GoalMojo<?> goal : goals.later()) {
            context = check(goal, context, false, goals.running().isEmpty());
        }
        for (ImageSpec image : context.plannedImages().orElse(List.of())) {
            if (image.kind() == ImageKind.BACKEND) {
                NodeCheck.baseImage(node, image.name(), image.base().toString()).ifPresent(getLog()::warn);
            }
        }
    }

    private <P extends Plan> GoalContext check(GoalMojo<P> goal, GoalContext context, boolean runs, boolean inFull) {
        P plan = goal.check(context, runs);
        show(plan, inFull);
        return goal.after(plan, context);
    }

    private void show(Plan plan, boolean inFull) {
        if (inFull) {
            plan.describe().stream().filter(context()::isNews).forEach(getLog()::info);
        }
        plan.warnings().stream().filter(context()::isNews).forEach(getLog()::warn);
        plan.checkOtherBuilds().forEach(getLog()::warn);
    }

    /**
     * The goals to check.
     *
     * @param running those that this build runs, in their order
     * @param later those that {@code mvn deploy} would run besides; where nothing is bound, those that a pipeline calls by their names
     */
    record Goals(List<GoalMojo<?>> running, List<GoalMojo<?>> later) {}

    /** Asks Maven for the goals, each with the parameters that it will have. */
    Goals goals() {
        BuildGoals build = new BuildGoals(session, lifecycle);
        List<MojoExecution> running = others(build.running(project));
        List<MojoExecution> later = others(build.bound(project)).stream()
                .filter(execution ->
                        running.stream().noneMatch(other -> other.getGoal().equals(execution.getGoal())))
                .toList();
        if (running.isEmpty() && later.isEmpty()) {
            // A pipeline calls the goals by their names.
            later = build.called(project, mojoExecution.getVersion(), CALLED);
        }
        return new Goals(configured(build, running), configured(build, later));
    }

    private List<MojoExecution> others(List<MojoExecution> executions) {
        return executions.stream()
                .filter(execution -> !execution.getGoal().equals(mojoExecution.getGoal()))
                .toList();
    }

    private List<GoalMojo<?>> configured(BuildGoals build, List<MojoExecution> executions) {
        List<GoalMojo<?>> goals = new ArrayList<>();
        for (MojoExecution execution : executions) {
            if (build.configured(project, execution, pluginManager, mavenPluginManager) instanceof GoalMojo<?> goal
                    && !goal.skip) {
                goal.mojoExecution = execution;
                goals.add(goal);
            }
        }
        return goals;
    }

    /** Whether Maven was asked for this goal, or for the phase that it is bound to by default. */
    private boolean asksFor(String goal) {
        return RequestedTasks.of(session).contains("deploy") || RequestedTasks.has(session, goal);
    }
}
