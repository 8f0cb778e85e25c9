package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.Owner;
import java.util.Optional;

/**
 * Where copied files go in an image.
 *
 * @param folder the folder in the image, an absolute path
 * @param owner the user and group that the files belong to
 * @param mode the mode of the folder itself ({@code RUN chmod}); absent if it keeps its own
 * @param owned whether the owner also gets the folder and everything that the base image has in it ({@code RUN chown -R})
 */
public record ImageTarget(String folder, Owner owner, Optional<Integer> mode, boolean owned) {}
