package io.github.olympe.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.RealProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the page in a real browser at two widths and in both colour schemes, and checks it with axe. The pictures are in
 * {@code target/report-pictures}; those of docs/report.md come from there.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReportPageConformanceTest {

    @TempDir
    static Path folder;

    static JsonNode seen;

    @BeforeAll
    static void lookAtThePage() throws Exception {
        Path script = folder.resolve("look.mjs");
        Files.copy(Path.of("src/test/resources/report/look.mjs"), script);
        RealProgram.run(
                folder,
                RealProgram.find("npm", "npm").toString(),
                "install",
                "--no-audit",
                "--no-fund",
                "playwright-core",
                "axe-core");
        seen = look(
                Reports.failed(),
                Files.createDirectories(folder.resolve("failed")),
                Files.createDirectory(folder.resolve("pictures")));
        look(
                Reports.plain(),
                Files.createDirectories(folder.resolve("plain")),
                Files.createDirectories(Path.of("target/report-pictures").toAbsolutePath()));
    }

    private static JsonNode look(Report report, Path page, Path pictures) throws Exception {
        ReportFile.write(report, Optional.empty(), page);
        return new ObjectMapper()
                .readTree(RealProgram.run(
                        folder,
                        RealProgram.find("node", "nodejs").toString(),
                        folder.resolve("look.mjs").toString(),
                        RealProgram.find("chromium", "chromium").toString(),
                        page.resolve(ReportFile.HTML).toString(),
                        pictures.toString()));
    }

    @Test
    void axeFindsNothing() {
        assertThat(seen.get("violations")).isEmpty();
    }

    @Test
    void fetchesNothingAndNoScriptFails() {
        assertThat(seen.get("requests")).isEmpty();
        assertThat(seen.get("errors")).isEmpty();
    }

    @Test
    void namesThatAreScriptsDoNotRunEvenIfTheBrowserAllowsThem() {
        assertThat(seen.get("looks"))
                .hasSize(4)
                .allSatisfy(look -> assertThat(look.get("title").textValue()).isEqualTo("com.acme:shop: Failed"));
    }

    @Test
    void theSearchShowsMatches() {
        assertThat(seen.get("looks")).allSatisfy(look -> {
            assertThat(look.get("changes").intValue()).isEqualTo(40);
            assertThat(look.get("found").intValue()).isEqualTo(1);
            assertThat(look.get("again").intValue()).isEqualTo(40);
            assertThat(look.get("payload").booleanValue()).isTrue();
        });
    }

    @Test
    void itFitsAPhoneAndFollowsTheColourScheme() {
        assertThat(seen.get("looks"))
                .allSatisfy(look -> assertThat(look.get("overflow").intValue()).isZero());
        assertThat(seen.at("/looks/light wide/background").textValue())
                .isNotEqualTo(seen.at("/looks/dark wide/background").textValue());
    }

    @Test
    void withoutScriptsOnlyTheSearchIsMissing() {
        assertThat(seen.at("/withoutScript/search").booleanValue()).isFalse();
        assertThat(seen.at("/withoutScript/changes").intValue()).isEqualTo(40);
    }
}
