package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.text.InvalidParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A wait for an environment, or the reason why this build does not wait. */
public final class AwaitPlan implements Plan {

    private final AwaitSettings settings;
    private final Optional<String> environment;
    private final Optional<AwaitUrl> url;
    private final Optional<String> reason;

    private AwaitPlan(
            AwaitSettings settings, Optional<String> environment, Optional<AwaitUrl> url, Optional<String> reason) {
        this.settings = settings;
        this.environment = environment;
        this.url = url;
        this.reason = reason;
    }

    /**
     * Plans to wait for what this build deploys.
     *
     * @throws OlympeException if a parameter is wrong
     */
    public static AwaitPlan of(AwaitSettings settings, BuildContext build) {
        if (settings.url().isEmpty() && settings.environmentUrls().isEmpty()) {
            if (settings.required()) {
                throw InvalidParameter.missing(
                        "awaitUrl (olympe.await.url)", "Set it to the URL where the environment serves its frontend.");
            }
            return new AwaitPlan(settings, Optional.empty(), Optional.empty(), Optional.empty());
        }
        // A person who calls the goal by name may have rolled back from another branch.
        DeployBranches.Decision decision = settings.required()
                ? settings.branches().deployAgain(build)
                : settings.branches().deploy(build);
        if (!decision.granted()) {
            return skipping(settings, decision.environment(), decision.reason());
        }
        Optional<String> own =
                decision.environment().map(name -> settings.environmentUrls().get(name));
        Optional<String> text = own.or(settings::url);
        if (text.isEmpty()) {
            return skipping(
                    settings,
                    decision.environment(),
                    "the environment '" + decision.environment().orElse("") + "' has no <awaitUrl>");
        }
        String parameter = own.isPresent() ? parameter(decision.environment().orElse("")) : "awaitUrl";
        return new AwaitPlan(
                settings,
                decision.environment(),
                Optional.of(
                        AwaitUrl.of(parameter, text.get(), settings.serverId().isPresent())),
                Optional.empty());
    }

    private static AwaitPlan skipping(AwaitSettings settings, Optional<String> environment, String reason) {
        return new AwaitPlan(settings, environment, Optional.empty(), Optional.of(reason));
    }

    private static String parameter(String environment) {
        return "environments." + environment + ".awaitUrl";
    }

    @Override
    public List<String> checkOtherBuilds() {
        settings.environmentUrls().forEach((name, text) -> {
            // The variables of a CI may exist only in the builds that deploy.
            if (!text.contains("${")) {
                AwaitUrl.of(parameter(name), text, settings.serverId().isPresent());
            }
        });
        return List.of();
    }

    /** Returns how long to wait. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Returns the URL at which the environment serves its frontend. */
    public Optional<AwaitUrl> url() {
        return url;
    }

    /** Returns the name of the environment, if the project has several. */
    public Optional<String> environment() {
        return environment;
    }

    /** Returns the server of {@code settings.xml} that holds the credential. */
    public Optional<String> serverId() {
        return settings.serverId();
    }

    /** Returns the folder in the frontend's image that is served, if known. */
    public Optional<String> root() {
        return settings.root();
    }

    @Override
    public boolean isEmpty() {
        return url.isEmpty();
    }

    @Override
    public List<String> describe() {
        if (url.isEmpty()) {
            return reason.map(why -> List.of("Skipping await: " + why + ".")).orElse(List.of());
        }
        return List.of("Awaiting " + url.get() + " for at most "
                + settings.timeout().toSeconds() + " s, until it serves "
                + settings.file().map(file -> "'" + file + "' of ").orElse("") + "the frontend that is deployed.");
    }

    /**
     * Looks at what the environment serves before the deployment, and chooses the file to wait for.
     *
     * @param files the files of the frontend to deploy
     * @return absent if the environment seems to serve that frontend already
     * @throws OlympeException if the frontend does not have the file that the user set
     */
    public Optional<AwaitedFile> lookBefore(FrontendFiles files, Visitor visitor) {
        return choice(files).byLooking(awaited(), visitor);
    }

    /**
     * Chooses the file to wait for by comparing with the frontend that was deployed before.
     *
     * @param before the files of that frontend
     * @param name its name in messages
     * @return absent if the two serve the same
     * @throws OlympeException as {@link #lookBefore}
     */
    public Optional<AwaitedFile> chooseByContent(FrontendFiles files, FrontendFiles before, String name) {
        return choice(files).byContent(before, name);
    }

    /**
     * Chooses the file to wait for if the previous frontend is unknown.
     *
     * @return absent if no file differs for certain from one of another frontend
     * @throws OlympeException as {@link #lookBefore}
     */
    public Optional<AwaitedFile> chooseByName(FrontendFiles files) {
        return choice(files).byName();
    }

    private FileChoice choice(FrontendFiles files) {
        if (settings.file().isEmpty()) {
            return new FileChoice(files);
        }
        String path = settings.file().get();
        return FileChoice.of(Optional.ofNullable(files.files().get(path))
                .orElseThrow(() -> InvalidParameter.of(
                        "awaitFile (olympe.await.file)",
                        path,
                        "The frontend's image has no such file of at most " + (FrontendFiles.LARGEST >> 10)
                                + " KiB. Write the path of one, such as 'index.html'.")));
    }

    /**
     * Requests a file until the environment serves it or the time is up.
     *
     * @param isManual whether a person has to promote the deployment
     * @param log receives progress messages, one sentence each
     * @throws OlympeException if the thread is interrupted
     */
    public AwaitResult run(
            AwaitedFile file, boolean isManual, Visitor visitor, AwaitClock clock, Consumer<String> log) {
        return new Waiting(awaited(), file, isManual, settings.timeout(), visitor, clock, log).run();
    }

    private AwaitUrl awaited() {
        return url.orElseThrow(() -> new IllegalStateException("This build waits for nothing"));
    }
}
