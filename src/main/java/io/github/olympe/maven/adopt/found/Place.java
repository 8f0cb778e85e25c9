package io.github.olympe.maven.adopt.found;

/**
 * The place where something was read.
 *
 * @param file the file, relative to the project
 * @param line the line, from 1
 */
public record Place(String file, int line) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        int files = file.compareTo(other.file);
        return files != 0 ? files : Integer.compare(line, other.line);
    }

    /** Returns it as {@code .gitlab-ci.yml:12}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
