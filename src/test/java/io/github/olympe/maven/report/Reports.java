package io.github.olympe.maven.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** Reports for tests. */
final class Reports {

    /** A name as an attacker would choose it. */
    static final String SCRIPT =
            "\"><script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">'";

    private Reports() {}

    static Report succeeded() {
        return report(
                List.of(goal("npm-install", 0, 4200), goal("image", 4200, 1900), goal("push", 6100, 900)), 12_300_000);
    }

    /** A run without awkward names, for the pictures of docs/report.md. */
    static Report plain() {
        try {
            JsonMapper json = JsonMapper.builder().build();
            String text = json.writeValueAsString(succeeded());
            return json.readValue(
                    text.replace(new String(JsonStringEncoder.getInstance().quoteAsString(SCRIPT)), "other files"),
                    Report.class);
        } catch (JacksonException e) {
            throw new AssertionError(e);
        }
    }

    static Report failed() {
        List<Report.Goal> goals = new ArrayList<>(List.of(goal("image", 0, 2000)));
        goals.add(new Report.Goal(
                "push",
                2000,
                300,
                Report.Result.FAILED,
                "The registry 'registry.example.com' refused the password of the server 'acme'. Check it. " + SCRIPT));
        goals.add(new Report.Goal("deploy", 2300, 0, Report.Result.SKIPPED, "The images were not pushed."));
        return report(goals, 12_300_000);
    }

    static Report.Goal goal(String name, long start, long milliseconds) {
        return new Report.Goal(name, start, milliseconds, Report.Result.SUCCEEDED, null);
    }

    static Report report(List<Report.Goal> goals, long size) {
        return report(goals, size, changes(40));
    }

    static Report report(List<Report.Goal> goals, long size, List<Report.Change> changes) {
        return new Report(
                Report.VERSION,
                "1.0.0",
                "2026-11-25T10:15:30Z",
                7000,
                List.of(module("com.acme:shop", goals, size, changes)));
    }

    static Report.Module module(String name, List<Report.Goal> goals, long size, List<Report.Change> changes) {
        List<Report.Layer> layers = List.of(
                new Report.Layer("sha256:" + "1a".repeat(32), "fonts and pictures", size / 2, Report.Outcome.THERE),
                new Report.Layer("sha256:" + "2b".repeat(32), "main.js", size / 3, Report.Outcome.SENT),
                new Report.Layer("sha256:" + "3c".repeat(32), SCRIPT, size / 6, Report.Outcome.MOUNTED));
        return new Report.Module(
                name,
                "1.0.0",
                new Report.Source("GitLab CI", "main " + SCRIPT, "1a2b3c4d5e6f", null, null, "4711"),
                goals,
                List.of(new Report.Image(
                        "frontend",
                        "registry.example.com/acme/shop-frontend:main-1a2b3c4d",
                        "sha256:" + "4d".repeat(32),
                        "olympeio/frontend-base:stable",
                        true,
                        layers)),
                new Report.Deployment(
                        "production",
                        "https://deploy.example.com/acme/production",
                        List.of("The frontend gets main-1a2b3c4d.", SCRIPT),
                        "{\"frontend\": {\"image\": \"" + SCRIPT + "\"}}",
                        "{\"message\": \"success\"}",
                        List.of("2 new bricks", "1 changed brick")),
                new Report.Diff("HEAD~1", "HEAD", changes, List.of("The environment imports 1 file.")),
                List.of("The source maps are public. " + SCRIPT));
    }

    static List<Report.Change> changes(int count) {
        List<Report.Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(new Report.Change(
                    List.of("added", "changed", "deleted").get(i % 3),
                    "brick",
                    i == 7 ? SCRIPT : "Brick " + i,
                    "ff0200000000000000" + i,
                    "Home/Shop/Folder " + i % 4,
                    List.of("The input 'amount' was " + i + ", and is now " + (i + 1) + ".")));
        }
        return changes;
    }
}
