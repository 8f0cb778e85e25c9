package io.github.olympe.maven.adopt.found;

import java.util.List;
import java.util.Map;

/**
 * An image that a pipeline builds.
 *
 * @param place the command
 * @param references the references that it gets, with placeholders
 * @param dockerfile the Dockerfile, empty if the command has none
 * @param buildArgs the build arguments
 * @param labels the labels
 */
public record ImageBuild(
        Place place,
        List<String> references,
        String dockerfile,
        Map<String, String> buildArgs,
        Map<String, String> labels) {}
