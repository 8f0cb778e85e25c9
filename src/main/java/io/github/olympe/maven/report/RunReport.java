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
 * The report of a run, put together from what was noted in each of its modules.
 *
 * <p>Maven may load the plugin several times in one run, once for each set of its dependencies. So the modules are kept as JSON texts, which
 * all loadings can read.
 *
 * @param plugin the plugin's version
 * @param started when the run began
 * @param modules the modules by their names and the loading that noted it, each as the JSON of a {@link Report.Module}; kept by all loadings
 *     together, and safe for several threads
 */
public record RunReport(String plugin, Instant started, Map<String, String> modules) {

    /** Among the modules, where no module has this name: the report of the run before, which the first page of this run replaces. */
    private static final String BEFORE = "";

    /** What stands in a key after the module's name. A goal that is called by name may be of another loading than those of the lifecycle. */
    private static final String LOADING = "@" + System.identityHashCode(RunReport.class);

    /** Returns how many milliseconds after its start a moment of the run was. */
    public long millisecondsAt(Instant moment) {
        return Math.max(0, Duration.between(started, moment).toMillis());
    }

    /** Keeps what was noted in a module so far. */
    public void keep(ModuleReport module) {
        synchronized (module) { // A deployment may be sent by another module's thread; the later notes are to be kept.
            modules.put(module.name() + LOADING, Json.text(module.toModule()));
        }
    }

    /** Returns whether one of our goals ran in a module. */
    public boolean has(String module) {
        return modules.keySet().stream().anyMatch(key -> key.startsWith(module + "@"));
    }

    /** Returns what all loadings noted in a module. */
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
     * Writes {@code report.json}, {@code report.html} and {@code report.md}. A run without any module of ours writes nothing.
     *
     * @param folder the folder {@code target/olympe}
     * @param order the names of the build's modules in their order
     * @param failure why the run failed, if it did; shown where none of our goals failed
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
        if (failure.isPresent() && report.failure().isEmpty()) {
            report = report.withFailure(
                    new Report.Goal("of another plugin", end, 0, Report.Result.FAILED, failure.get()));
        }
        return Optional.of(ReportFile.write(report, before(folder), folder));
    }

    private Optional<Report> before(Path folder) throws IOException {
        if (!modules.containsKey(BEFORE)) {
            Optional<Report> last = ReportFile.read(folder);
            modules.put(BEFORE, last.isPresent() ? Json.text(last.get()) : "");
        }
        String json = modules.getOrDefault(BEFORE, "");
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.value(Json.parse(json), Report.class));
    }
}
