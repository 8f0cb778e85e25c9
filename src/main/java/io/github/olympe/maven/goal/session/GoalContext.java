package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.EnvironmentSecrets;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.image.ImageCache;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.io.NativeVariables;
import io.github.olympe.maven.registry.credential.DockerConfiguration;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * The context of a goal in plain values: its folders, the branch and commit of the build, and the credentials for servers. Goals pass these
 * values on to the features, which know nothing about Maven.
 *
 * @param session the Maven session
 * @param project the module that the goal runs in
 * @param execution the goal's execution
 * @param decrypter decrypts the secrets of settings.xml
 * @param projectDirectory the folder of package.json
 * @param outputDirectory the folder {@code target/olympe}
 * @param log Maven's log, with secrets masked
 * @param mask hides the secrets of this build
 * @param plannedImages the images that earlier goals of this build are going to make, if {@code check} makes the plan
 * @param branch the checked-out branch as the user sets it
 * @param before what else earlier goals are going to do
 */
public record GoalContext(
        MavenSession session,
        MavenProject project,
        MojoExecution execution,
        SettingsDecrypter decrypter,
        Path projectDirectory,
        Path outputDirectory,
        Log log,
        SecretMask mask,
        Optional<List<ImageSpec>> plannedImages,
        Optional<String> branch,
        EarlierGoals before) {

    /** Returns the same context with the images that this build is going to make. */
    public GoalContext withPlannedImages(List<ImageSpec> images) {
        return new GoalContext(
                session,
                project,
                execution,
                decrypter,
                projectDirectory,
                outputDirectory,
                log,
                mask,
                Optional.of(images),
                branch,
                before);
    }

    /** Returns the same context after these goals. */
    public GoalContext after(EarlierGoals goals) {
        return new GoalContext(
                session,
                project,
                execution,
                decrypter,
                projectDirectory,
                outputDirectory,
                log,
                mask,
                plannedImages,
                branch,
                goals);
    }

    /** Returns the branch, commit, tag and merge request of this build. */
    public BuildContext build() {
        BuildContext build = BuildContext.detect(NativeVariables.of(environment()), projectDirectory, branch);
        // Which commit is checked out matters only to a build that pushes or deploys it.
        return before.left() ? build.withoutOtherCheckout() : build;
    }

    /** Returns the environment variables of this build. */
    public Map<String, String> environment() {
        return System.getenv();
    }

    /** Returns the credentials for servers, from settings.xml and the environment. */
    public Credentials credentials() {
        return new Credentials(
                new SettingsServers(session.getSettings(), decrypter), NativeVariables.of(environment()), mask);
    }

    /** Hides every secret that this build could use, once for all of its goals. */
    public void hideSecrets() {
        SessionData.of(session, HiddenSecrets.class, () -> {
            credentials().hideAll();
            // Commands see these too: in MAVEN_OPTS, and in the command line that Maven's script exports.
            EnvironmentSecrets.hide(session.getSystemProperties(), mask);
            EnvironmentSecrets.hide(session.getUserProperties(), mask);
            for (Path file : DockerConfiguration.files(environment())) {
                try {
                    EnvironmentSecrets.hideDocker(ForeignText.read(file, DockerConfiguration.LARGEST_MEBIBYTES), mask);
                } catch (IOException e) {
                    log.debug("Not read: '" + file + "' (" + e
                            + ")"); // A goal that needs it reports what is wrong with it.
                }
            }
            return new HiddenSecrets();
        });
    }

    private record HiddenSecrets() {}

    /** Returns whether this message is new in this module's build. {@code check} and the goal itself would log the same messages. */
    public boolean isNews(String what) {
        return SessionData.<String, Boolean>shared(session, "said").put(project.getId() + " " + what, true) == null;
    }

    /** Logs the messages that are new in this module's build. */
    public void inform(List<String> lines) {
        lines.stream().filter(this::isNews).forEach(log::info);
    }

    /** Logs the warnings that are new in this module's build. */
    public void warn(List<String> lines) {
        lines.stream().filter(this::isNews).forEach(log::warn);
    }

    /** Returns the proxies of settings.xml. */
    public HttpProxies proxies() {
        return SettingsProxies.of(session.getSettings(), decrypter, mask);
    }

    /** Returns the folder of the local repository for the files that all builds of this machine share. */
    public Path cache() {
        return session.getRequest().getLocalRepositoryPath().toPath().resolve(".cache/olympe");
    }

    /** Returns the cache for images. */
    public ImageCache imageCache() {
        return new ImageCache(cache());
    }

    /** Returns the folder of the lock files for projects. */
    public Path locks() {
        return cache().resolve("locks");
    }

    /** Returns the folder in which running commands are recorded, so that a later build can end what a killed build left running. */
    public Path running() {
        return cache().resolve("running");
    }

    /** Returns whether Maven is offline (-o). */
    public boolean offline() {
        return session.isOffline();
    }

    /** Returns whether a host, given with or without its port, must not be contacted because Maven is offline and it is another machine. */
    public boolean isCutOff(String host) {
        return offline() && !Loopback.is(host.replaceFirst(":\\d+$", ""));
    }

    /**
     * Requires that Maven is online if a goal is about to send something to another machine, like Maven's own deploy plugin.
     *
     * @param goal the verb for it: push, deploy, publish
     * @param host the host, with or without its port
     * @throws OlympeException if Maven is offline
     */
    public void requireOnline(String goal, String host) {
        if (isCutOff(host)) {
            throw new OlympeException(
                    "Cannot " + goal + " to '" + host
                            + "' because Maven is offline (-o). Leave out -o, or end the build before that with 'mvn -o package'.");
        }
    }

    /**
     * Checks a parameter without a value: it is an error if the pom refers to an environment variable for it, in a build that reaches the
     * goal.
     *
     * @param goal the goal's execution
     * @param parameter the parameter
     * @param property the property that may set it
     * @throws OlympeException if the pom sets it to {@code ${env.X}} and there is no variable X
     */
    public void requireVariable(MojoExecution goal, String parameter, String property) {
        if (before.left()) {
            return;
        }
        new UnsetVariable(project, goal, environment()).of(parameter, property).ifPresent(name -> {
            throw InvalidParameter.of(
                    parameter + " (" + property + ")",
                    "${env." + name + "}",
                    "The environment variable '" + name
                            + "' is not set, or is empty. Set it, or leave the parameter out.");
        });
    }

    /** Returns the plugin's value of the header {@code User-Agent}. */
    public String userAgent() {
        return "olympe-maven-plugin/" + execution.getVersion();
    }
}
