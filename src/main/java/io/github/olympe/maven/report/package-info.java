/**
 * The page about a run. {@link io.github.olympe.maven.report.Report} is the data, written to {@code report.json};
 * {@link io.github.olympe.maven.report.ReportPage} turns it into {@code report.html}, and
 * {@link io.github.olympe.maven.report.ReportSummary} the Markdown that a CI shows. The room {@code goal} collects the data while goals
 * run.
 */
@NullMarked
package io.github.olympe.maven.report;

import org.jspecify.annotations.NullMarked;
