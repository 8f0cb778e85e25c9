package io.github.olympe.maven.adopt.found;

/**
 * Something that was not understood, so that the user has to look at it.
 *
 * @param place where it stands
 * @param what the line, or what it is about
 * @param advice what to do, a sentence
 */
public record NotUnderstood(Place place, String what, String advice) {}
