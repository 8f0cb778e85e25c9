package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.process.RunningCommands;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A goal whose feature has no plan yet; it checks its parameters while it runs. */
abstract class AbstractOlympeMojo extends GoalMojo<Plan> {

    /** Does what the goal does. */
    abstract void run();

    @Override
    final Plan plan(GoalContext context) {
        return List::of;
    }

    @Override
    final void run(Plan plan, GoalContext context) {
        run();
    }

    /** The folder of the files by which goals keep others out of a project. */
    final Path locks() {
        return context().locks();
    }

    final RunningCommands runningCommands() {
        return new RunningCommands(context().running());
    }

    final Path projectDirectory() {
        return context().projectDirectory();
    }

    /** The folder {@code target/olympe}. */
    final Path outputDirectory() {
        return context().outputDirectory();
    }

    /** What build steps note in {@code target/olympe/build} for goals that pack what they made. */
    final UnfinishedBuilds unfinishedBuilds() {
        return new UnfinishedBuilds(outputDirectory().resolve("build"));
    }

    /** The folder of the local repository where the plugin keeps what all builds of this machine share. */
    final Path cache() {
        return context().cache();
    }

    final Map<String, String> environment() {
        return context().environment();
    }

    final BuildContext buildContext() {
        return context().build();
    }

    final Credentials credentials() {
        return context().credentials();
    }

    final SecretMask mask() {
        return context().mask();
    }

    final HttpProxies proxies() {
        return context().proxies();
    }
}
