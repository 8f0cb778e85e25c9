package io.github.olympe.maven.image;

import io.github.olympe.maven.registry.ImageLog;
import java.util.List;

/**
 * Records the log with the level of each line, as in {@code WARN text}.
 *
 * @param lines receives the lines
 */
public record LevelLog(List<String> lines) implements ImageLog {

    @Override
    public void info(String line) {
        lines.add("INFO " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("WARN " + line);
    }

    @Override
    public void debug(String line) {
        lines.add("DEBUG " + line);
    }
}
