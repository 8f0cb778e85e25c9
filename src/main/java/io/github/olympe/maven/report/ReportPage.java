package io.github.olympe.maven.report;

import com.samskivert.mustache.Mustache;
import java.io.InputStreamReader;
import java.io.Reader;
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
                .withLoader(ReportPage::template)
                .compile(template("report.html"))
                .execute(PageView.of(report, before));
    }

    private static Reader template(String name) {
        return new InputStreamReader(
                Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name), StandardCharsets.UTF_8);
    }
}
