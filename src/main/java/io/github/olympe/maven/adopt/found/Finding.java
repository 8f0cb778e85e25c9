package io.github.olympe.maven.adopt.found;

/**
 * Something that was understood.
 *
 * @param place where it stands
 * @param what what it is, in the project's words
 * @param became what the plugin has for it
 */
public record Finding(Place place, String what, String became) {}
