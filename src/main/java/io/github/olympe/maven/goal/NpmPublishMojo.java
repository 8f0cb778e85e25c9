package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.Npm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the tarball that {@code npm-pack} made to the npm registry: that of {@code npmRegistry}, of {@code publishConfig} in
 * package.json, or of {@code .npmrc}. Never from a merge or pull request; with {@code dryRun} it shows what it would do.
 */
@Mojo(name = "npm-publish", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class NpmPublishMojo extends AbstractLibraryMojo {

    /** The tag that the version gets, such as {@code next}; by default npm's {@code latest}. */
    @Parameter(property = "olympe.npmTag")
    @Nullable String npmTag;

    /** Who may install a scoped package: {@code public} or {@code restricted}; by default what npm takes. */
    @Parameter(property = "olympe.npmAccess")
    @Nullable String npmAccess;

    /** Leaves a version out that is published already, rather than fail. */
    @Parameter(property = "olympe.skipPublished", defaultValue = "false")
    boolean skipPublished;

    @Override
    void run() {
        LibraryPackage library = libraryPackage();
        Optional<String> mergeRequest = buildContext().mergeRequest();
        if (mergeRequest.isPresent()) {
            getLog().info("Not publishing " + library.id() + ": this build is for " + mergeRequest.get() + ".");
            return;
        }
        if (!dryRun) {
            context()
                    .requireOnline(
                            "publish",
                            library.registry()
                                    .map(registry -> registry.url().getHost())
                                    .orElse(library.destination()));
        }
        Npm npm = npmWithCredential(
                library.registry().map(registry -> registry.url().toString()));
        if (!skipPublished) {
            library.requireUnpublished(npm);
        } else if (library.isPublished(npm)) {
            getLog().info(library.id() + " is published already in " + library.destination() + ": nothing to do.");
            return;
        }
        if (dryRun) {
            getLog().info("Dry run: " + library.id() + " would be published to " + library.destination() + ".");
            return;
        }
        Path tarball = outputDirectory().resolve(library.tarballName());
        library.publish(
                npm,
                Files.isRegularFile(tarball) ? tarball : pack(library),
                Optional.ofNullable(npmTag),
                Optional.ofNullable(npmAccess));
        getLog().info("Published " + library.id() + " to " + library.destination());
    }
}
