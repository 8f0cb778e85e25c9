package io.github.olympe.maven.adopt.found;

/**
 * Something that was understood.
 *
 * @param place its place
 * @param what what it is, in the project's terms
 * @param became what the plugin has in its place
 */
public record Finding(Place place, String what, String became) {}
