package io.github.olympe.maven.report;

import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the report of a run from what its modules recorded.
 *
 * <p>Maven may load the plugin several times in one run, once for each set of dependencies. So the modules are kept as JSON, which the
 * classes of every class loader can read.
 *
 * @param plugin the plugin's version
 * @param started when the run began
 * @param modules the JSON of each {@link Report.Module}, by the module's name and the class loader that recorded it; all class loaders
 *     share this map, which is safe for several threads
 */
public record RunReport(String plugin, Instant started, Map<String, String> modules) {

    /** The key of the previous run's report, which the first page of this run replaces. No module has this name. */
    private static final String BEFORE = "";

    /**
     * The suffix of a key after the module's name. A goal that is called by name may have another class loader than those of the lifecycle.
     */
    private static final String LOADING = "@" + System.identityHashCode(RunReport.class);

    /** Returns how many milliseconds after its start a moment of the run was. */
    public long millisecondsAt(Instant moment) {
        return Math.max(0, Duration.between(started, moment).toMillis());
    }

    /** Keeps what a module has recorded so far. */
    public void keep(ModuleReport module) {
        synchronized (module) { // Another module's thread may send a deployment. The later record must win.
            modules.put(module.name() + LOADING, Json.text(module.toModule()));
        }
    }

    /** Returns whether one of the plugin's goals ran in a module. */
    public boolean has(String module) {
        return modules.keySet().stream().anyMatch(key -> key.startsWith(module + "@"));
    }

    /** Returns what all class loaders recorded in a module. */
    private Optional<Report.Module> noted(String module) throws IOException {
        Report.@Nullable Module all = null;
        for (Map.Entry<String, String> entry : modules.entrySet()) {
            if (entry.getKey().startsWith(module + "@")) {
                Report.Module one = Json.value(Json.parse(entry.getValue()), Report.Module.class);
                all = all == null ? one : all.with(one);
            }
        }
        return Optional.ofNullable(all);
    }

    /**
     * Writes {@code report.json}, {@code report.html} and {@code report.md}. Writes nothing if no module used the plugin.
     *
     * @param folder the folder {@code target/olympe}
     * @param order the names of the build's modules, in build order
     * @param failure why the run failed, if it did; shown if none of the plugin's goals failed
     * @return the file for a CI's summary
     * @throws IOException if a file cannot be written
     */
    public Optional<Path> write(Path folder, List<String> order, Optional<String> failure) throws IOException {
        List<Report.Module> all = new ArrayList<>();
        for (String name : order) {
            noted(name).ifPresent(all::add);
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        long end = millisecondsAt(Instant.now());
        Report report = new Report(
                Report.VERSION, plugin, started.truncatedTo(ChronoUnit.SECONDS).toString(), end, all);
        if (failure.isPresent() && report.failures().isEmpty()) {
            report = report.withFailure(
                    new Report.Goal("of another plugin", end, 0, Report.Result.FAILED, failure.get()));
        }
        return Optional.of(ReportFile.write(report, before(folder), folder));
    }

    private Optional<Report> before(Path folder) {
        if (!modules.containsKey(BEFORE)) {
            modules.put(BEFORE, ReportFile.text(folder));
        }
        return ReportFile.parse(modules.getOrDefault(BEFORE, ""));
    }
}
