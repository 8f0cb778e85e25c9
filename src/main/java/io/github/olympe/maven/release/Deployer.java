package io.github.olympe.maven.release;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.BuildRun;
import io.github.olympe.maven.credential.SecretMask;
import java.util.Map;
import java.util.Optional;

/**
 * Who deploys and from where. This is the same in all records of a build.
 *
 * @param source the build
 * @param by the CI's user, else the system's
 * @param plugin the plugin's version
 * @param drawVersion the version of Draw that the project is built with, if known
 */
public record Deployer(DeploymentRecord.Source source, String by, String plugin, Optional<String> drawVersion) {

    /** Reads the build's context and the environment variables. */
    public static Deployer of(
            BuildContext build,
            Map<String, String> environment,
            String plugin,
            Optional<String> drawVersion,
            SecretMask mask) {
        BuildRun run = BuildRun.detect(environment);
        return new Deployer(
                new DeploymentRecord.Source(
                        build.system(),
                        build.branch().map(mask::mask).orElse(null),
                        build.tag().map(mask::mask).orElse(null),
                        build.commit().orElse(null),
                        build.buildNumber().map(mask::mask).orElse(null),
                        run.url().map(mask::mask).orElse(null)),
                mask.mask(run.by()),
                plugin,
                drawVersion);
    }
}
