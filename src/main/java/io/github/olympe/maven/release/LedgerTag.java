package io.github.olympe.maven.release;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag of the ledger: that of a record, {@code <id>}, of its mark, {@code <id>.sent}, or of what {@code await} found about it,
 * {@code <id>.awaited-<yyyyMMddHHmmss>}.
 *
 * @param id the record it belongs to
 * @param part what follows the id, empty for the record itself
 */
record LedgerTag(RecordId id, String part) {

    private static final String SENT = ".sent";
    private static final String AWAITED = ".awaited-";
    private static final Pattern FORM = Pattern.compile("([^.]+)(\\.sent|\\.awaited-[0-9]{14})?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    static LedgerTag record(RecordId id) {
        return new LedgerTag(id, "");
    }

    static LedgerTag mark(RecordId id) {
        return new LedgerTag(id, SENT);
    }

    static LedgerTag awaited(RecordId id, Instant time) {
        return new LedgerTag(id, AWAITED + TIME.format(time.atOffset(ZoneOffset.UTC)));
    }

    /** Parses a tag, if it is one of the ledger's. */
    static Optional<LedgerTag> find(String tag) {
        Matcher matcher = FORM.matcher(tag);
        return matcher.matches()
                ? RecordId.find(matcher.group(1))
                        .map(id -> new LedgerTag(id, matcher.group(2) == null ? "" : matcher.group(2)))
                : Optional.empty();
    }

    boolean isRecord() {
        return part.isEmpty();
    }

    boolean isMark() {
        return part.equals(SENT);
    }

    boolean isAwaited() {
        return part.startsWith(AWAITED);
    }

    @Override
    public String toString() {
        return id + part;
    }
}
