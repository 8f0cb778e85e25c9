package io.github.olympe.maven.report;

import java.util.ArrayList;
import java.util.List;

/** Reports for tests. */
final class Reports {

    /** A name that an attacker might choose. */
    static final String SCRIPT =
            "\"><script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">'";

    private Reports() {}

    static Report succeeded() {
        return report(
                List.of(goal("npm-install", 0, 4200), goal("image", 4200, 1900), goal("push", 6100, 900)), 12_300_000);
    }

    /** A run with normal names, for the pictures of docs/report.md. */
    static Report plain() {
        return new Report(
                Report.VERSION,
                "1.0.0",
                "2026-11-25T10:15:30Z",
                34_800,
                List.of(new Report.Module(
                        "com.acme:shop",
                        "1.4.0",
                        new Report.Source("GitLab CI", "main", "1a2b3c4d5e6f", null, null, "4711"),
                        List.of(
                                goal("check", 300, 200),
                                goal("npm-install", 500, 3_200),
                                goal("build-frontend", 3_700, 8_100),
                                goal("build-backend", 4_000, 4_400),
                                goal("build-code-as-data", 11_800, 1_900),
                                goal("image", 13_700, 1_900),
                                goal("vet", 15_600, 300),
                                goal("push", 15_900, 2_700),
                                goal("deploy", 18_600, 1_100),
                                goal("await", 19_700, 14_000)),
                        List.of(
                                image("backend", 8_300_000, Report.Outcome.THERE, Report.Outcome.SENT),
                                image("codeasdata", 1_100_000, Report.Outcome.THERE, Report.Outcome.SENT),
                                image("frontend", 12_300_000, Report.Outcome.MOUNTED, Report.Outcome.SENT)),
                        new Report.Deployment(
                                "production",
                                "https://deploy.example.com/acme/production",
                                List.of(
                                        "Frontend: registry.example.com/acme/shop-frontend:main-1a2b3c4d",
                                        "Backend 'orders': registry.example.com/acme/shop-backend:main-1a2b3c4d",
                                        "Code as data: registry.example.com/acme/shop-codeasdata:main-1a2b3c4d"),
                                "{\n  \"frontend\": {\"image\": \"registry.example.com/acme/shop-frontend:main-1a2b3c4d\"}\n}",
                                "{\"message\": \"success\"}",
                                List.of(
                                        "The environment imports 5 files (1 new brick, 2 changed bricks); 1243 files unchanged.",
                                        "  New: 'Delivery slots'",
                                        "  Changed: 'Basket', 'Checkout'")),
                        "The environment serves what was deployed, after 14 seconds.",
                        new Report.Diff(
                                "production",
                                "the working tree",
                                List.of(
                                        change("added", "screen", "Delivery slots", "Shop/Checkout", List.of()),
                                        change(
                                                "changed",
                                                "screen",
                                                "Checkout",
                                                "Shop/Checkout",
                                                List.of(
                                                        "input 'Delivery' added",
                                                        "title changed from 'Check out' to 'Your order'")),
                                        change(
                                                "changed",
                                                "data type",
                                                "Basket",
                                                "Shop/Data",
                                                List.of("property 'Slot' added")),
                                        change("moved", "coded function", "Net price", "Shop/Prices", List.of())),
                                List.of("frontend: main.js changed (4.1 MB, before 4.0 MB)"),
                                List.of()),
                        List.of("The frontend has source maps, which every visitor can read (source-map)."))));
    }

    private static Report.Change change(String change, String kind, String name, String folder, List<String> details) {
        return new Report.Change(change, kind, name, "0a" + "0".repeat(18), folder, details);
    }

    private static Report.Image image(String name, long size, Report.Outcome old, Report.Outcome fresh) {
        return new Report.Image(
                name,
                "registry.example.com/acme/shop-" + name + ":main-1a2b3c4d",
                "sha256:" + "4d0c77e1b2a35f96".repeat(4),
                "olympeio/" + name + "-base:stable",
                true,
                List.of(
                        new Report.Layer("sha256:" + "1a".repeat(32), "what changes seldom", size / 3 * 2, old),
                        new Report.Layer("sha256:" + "2b".repeat(32), "what changes often", size / 3, fresh)));
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
                        List.of("2 new bricks", "1 changed brick " + SCRIPT)),
                "The environment serves what was deployed, after 14 seconds. " + SCRIPT,
                new Report.Diff(
                        "HEAD~1",
                        "HEAD",
                        changes,
                        List.of("frontend: main.js changed (4.1 MB, before 4.0 MB)", SCRIPT),
                        List.of("The environment imports 1 file.", SCRIPT)),
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
