package io.github.olympe.maven.registry;

/** What is logged about images while they are made and moved. May be called by several threads. */
public interface ImageLog {

    /** A line for the user. */
    void info(String line);

    /** Something that works but is probably not meant. */
    void warn(String line);

    /** A line for whoever looks into a problem ({@code mvn -X}). */
    void debug(String line);
}
