package io.github.olympe.maven.image;

import io.github.olympe.maven.registry.ImageLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the log. */
public final class RecordedLog implements ImageLog {

    final List<String> lines = new CopyOnWriteArrayList<>();

    /** What was logged so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String line) {
        lines.add(line);
    }

    @Override
    public void debug(String line) {
        lines.add(line);
    }
}
