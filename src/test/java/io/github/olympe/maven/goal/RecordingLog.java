package io.github.olympe.maven.goal;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Keeps what a goal logs. */
final class RecordingLog extends SystemStreamLog {

    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void info(CharSequence content) {
        lines.add(content.toString());
    }

    @Override
    public void warn(CharSequence content) {
        lines.add("WARN " + content);
    }
}
