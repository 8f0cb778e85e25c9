package io.github.olympe.maven.registry;

/** The log of making, pushing and pulling images. Several threads may call it. */
public interface ImageLog {

    /** A line for the user. */
    void info(String line);

    /** Something that works but is probably not intended. */
    void warn(String line);

    /** A line for debugging ({@code mvn -X}). */
    void debug(String line);

    /** Returns a log in which all lines are for whoever looks into a problem. */
    default ImageLog quiet() {
        ImageLog log = this;
        return new ImageLog() {
            @Override
            public void info(String line) {
                log.debug(line);
            }

            @Override
            public void warn(String line) {
                log.debug(line);
            }

            @Override
            public void debug(String line) {
                log.debug(line);
            }
        };
    }
}
