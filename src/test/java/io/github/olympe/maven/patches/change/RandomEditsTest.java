package io.github.olympe.maven.patches.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.CoreSnapshots;
import io.github.olympe.maven.patches.compare.AppliedDelta;
import io.github.olympe.maven.patches.compare.GraphDelta;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.Interner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random edits of real snapshots: each is reported exactly, and no other, in whatever files, format and order the patches are. */
class RandomEditsTest {

    private static final int CASES = 2_000;
    private static final int BRICKS = 15;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyEditIsReportedExactlyAndNoneIsInvented() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 1);
        System.out.println("RandomEditsTest: seed " + seed);
        List<EditableSnapshot> snapshots = new ArrayList<>();
        try (CoreSnapshots core = CoreSnapshots.in(folder)) {
            for (int i = 24; i < 60; i += 7) {
                snapshots.add(EditableSnapshot.of(core.snapshot(core.commits().get(i))));
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            checkOne(snapshots.get(random.nextInt(snapshots.size())), random, "seed " + seed + ", case " + i);
        }
    }

    private static void checkOne(EditableSnapshot whole, Random random, String name) {
        Set<String> roots = someRoots(whole, random);
        EditableSnapshot before = whole.some(patch -> roots.contains(patch.root));
        EditableSnapshot after = before.copy();
        RandomEdits edits = new RandomEdits(after, random);
        for (int i = random.nextInt(5); i > 0; i--) {
            edits.make();
        }
        after.disguise(random, random.nextInt(30));
        CodeAsData old = before.write();
        CodeAsData fresh = after.write();

        CodeAsDataDiff diff = CodeAsDataDiff.between(old, fresh, tags -> Map.of());
        assertThat(reported(diff)).as(name + ": " + edits.log()).isEqualTo(edits.expected());

        Graph oldGraph = old.graph(new Interner());
        Graph freshGraph = fresh.graph(new Interner());
        GraphDelta delta = new GraphDelta(diff.changes().stream()
                .flatMap(change -> change.edits().stream())
                .toList());
        assertThat(AppliedDelta.of(delta, oldGraph)).as(name).isEqualTo(freshGraph);
    }

    /** Some bricks, with the folders that they are in. */
    private static Set<String> someRoots(EditableSnapshot whole, Random random) {
        List<String> bricks = new ArrayList<>(whole.patches().keySet());
        bricks.removeIf(path -> path.contains("/."));
        Set<String> roots = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (int i = 0; i < BRICKS; i++) {
            String path = bricks.get(random.nextInt(bricks.size()));
            roots.add(whole.patches().get(path).root);
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                folders.add(path.substring(0, end));
            }
        }
        whole.patches().forEach((path, patch) -> {
            int name = path.indexOf("/.");
            if (name > 0 && folders.contains(path.substring(0, name))) {
                roots.add(patch.root);
            }
        });
        return roots;
    }

    private static Set<String> reported(CodeAsDataDiff diff) {
        Set<String> reported = new TreeSet<>();
        for (Change change : diff.changes()) {
            String start = change.type().word() + " " + change.brick().tag() + ": ";
            switch (change.type()) {
                case CHANGED -> change.details().forEach(detail -> reported.add(start + shown(detail)));
                case RENAMED ->
                    reported.add(start + "from "
                            + json(change.details().get(0).from()) + " to "
                            + json(change.details().get(0).to()));
                default -> reported.add(start.strip());
            }
        }
        return reported;
    }

    private static String shown(Detail detail) {
        String start = detail.type().word() + " " + detail.part().tag();
        if (detail.property() == null) {
            return start;
        }
        // The target of a relation is a name or a tag; only the current target was recorded.
        return detail.property().equals("type")
                ? start + " to " + json(detail.to())
                : start + " from " + json(detail.from()) + " to " + json(detail.to());
    }

    private static String json(@Nullable Value value) {
        return value == null ? "nothing" : value.json();
    }
}
