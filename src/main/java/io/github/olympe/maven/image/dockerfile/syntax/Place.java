package io.github.olympe.maven.image.dockerfile.syntax;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.OneLine;

/**
 * The place of an instruction, for error messages.
 *
 * @param path the Dockerfile, as users know it
 * @param line the number of the instruction's first line, from 1
 * @param text the instruction, its lines joined
 */
public record Place(String path, int line, String text) {

    private static final int LONGEST_SHOWN = 200;

    /**
     * Returns the error for an instruction that docker would refuse too.
     *
     * @param what the mistake and how to correct it, as the end of a sentence
     */
    public OlympeException mistake(String what) {
        return new OlympeException(start() + what + ".");
    }

    /**
     * Returns the error for an instruction that docker may accept but the plugin cannot follow.
     *
     * @param why the reason, as a part of a sentence
     */
    public OlympeException unsupported(String why) {
        return unsupported(why, "");
    }

    /**
     * Returns the error for an instruction that docker may accept but the plugin cannot follow.
     *
     * @param why the reason, as a part of a sentence
     * @param advice advice in addition to the usual advice, as the beginning of a sentence; may be empty
     */
    public OlympeException unsupported(String why, String advice) {
        String move = advice.isEmpty() ? "Move" : advice + " move";
        return new NotFollowedException(
                start() + "the plugin cannot follow this instruction, since " + why + ". " + move
                        + " it into the base image, set <dockerfile>none</dockerfile> for this image, or build the image with Docker and"
                        + " give its reference to 'deploy'.");
    }

    /** Returns this place with another text, such as that of the instruction in an ONBUILD. */
    public Place withText(String other) {
        return new Place(path, line, other);
    }

    private String start() {
        return path + ":" + line + ": '" + OneLine.of(text.strip(), LONGEST_SHOWN) + "': ";
    }
}
