package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;

/** A command with its options and operands. */
interface Command {

    /**
     * Carries out the command.
     *
     * @throws FilesException if the command would fail
     * @throws NotComputable if programs of this name behave differently here
     */
    void run(Session session) throws FilesException, NotComputable;
}
