package io.github.olympe.maven.image.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.image.dockerfile.files.Changes;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.List;
import java.util.Optional;

/**
 * The image that a Dockerfile describes.
 *
 * @param base the base image, whose layers come first; absent for {@code FROM scratch}
 * @param configuration the configuration, without the layers, their history and the labels of the pom
 * @param history the instructions that changed the configuration, in order
 * @param changes the differences between its files and those of the base image
 * @param copies the instructions that copied files, by the number that these files have
 * @param notes what the user should know about how the Dockerfile was followed
 */
public record DockerfilePlan(
        Optional<BaseRequest> base,
        ObjectNode configuration,
        List<String> history,
        Changes changes,
        List<CopyRecord> copies,
        List<String> notes) {

    public DockerfilePlan {
        history = List.copyOf(history);
        copies = List.copyOf(copies);
        notes = List.copyOf(notes);
    }

    /**
     * An image that a Dockerfile asks for.
     *
     * @param platform the platform that it asks for, if any
     * @param place the instruction that asks for it
     */
    public record BaseRequest(String reference, Optional<String> platform, Place place) {}

    /**
     * An instruction that copied files.
     *
     * @param number the number that its files have, from 1
     * @param instruction {@code ADD} or {@code COPY} with its flags, as carried out
     * @param source the source that it copied
     * @param target the target as written
     * @param path the target's real path, absolute, without a slash at the end
     * @param fromSource whether it copied from the folder with the build's result
     */
    public record CopyRecord(
            int number, String instruction, String source, String target, String path, boolean fromSource) {}
}
