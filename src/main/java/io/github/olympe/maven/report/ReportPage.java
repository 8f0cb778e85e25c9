package io.github.olympe.maven.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The page about a run: one HTML file that loads nothing from a network, made from {@link Report} by the template {@code report.html}. The
 * template engine escapes every value.
 */
final class ReportPage {

    /** Longer texts are cut, so that the page stays below a megabyte. */
    static final int LONGEST_TEXT = 4_000;

    private ReportPage() {}

    /** Returns the page of a run, compared with the previous run. */
    static String of(Report report, Optional<Report> before) {
        return Mustache.compiler()
                .escapeHTML(true)
                .strictSections(true)
                .withLoader(template -> new StringReader(text(template)))
                .compile(text("report.html"))
                .execute(PageView.of(report, before));
    }

    /** The whole text of a template: from a stream, the engine would read it letter by letter, which is several times slower. */
    private static String text(String template) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(template), template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's jar has its template '" + template + "'", e);
        }
    }
}
