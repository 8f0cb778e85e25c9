package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.log.MavenNodeLog;
import io.github.olympe.maven.goal.log.TerminalColours;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionData;
import io.github.olympe.maven.node.npm.NpmEnvironment;
import io.github.olympe.maven.node.packages.PackageCache;
import io.github.olympe.maven.node.plan.NodeSession;
import io.github.olympe.maven.node.plan.NpmPlan;
import io.github.olympe.maven.node.plan.NpmSettings;
import io.github.olympe.maven.node.runtime.NodeDownload;
import io.github.olympe.maven.node.runtime.NodeInstallation;
import io.github.olympe.maven.node.runtime.PathRuntimes;
import io.github.olympe.maven.process.RunningCommands;
import io.github.olympe.maven.text.Seconds;
import io.github.olympe.maven.text.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A goal that runs Node.js. Its parameters choose the version and configure npm.
 *
 * @param <P> the goal's plan
 */
abstract class NodeMojo<P extends Plan> extends GoalMojo<P> {

    /**
     * The version of Node.js to install privately, such as {@code 20.18.1}; 18 or later. It is installed into the local Maven repository,
     * where all builds share it. Without this parameter, the Node.js and npm on the PATH are used.
     */
    @Parameter(property = "olympe.nodeVersion")
    @Nullable String nodeVersion;

    /** The version of npm to install with {@code nodeVersion}, such as {@code 10.8.2}; by default the one that comes with Node.js. */
    @Parameter(property = "olympe.npmVersion")
    @Nullable String npmVersion;

    /**
     * The URL to download Node.js from: a mirror with the layout of Node.js's download site, including {@code SHASUMS256.txt}. Default:
     * that site. Proxies of {@code settings.xml} are used.
     */
    @Parameter(property = "olympe.nodeDownloadRoot")
    @Nullable String nodeDownloadRoot;

    /**
     * The URL to download npm from if {@code npmVersion} is set: an npm registry, as in {@code https://npm.example.com/npm/-/}, or a folder
     * with {@code npm-<npmVersion>.tgz} and {@code SHASUMS256.txt}. Default: the public npm registry.
     */
    @Parameter(property = "olympe.npmDownloadRoot")
    @Nullable String npmDownloadRoot;

    /**
     * The server of {@code settings.xml} with the user and password for {@code nodeDownloadRoot} and {@code npmDownloadRoot}. They are sent
     * to no other server.
     */
    @Parameter(property = "olympe.nodeServerId")
    @Nullable String nodeServerId;

    /** Allows download roots that use plain HTTP on another machine. */
    @Parameter(property = "olympe.node.allowInsecure", defaultValue = "false")
    boolean allowInsecureNodeDownload;

    /**
     * The server of {@code settings.xml} with the credential for the npm registry. Its password is a token, or the user's password if there
     * is a username. It is for the registry that {@code npmRegistry} names, or else those that the project's {@code .npmrc} and the
     * {@code publishConfig} of package.json name. npm gets it through its environment, and only to install and publish. Without this
     * parameter, npm finds its own credentials ({@code .npmrc}).
     */
    @Parameter(property = "olympe.npmServerId")
    @Nullable String npmServerId;

    /**
     * The npm registry to publish to, which {@code npmServerId} has the credential for. Default: the registry in {@code publishConfig} of
     * package.json, or in {@code .npmrc}.
     */
    @Parameter(property = "olympe.npmRegistry")
    @Nullable String npmRegistry;

    /** Arguments added to {@code npm ci} and {@code npm install}, such as {@code --omit=optional}. */
    @Parameter(property = "olympe.npmArguments")
    @Nullable List<String> npmArguments;

    /**
     * The root of the npm workspace that the project is a member of. Default: a folder above whose package.json lists the project in its
     * {@code workspaces}, if that folder is in the same git work tree and belongs to the project's owner, the user or root.
     */
    @Parameter(property = "olympe.npmWorkspace")
    @Nullable File npmWorkspace;

    /** The folder of npm's cache, such as {@code .npm} for one that a CI keeps between jobs; by default npm's own. */
    @Parameter(property = "olympe.npmCache")
    @Nullable File npmCache;

    /**
     * Keeps what {@code npm ci} installs in the local Maven repository. A fresh workspace gets its {@code node_modules} from there if npm
     * has installed the same before: with the same lock file, npm configuration, npm, Node.js and platform. This happens only where it is
     * safe; docs/node.md says where.
     */
    @Parameter(property = "olympe.packageCache", defaultValue = "true")
    boolean packageCache;

    /**
     * Environment variables for npm and everything that it runs, in addition to those of Maven. Do not put secrets here, because
     * {@code mvn -X} prints them. {@code OLYMPE_DEPLOY_TOKEN}, {@code WEBHOOK_TOKEN}, {@code OLYMPE_GIT_TOKEN} and {@code DRAW_PASSWORD}
     * are hidden from npm, its scripts and those of dependencies. To pass on one that a script needs, name it without a value:
     * {@code <DRAW_PASSWORD/>}.
     */
    @Parameter
    @Nullable Map<String, String> environmentVariables;

    /** How long one command of npm or of the toolkit may run, in seconds. It is then ended with everything that it started. */
    @Parameter(property = "olympe.npmTimeout", defaultValue = "1800")
    long npmTimeout;

    /** Plans the use of Node.js and npm in the project. */
    final NpmPlan npm(GoalContext context) {
        NpmSettings settings = new NpmSettings(
                context.projectDirectory(),
                NodeInstallation.of(
                        Optional.ofNullable(nodeVersion),
                        Optional.ofNullable(npmVersion),
                        () -> NodeDownload.of(
                                Optional.ofNullable(nodeDownloadRoot),
                                Optional.ofNullable(npmDownloadRoot),
                                context.credentials().nodeDownload(nodeServerId),
                                context.proxies(),
                                allowInsecureNodeDownload),
                        context.cache().resolve("node"),
                        context.offline()),
                npmWorkspace(),
                Texts.withoutBlanks(npmArguments),
                environment(context),
                Seconds.of("npmTimeout", "olympe.npmTimeout", npmTimeout),
                Optional.ofNullable(npmRegistry),
                context.credentials().npm(npmServerId),
                context.proxies(),
                context.offline(),
                packageCache ? Optional.of(new PackageCache(context.cache().resolve("packages"))) : Optional.empty());
        return NpmPlan.of(settings, SessionData.of(session, PathRuntimes.class, PathRuntimes::new));
    }

    final Optional<Path> npmWorkspace() {
        return Optional.ofNullable(npmWorkspace).map(File::toPath);
    }

    final NodeSession nodeSession(GoalContext context) {
        return new NodeSession(
                new MavenNodeLog(getLog(), TerminalColours.wanted(session)),
                context.mask(),
                new RunningCommands(context.running()),
                context.locks(),
                SessionData.<String, Set<Path>>shared(session, "folders")
                        .computeIfAbsent("installed", absent -> ConcurrentHashMap.newKeySet()));
    }

    /**
     * Returns Maven's environment for npm: adapted to a log, without secrets that npm does not need, and with the variables of
     * {@code environmentVariables}.
     */
    private Map<String, String> environment(GoalContext context) {
        Map<String, String> environment = TerminalColours.apply(TerminalColours.wanted(session), context.environment());
        environment.put("npm_config_progress", "false");
        environment.put("npm_config_update_notifier", "false");
        if (npmCache != null) {
            environment.put("npm_config_cache", npmCache.getAbsolutePath());
        }
        return NpmEnvironment.of(environment, environmentVariables);
    }
}
