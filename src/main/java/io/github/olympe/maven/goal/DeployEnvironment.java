package io.github.olympe.maven.goal;

import org.jspecify.annotations.Nullable;

/** An {@code <environment>} of the parameter {@code environments}. */
public class DeployEnvironment {

    /** The name, with which {@code olympe.environment} chooses it. */
    @Nullable String name;

    /** A regular expression for the whole branch name. An environment without one must be chosen by name. */
    @Nullable String branch;

    /** The URL of the webhook. */
    @Nullable String url;

    /** The server of {@code settings.xml} that holds the token. Default: {@code deployServerId}. */
    @Nullable String serverId;

    /** The payload, used instead of the parameter {@code payload}. */
    @Nullable String payload;

    /** The registry that the environment pulls its images from, if that is not {@code registry}. {@code promote} copies them there. */
    @Nullable String registry;

    /** The URL at which the environment serves its frontend. Default: {@code awaitUrl}. */
    @Nullable String awaitUrl;
}
