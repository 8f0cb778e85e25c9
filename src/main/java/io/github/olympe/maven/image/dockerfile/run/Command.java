package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;

/** A command with its options and operands. */
interface Command {

    /**
     * Does what the command does.
     *
     * @throws FilesException if the command would fail
     * @throws NotComputable if programs of this name do different things
     */
    void run(Session session) throws FilesException, NotComputable;
}
