package io.github.olympe.maven.registry;

/** The log of making, pushing and pulling images. Several threads may call it. */
public interface ImageLog {

    /** Logs a line for the user. */
    void info(String line);

    /** Logs something that works, but is probably not intended. */
    void warn(String line);

    /** Logs a line for debugging ({@code mvn -X}). */
    void debug(String line);

    /** Returns a log that writes all lines for debugging. */
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
