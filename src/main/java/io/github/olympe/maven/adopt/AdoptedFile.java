package io.github.olympe.maven.adopt;

/**
 * A file that the goal writes.
 *
 * @param path its path, relative to the project
 * @param content its content
 * @param note what the user should know about it, may be empty
 * @param executable whether it is a program
 */
record AdoptedFile(String path, String content, String note, boolean executable) {}
