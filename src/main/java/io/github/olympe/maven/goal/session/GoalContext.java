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
 * The build around a goal, in plain values: where the goal works, what the build is for, and what opens servers. Goals hand these values on
 * to the features, which know nothing of Maven.
 *
 * @param session the Maven session
 * @param project the module that the goal runs in
 * @param execution the goal's execution
 * @param decrypter decrypts what settings.xml holds
 * @param projectDirectory the folder of package.json
 * @param outputDirectory the folder {@code target/olympe}
 * @param log Maven's log, with secrets masked
 * @param mask hides the secrets of this build
 * @param plannedImages the images that earlier goals of this build are going to make, where {@code check} makes the plan
 * @param branch the branch that the user says is checked out
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

    /** Returns the same with the images that this build is going to make. */
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

    /** Returns the same after these goals. */
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

    /** Returns what this build is for: branch, commit, tag, merge request. */
    public BuildContext build() {
        BuildContext build = BuildContext.detect(NativeVariables.of(environment()), projectDirectory, branch);
        // Which commit is checked out matters only to a build that pushes or deploys it.
        return before.left() ? build.withoutOtherCheckout() : build;
    }

    /** Returns the environment variables of this build. */
    public Map<String, String> environment() {
        return System.getenv();
    }

    /** Returns what opens servers: settings.xml, the environment. */
    public Credentials credentials() {
        return new Credentials(
                new SettingsServers(session.getSettings(), decrypter), NativeVariables.of(environment()), mask);
    }

    /** Hides every secret that this build could use, once for all of its goals. */
    public void hideSecrets() {
        SessionData.of(session, HiddenSecrets.class, () -> {
            credentials().hideAll();
            // Commands see them, too: in MAVEN_OPTS, and in the command line that Maven's script exports.
            EnvironmentSecrets.hide(session.getSystemProperties(), mask);
            EnvironmentSecrets.hide(session.getUserProperties(), mask);
            for (Path file : DockerConfiguration.files(environment())) {
                try {
                    EnvironmentSecrets.hideDocker(ForeignText.read(file, DockerConfiguration.LARGEST_MEBIBYTES), mask);
                } catch (IOException e) {
                    log.debug(
                            "Not read: '" + file + "' (" + e + ")"); // A goal that needs it says what is wrong with it.
                }
            }
            return new HiddenSecrets();
        });
    }

    private record HiddenSecrets() {}

    /** Returns whether nobody has said this in this module's build; {@code check} and a goal itself have the same to say. */
    public boolean isNews(String what) {
        return SessionData.<String, Boolean>shared(session, "said").put(project.getId() + " " + what, true) == null;
    }

    /** Logs what nobody has said in this module's build. */
    public void inform(List<String> lines) {
        lines.stream().filter(this::isNews).forEach(log::info);
    }

    /** Warns of what nobody has said in this module's build. */
    public void warn(List<String> lines) {
        lines.stream().filter(this::isNews).forEach(log::warn);
    }

    /** Returns the proxies of settings.xml. */
    public HttpProxies proxies() {
        return SettingsProxies.of(session.getSettings(), decrypter, mask);
    }

    /** Returns the folder of the local repository where the plugin keeps what all builds of this machine share. */
    public Path cache() {
        return session.getRequest().getLocalRepositoryPath().toPath().resolve(".cache/olympe");
    }

    /** Returns what is kept between builds of images. */
    public ImageCache imageCache() {
        return new ImageCache(cache());
    }

    /** Returns the folder of the files by which goals keep others out of a project. */
    public Path locks() {
        return cache().resolve("locks");
    }

    /** Returns the folder where running commands are noted, so that a later build can end what a killed one left. */
    public Path running() {
        return cache().resolve("running");
    }

    /** Returns whether Maven is offline (-o). */
    public boolean offline() {
        return session.isOffline();
    }

    /** Returns whether a host, with its port or without, may not be asked, since Maven is offline and it is another machine. */
    public boolean isCutOff(String host) {
        return offline() && !Loopback.is(host.replaceFirst(":\\d+$", ""));
    }

    /**
     * Requires that Maven is online where a goal is about to send something to another machine, as Maven's own deploy plugin does.
     *
     * @param goal what it does: push, deploy, publish
     * @param host the host, with its port or without
     * @throws OlympeException if Maven is offline
     */
    public void requireOnline(String goal, String host) {
        if (isCutOff(host)) {
            throw new OlympeException(
                    "Cannot " + goal + " to '" + host
                            + "', since Maven is offline (-o). Leave out -o, or end the build before that with 'mvn -o package'.");
        }
    }

    /**
     * Requires that a parameter without a value was not to come from an environment variable, in a build that comes to the goal.
     *
     * @param goal the goal's execution
     * @param parameter the parameter
     * @param property the property that it may be set by
     * @throws OlympeException if the pom has {@code ${env.X}} for it, and there is no variable X
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

    /** Returns how the plugin names itself to servers. */
    public String userAgent() {
        return "olympe-maven-plugin/" + execution.getVersion();
    }
}
