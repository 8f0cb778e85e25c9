package io.github.olympe.maven.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments to some environments.
 *
 * @param records the records, newest first
 * @param current the latest record of each environment
 */
public record History(List<DeploymentRecord> records, List<RecordId> current) {

    /** The file's name in {@code target/olympe}. */
    public static final String FILE = "history.json";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final List<String> HEAD = List.of("", "record", "time (UTC)", "environment", "tag", "commit", "");

    public History {
        records = List.copyOf(records);
        current = List.copyOf(current);
    }

    /**
     * Reads the history.
     *
     * @param environments the names of the environments
     * @param count the most records, besides those that the environments run
     */
    public static History read(Ledger ledger, List<String> environments, int count) {
        List<DeploymentRecord> records = new ArrayList<>();
        List<DeploymentRecord> running = new ArrayList<>();
        for (String environment : environments) {
            List<DeploymentRecord> found = ledger.records(environment, count);
            records.addAll(found);
            Optional<DeploymentRecord> newest = found.stream()
                    .filter(record -> record.outcome() == DeploymentRecord.Outcome.ACCEPTED)
                    .findFirst();
            // If the newest ones all failed, an older one runs.
            (newest.isPresent() || found.isEmpty() ? newest : ledger.current(environment)).ifPresent(running::add);
        }
        Comparator<DeploymentRecord> newestFirst = Comparator.comparing(
                        (DeploymentRecord record) -> record.id().time())
                .reversed();
        // The record that an environment runs is always shown, however many deployments other environments have had
        // since.
        List<DeploymentRecord> shown = Stream.concat(
                        records.stream().sorted(newestFirst).limit(count), running.stream())
                .distinct()
                .sorted(newestFirst)
                .toList();
        return new History(shown, running.stream().map(DeploymentRecord::id).toList());
    }

    /** Returns the lines of a table: a header and a line for each record. {@code >} marks the latest deployments. */
    public List<String> lines() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        records.forEach(record -> rows.add(row(record)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .append(" ".repeat(widths[i] - row.get(i).length() + (i == 0 ? 1 : 2)));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }

    private List<String> row(DeploymentRecord record) {
        String commit = record.source().commit();
        return List.of(
                current.contains(record.id()) ? ">" : " ",
                record.id().toString(),
                TIME.format(record.id().time().atOffset(ZoneOffset.UTC)),
                record.environment(),
                record.shortName(),
                commit == null ? "" : commit.substring(0, Math.min(8, commit.length())),
                note(record));
    }

    private static String note(DeploymentRecord record) {
        DeploymentRecord.Answer answer = record.answer();
        return switch (record.outcome()) {
            case SENT -> "unknown whether it was accepted";
            case REJECTED -> answer == null ? "not sent" : "rejected (" + answer.status() + ")";
            case ACCEPTED -> {
                Awaited awaited = record.awaited();
                String repeats = record.repeats() == null
                        ? ""
                        : (record.action() == DeploymentRecord.Action.PROMOTE ? "promotes " : "back to ")
                                + record.repeats();
                yield awaited == null || awaited.runs() ? repeats : "found not to run: " + awaited.found();
            }
        };
    }

    /** Writes {@code history.json}. */
    public void write(Path folder) {
        AtomicFile.write(
                folder.resolve(FILE),
                Json.indented(new Content(1, records.stream().map(this::entry).toList())));
    }

    private Entry entry(DeploymentRecord record) {
        return new Entry(current.contains(record.id()), record.digest(), record.json());
    }

    /** The content of the file. */
    private record Content(int version, List<Entry> records) {}

    /** A record with what only the whole history shows. */
    private record Entry(boolean current, @Nullable Digest digest, ObjectNode record) {}
}
