package io.github.olympe.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void thePageShowsWhatFailedFirst() {
        String page = ReportPage.of(Reports.failed(), Optional.empty());

        assertThat(page).contains("<title>com.acme:shop: Failed</title>", "The goal push failed.");
        assertThat(page.indexOf("The goal push failed.")).isLessThan(page.indexOf("<h2>"));
        assertThat(page).contains("refused the password of the server &#39;acme&#39;");
    }

    @Test
    void namesThatAreScriptsAreShownAsText() {
        String page = ReportPage.of(Reports.failed(), Optional.empty());

        assertThat(page).doesNotContain("<script>document", "<img", "onerror=\"");
        assertThat(page).contains("&lt;script&gt;");
        assertThat(page.split("<script>", -1)).as("only the page's own script").hasSize(2);
    }

    @Test
    void thePageNeedsNoNetwork() {
        String page = ReportPage.of(Reports.succeeded(), Optional.empty());

        assertThat(page).doesNotContain("src=\"http", "href=", "@import", "url(");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void aLargeRunStaysBelowAMegabyte() {
        Report report = Reports.report(
                List.of(new Report.Goal("image", 0, 10, Report.Result.FAILED, "x".repeat(3_000_000))),
                1_000_000,
                Reports.changes(20_000));

        String page = ReportPage.of(report, Optional.empty());

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
        assertThat(page).contains("18,500 more changes, listed in diff/diff.md", "20000 in the code as data");
    }

    @Test
    void aRunWithVeryMuchOfEverythingStaysBelowAMegabyte() {
        List<String> lines = IntStream.range(0, 5_000)
                .mapToObj(i -> "A line " + i + " " + "x".repeat(300))
                .toList();
        String text = "{}".repeat(1_000_000);
        Report.Module module = Reports.plain().modules().get(0);
        Report report = new Report(
                Report.VERSION,
                "1.0.0",
                "2026-11-25T10:15:30Z",
                7000,
                List.of(new Report.Module(
                        module.name(),
                        module.projectVersion(),
                        module.source(),
                        module.goals(),
                        module.images(),
                        new Report.Deployment(null, null, lines, text, text, lines),
                        text,
                        new Report.Diff(
                                "a",
                                "b",
                                List.of(
                                        new Report.Change("changed", "brick", "One", null, "Home", List.of("a detail")),
                                        new Report.Change("changed", "brick", "Two", null, "Home", lines)),
                                lines,
                                lines),
                        lines)));

        String page = ReportPage.of(report, Optional.empty());

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
        assertThat(page).contains("A line 0 ", "4800 more, in Maven&#39;s log", "One", "1 more change, listed");
    }

    @Test
    void allGoalsThatFailedAreNamedFirstWithTheirLines() {
        Report.Goal late = new Report.Goal(
                "vet", 2000, 10, Report.Result.FAILED, "The image 'a' serves '/a'.\nThe image 'a' serves '/b'.");
        Report.Goal early = new Report.Goal("push", 1000, 10, Report.Result.FAILED, "The registry is down.");
        Report report = new Report(
                Report.VERSION,
                "1.0.0",
                "2026-11-25T10:15:30Z",
                7000,
                List.of(
                        Reports.module("com.acme:shop", List.of(late), 100, List.of()),
                        Reports.module("com.acme:admin", List.of(early), 100, List.of())));

        assertThat(ReportPage.of(report, Optional.empty()))
                .containsSubsequence(
                        "The goal push of com.acme:admin failed.",
                        "The registry is down.",
                        "The goal vet of com.acme:shop failed.",
                        "serves &#39;/a&#39;.\nThe image",
                        "<h2>")
                .contains("white-space: pre-line");
        assertThat(ReportSummary.of(report))
                .startsWith("# Olympe: the goal push of com.acme:admin failed\n\n> The registry is down.\n")
                .contains("\n> The image 'a' serves '/a'.\n>\n> The image 'a' serves '/b'.\n");
    }

    @Test
    void theForecastAndTheServedFrontendAreOnThePageAndInTheSummary() {
        Report report = Reports.plain();
        String forecast = "The environment imports 5 files (1 new brick, 2 changed bricks); 1243 files unchanged.";
        String served = "The environment serves what was deployed, after 14 seconds.";

        String page = ReportPage.of(report, Optional.empty());

        assertThat(page.split("<h3>What the environment will import</h3>", -1)).hasSize(2);
        assertThat(page.substring(page.indexOf("<h3>What the environment will import</h3>")))
                .contains("<li>" + forecast + "</li>", "<li>  New: &#39;Delivery slots&#39;</li>");
        assertThat(page)
                .contains("<p>" + served + "</p>", "<li>frontend: main.js changed (4.1 MB, before 4.0 MB)</li>");
        assertThat(ReportSummary.of(report)).contains("- " + served, "5 files \\(1 new brick, 2 changed bricks\\)");
    }

    @Test
    void theSummaryOfALargeRunIsCutAtTheEndOfALine() {
        List<Report.Goal> goals = IntStream.range(0, 10_000)
                .mapToObj(i -> Reports.goal("a goal with a name " + i, i, 1))
                .toList();

        assertThat(ReportSummary.of(Reports.report(goals, 1)))
                .hasSizeLessThan(ReportSummary.LONGEST + 100)
                .endsWith(" |\n\nThe rest is left out; report.html has all of it.\n");
    }

    @Test
    void goalsAreShownOnATimeLine() {
        String page = ReportPage.of(Reports.succeeded(), Optional.empty());

        assertThat(page).contains("<span>image</span>", "done, 1.9 s", "left:60.00%;width:27.14%");
    }

    @Test
    void aLayerWithTheRestOfTheFilesIsNamedInWords() {
        assertThat(pageOfLayers(".")).contains(">all files<br>");
        assertThat(pageOfLayers("fonts", ".")).contains(">fonts<br>", ">other files<br>");
    }

    private static String pageOfLayers(String... contents) {
        Report.Module module = Reports.plain().modules().get(0);
        Report.Image image = module.images().get(0);
        List<Report.Layer> layers = Stream.of(contents)
                .map(content -> new Report.Layer("sha256:1", content, 10, Report.Outcome.SENT))
                .toList();
        return ReportPage.of(
                new Report(
                        Report.VERSION,
                        "1.0.0",
                        "2026-11-25T10:15:30Z",
                        7000,
                        List.of(new Report.Module(
                                module.name(),
                                module.projectVersion(),
                                module.source(),
                                module.goals(),
                                List.of(new Report.Image(
                                        image.name(), image.reference(), image.digest(), null, true, layers)),
                                null,
                                null,
                                null,
                                List.of()))),
                Optional.empty());
    }

    @Test
    void changesAreATreeOfFoldersWithCounts() {
        List<DiffFolder> folders = DiffFolder.tree(Reports.changes(40));

        assertThat(folders).singleElement().satisfies(home -> {
            assertThat(home.name()).isEqualTo("Home");
            assertThat(home.count()).isEqualTo(40);
            assertThat(home.folders().get(0).folders())
                    .hasSize(4)
                    .allMatch(leaf -> leaf.changes().size() == 10);
        });
    }

    @Test
    void twoRunsAreCompared() throws IOException {
        ReportFile.write(
                Reports.report(List.of(Reports.goal("image", 0, 1000)), 6_000_000), ReportFile.read(folder), folder);

        ReportFile.write(
                Reports.report(List.of(Reports.goal("image", 0, 4000)), 12_000_000), ReportFile.read(folder), folder);

        assertThat(folder.resolve(ReportFile.HTML))
                .content()
                .contains(
                        "The image frontend grew from 6.0 MB to 12.0 MB.",
                        "The goal image took 4.0 s, the last time 1.0 s.");
    }

    @Test
    void allPagesOfARunAreComparedWithTheRunBefore() throws IOException {
        ReportFile.write(Reports.report(List.of(Reports.goal("image", 0, 1000)), 6_000_000), Optional.empty(), folder);
        Report.Module module = Reports.report(List.of(Reports.goal("image", 0, 4000)), 6_000_000)
                .modules()
                .get(0);
        RunReport run = new RunReport("0.1.0", Instant.EPOCH, new ConcurrentHashMap<>());
        run.modules().put(module.name() + "@1", new JsonMapper().writeValueAsString(module));

        run.write(folder, List.of(module.name()), Optional.empty());
        run.write(folder, List.of(module.name()), Optional.empty());

        assertThat(folder.resolve(ReportFile.HTML))
                .content()
                .contains("The goal image took 4.0 s, the last time 1.0 s.");
    }

    /** Maven may load the plugin twice for one module, if a goal is called by name after the lifecycle. */
    @Test
    void twoClassLoadersOfAModuleMakeOnePart() throws IOException {
        Report.Module lifecycle = Reports.report(List.of(Reports.goal("image", 0, 4000)), 6_000_000)
                .modules()
                .get(0);
        Report.Module byName = new Report.Module(
                lifecycle.name(),
                lifecycle.projectVersion(),
                lifecycle.source(),
                List.of(Reports.goal("history", 5000, 10)),
                List.of(),
                null,
                null,
                null,
                List.of());
        RunReport run = new RunReport("0.1.0", Instant.EPOCH, new ConcurrentHashMap<>());
        run.modules().put(lifecycle.name() + "@2", new JsonMapper().writeValueAsString(byName));
        run.modules().put(lifecycle.name() + "@1", new JsonMapper().writeValueAsString(lifecycle));

        run.write(folder, List.of(lifecycle.name()), Optional.empty());

        assertThat(ReportFile.read(folder).orElseThrow().modules())
                .singleElement()
                .satisfies(module -> {
                    assertThat(module.goals()).extracting(Report.Goal::name).containsExactly("image", "history");
                    assertThat(module.images()).isEqualTo(lifecycle.images());
                });
    }

    @Test
    void theDataCanBeReadBack() throws IOException {
        ReportFile.write(Reports.failed(), ReportFile.read(folder), folder);

        assertThat(ReportFile.read(folder)).contains(Reports.failed());
    }

    @Test
    void anUnreadableReportIsIgnored() throws IOException {
        Files.writeString(folder.resolve(ReportFile.JSON), "{\"version\": 1, \"modules\": 7");

        assertThat(ReportFile.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plugin",
                "/started",
                "/modules/0/name",
                "/modules/0/projectVersion",
                "/modules/0/source",
                "/modules/0/source/ci",
                "/modules/0/goals/0/name",
                "/modules/0/goals/0/result",
                "/modules/0/images/0/name",
                "/modules/0/images/0/reference",
                "/modules/0/images/0/digest",
                "/modules/0/images/0/layers/0/digest",
                "/modules/0/images/0/layers/0/content",
                "/modules/0/images/0/layers/0/outcome",
                "/modules/0/diff/from",
                "/modules/0/diff/to",
                "/modules/0/diff/changes/0/change",
                "/modules/0/diff/changes/0/kind",
                "/modules/0/diff/changes/0/name"
            })
    void aReportWithoutWhatThePageNeedsIsIgnored(String member) throws IOException {
        JsonNode report = Json.object(Reports.succeeded());
        JsonPointer pointer = JsonPointer.compile(member);
        ((ObjectNode) report.at(pointer.head())).remove(pointer.last().getMatchingProperty());
        assertThat(report).isNotEqualTo(Json.object(Reports.succeeded()));

        Files.writeString(folder.resolve(ReportFile.JSON), Json.text(report));

        assertThat(ReportFile.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 1}",
                "{\"version\": 1, \"modules\": [{}]}",
                "{\"version\": 1, \"modules\": [{\"name\": null, \"goals\": [{}]}, {\"name\": \"com.acme:shop\"}]}",
                "{\"version\": 1, \"modules\": [{\"name\": \"com.acme:shop\", \"goals\": [{}], \"images\": [{}, {}]}]}",
                "{\"version\": 1, \"modules\": [null]}",
                "[]",
                "null",
                "{\"version\": 1e999}"
            })
    void aStrangeReportOfTheLastRunKeepsNoPageFromBeingWritten(String before) throws IOException {
        Files.writeString(folder.resolve(ReportFile.JSON), before);
        RunReport run = new RunReport("0.1.0", Instant.EPOCH, new ConcurrentHashMap<>());
        Report.Module module = Reports.succeeded().modules().get(0);
        run.modules().put(module.name() + "@1", new JsonMapper().writeValueAsString(module));

        run.write(folder, List.of(module.name()), Optional.empty());

        assertThat(folder.resolve(ReportFile.HTML)).content().contains("<h2>com.acme:shop");
        assertThat(ReportFile.read(folder).orElseThrow().modules()).hasSize(1);
    }

    @Test
    void aVeryDeepFolderIsShown() {
        Report.Change change =
                new Report.Change("added", "brick", "Deep one", null, "a/".repeat(20_000) + "end", List.of());

        String page = ReportPage.of(Reports.report(List.of(), 1, List.of(change)), Optional.empty());

        assertThat(page).contains("Deep one", "/end");
        assertThat(page.split("<details open>", -1)).hasSizeLessThan(50);
    }

    @Test
    void aBuildThatCannotBeDeterminedIsNotOnThePage() {
        ModuleReport module = new ModuleReport(
                "com.acme:shop",
                "1",
                () -> {
                    throw new UncheckedIOException(new IOException("a broken git"));
                },
                text -> text);

        assertThat(module.toModule().source().ci()).isEqualTo("unknown");
    }

    @Test
    void theSummaryEscapesMarkup() {
        String summary = ReportSummary.of(Reports.failed());

        assertThat(summary).startsWith("# Olympe: the goal push failed\n").doesNotContain("<script>", "\n\n\n");
        assertThat(summary).contains("\\<script\\>", "40 changes of code as data", "| image | succeeded | 2.0 s |");
    }

    @Test
    void everyRunHasItsParts() {
        Report two = new Report(
                Report.VERSION,
                "1.0.0",
                "2026-11-25T10:15:30Z",
                7000,
                List.of(
                        Reports.module("com.acme:shop", List.of(Reports.goal("image", 0, 10)), 100, List.of()),
                        Reports.module("com.acme:admin", List.of(Reports.goal("push", 10, 10)), 100, List.of())));

        assertThat(ReportPage.of(two, Optional.empty()))
                .contains("<h2>com.acme:shop 1.0.0</h2>", "<h2>com.acme:admin 1.0.0</h2>");
    }
}
