package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.VersionBump;
import java.time.Instant;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Sets the version in package.json and its lock file from a template, as the projects' {@code bumpVersion.sh} does, and shows it. No
 * packaging binds this goal. With {@code dryRun} it only shows the version.
 */
@Mojo(name = "bump-version", defaultPhase = LifecyclePhase.GENERATE_RESOURCES, threadSafe = true)
public class BumpVersionMojo extends AbstractNodeMojo {

    /**
     * The new version. Placeholders: {@code {version}} (that of package.json, without what an earlier run added), {@code {commit}} (8 hex
     * digits), {@code {timestamp}} (seconds since 1970), {@code {date}} (yyyyMMddHHmmss, UTC), {@code {branch}}, {@code {tag}} and
     * {@code {build}} (the CI's build number).
     */
    @Parameter(property = "olympe.versionTemplate", defaultValue = VersionBump.DEFAULT_TEMPLATE)
    String versionTemplate;

    @Override
    void run() {
        PackageJson packageJson = packageJson();
        VersionBump bump = new VersionBump(
                packageJson,
                npmWorkspace(),
                new Template("versionTemplate", versionTemplate),
                buildContext(),
                Instant.now());
        String version = bump.version();
        if (dryRun) {
            getLog().info("Dry run: the version would be " + version + ".");
            return;
        }
        bump.write(version);
        getLog().info("Version " + version + " (was " + packageJson.version().orElse("none") + ")");
    }
}
