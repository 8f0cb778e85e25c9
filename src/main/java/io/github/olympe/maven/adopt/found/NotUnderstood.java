package io.github.olympe.maven.adopt.found;

/**
 * Something that was not understood, so that the user has to look at it.
 *
 * @param place its place
 * @param what the line or its subject
 * @param advice what to do, a sentence
 */
public record NotUnderstood(Place place, String what, String advice) {}
