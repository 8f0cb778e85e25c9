package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.Npm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The publication of a library.
 *
 * @param pack the tarball
 * @param tag the parameter {@code npmTag}
 * @param access the parameter {@code npmAccess}
 * @param skipPublished whether to skip a version that is already published
 * @param dryRun whether nothing is published
 * @param build the branch and merge request of this build
 */
public record PublishPlan(
        PackPlan pack,
        Optional<String> tag,
        Optional<String> access,
        boolean skipPublished,
        boolean dryRun,
        BuildContext build)
        implements Plan {

    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Override
    public List<String> describe() {
        String id = pack.announced().map(LibraryPackage::id).orElse("the library");
        return List.of(build.mergeRequest()
                .map(request -> notPublished(id, request))
                .orElseGet(() -> "npm: " + id + " is published to "
                        + pack.announced().map(LibraryPackage::destination).orElse("its registry")
                        + (dryRun ? " (not with olympe.dryRun)" : "")));
    }

    private static String notPublished(String id, String request) {
        return "Not publishing " + id + ": this build is for " + request + ".";
    }

    /**
     * Asks the registry before the build whether it already has this version.
     *
     * @throws OlympeException if it has, or does not say
     */
    public void rehearse(NodeSession session) {
        if (pack.announced().isPresent()
                && !skipPublished
                && build.mergeRequest().isEmpty()) {
            requireNamedCheckout();
            LibraryPackage library = pack.announced().get();
            library.requireUnpublished(npm(library, session).within(ANSWER));
        }
    }

    /** Returns the host that the library will be sent to, as far as is known before the build, or empty if nothing is published. */
    public Optional<String> announcedHost(NodeSession session) {
        return publishes() ? pack.announced().map(library -> host(library, session)) : Optional.empty();
    }

    /** Returns the host that the built library is sent to; empty if nothing is published. */
    public Optional<String> host(NodeSession session) {
        return publishes() ? Optional.of(host(pack.library(), session)) : Optional.empty();
    }

    private String host(LibraryPackage library, NodeSession session) {
        return library.registryOf(pack.npm().npm(session)).url().getHost();
    }

    private boolean publishes() {
        return !dryRun && build.mergeRequest().isEmpty();
    }

    /** Publishes the library, from the existing tarball or a new one. */
    public void run(NodeSession session) {
        LibraryPackage library = pack.library();
        if (build.mergeRequest().isPresent()) {
            session.log().note(notPublished(library.id(), build.mergeRequest().get()));
            return;
        }
        requireNamedCheckout();
        Npm npm = npm(library, session);
        boolean asks = !dryRun || !pack.npm().offline();
        if (asks && !skipPublished) {
            library.requireUnpublished(npm);
        } else if (asks && library.isPublished(npm)) {
            session.log().note(library.id() + " is published already in " + library.destination() + ": nothing to do.");
            return;
        }
        if (dryRun) {
            session.log().note("Dry run: " + library.id() + " would be published to " + library.destination() + ".");
            return;
        }
        Path tarball = pack.outputDirectory().resolve(library.tarballName());
        library.publish(npm, Files.isRegularFile(tarball) ? tarball : pack.pack(library, session), tag, access);
        session.log().note("Published " + library.id() + " to " + library.destination());
    }

    private void requireNamedCheckout() {
        if (!dryRun) {
            build.requireNamedCheckout();
        }
    }

    private Npm npm(LibraryPackage library, NodeSession session) {
        return pack.npm()
                .npmForRegistry(
                        session,
                        library.registry().map(registry -> registry.url().toString()));
    }
}
