package io.github.olympe.maven.goal;

import org.jspecify.annotations.Nullable;

/** An {@code <environment>} of the parameter {@code environments}. */
public class DeployEnvironment {

    /** Its name, by which {@code olympe.environment} chooses it. */
    @Nullable String name;

    /** A regular expression on the whole branch; an environment without one is only deployed to when chosen by name. */
    @Nullable String branch;

    /** The URL of its webhook. */
    @Nullable String url;

    /** The server of {@code settings.xml} that has its token; {@code deployServerId} where it is missing. */
    @Nullable String serverId;

    /** Its payload, used instead of the parameter {@code payload}. */
    @Nullable String payload;

    /** The registry that it pulls its images from, where that is another one than {@code registry}: {@code promote} copies them there. */
    @Nullable String registry;

    /** Where it serves its frontend; {@code awaitUrl} where it is missing. */
    @Nullable String awaitUrl;
}
