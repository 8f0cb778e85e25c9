package io.github.olympe.maven.node.runtime;

import io.github.olympe.maven.process.ProgramSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Node.js of the PATH in each project of a build, asked for its version once. Each question takes 40 ms, and a build of seven goals
 * would ask seven times.
 */
public final class PathRuntimes {

    private final Map<List<String>, NodeRuntime> known = new ConcurrentHashMap<>();

    /** As {@link NodeRuntime#onPath}. */
    public NodeRuntime get(Path project, Map<String, String> environment) {
        return known.computeIfAbsent(
                List.of(project.toString(), environment.getOrDefault("PATH", "")),
                key -> NodeRuntime.onPath(project, environment, ProgramSearch.current()));
    }
}
