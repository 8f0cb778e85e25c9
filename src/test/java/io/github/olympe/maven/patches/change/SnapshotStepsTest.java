package io.github.olympe.maven.patches.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.CoreSnapshots;
import io.github.olympe.maven.patches.compare.AppliedDelta;
import io.github.olympe.maven.patches.compare.ComparedGraphs;
import io.github.olympe.maven.patches.compare.GraphDelta;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.Interner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps between sixty real snapshots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotStepsTest {

    private static final CodeAsDataDiff.Names NO_NAMES = tags -> Map.of();

    private CoreSnapshots core;

    @BeforeAll
    void unpack(@TempDir Path folder) throws Exception {
        core = CoreSnapshots.in(folder);
    }

    @AfterAll
    void close() {
        core.close();
    }

    List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        for (int i = 1; i < core.commits().size(); i++) {
            steps.add(i);
        }
        return steps;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void differencesLeadFromOneSnapshotToTheNextAndBack(int step) {
        CodeAsData before = snapshot(step - 1);
        CodeAsData after = snapshot(step);
        Graph old = before.graph(new Interner());
        Graph fresh = after.graph(new Interner());

        ComparedGraphs forth = ComparedGraphs.read(before, after);
        ComparedGraphs back = ComparedGraphs.read(after, before);

        assertThat(AppliedDelta.of(forth.delta(), old)).isEqualTo(fresh);
        assertThat(AppliedDelta.of(back.delta(), fresh)).isEqualTo(old);
        assertThat(forth.delta()).isEqualTo(GraphDelta.between(old, fresh));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyDifferenceIsInExactlyOneChange(int step) {
        ComparedGraphs graphs = ComparedGraphs.read(snapshot(step - 1), snapshot(step));
        List<Change> changes = ChangeFinder.changes(graphs, new Labels(graphs, Map.of()));

        assertThat(changes.stream().flatMap(change -> change.edits().stream()))
                .containsExactlyInAnyOrderElementsOf(graphs.delta().edits());
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.edits()).isNotEmpty();
            assertThat(change.sentence()).isNotBlank().doesNotContain("\n");
        });
        assertThat(changes.stream().filter(change -> change.type() == ChangeType.CHANGED))
                .allSatisfy(change -> assertThat(change.details()).isNotEmpty());
    }

    @Test
    void aSnapshotDoesNotDifferFromItself() {
        for (int i = 0; i < core.commits().size(); i++) {
            assertThat(CodeAsDataDiff.between(snapshot(i), snapshot(i), NO_NAMES)
                            .changes())
                    .isEmpty();
        }
    }

    @Test
    void aChangedBrickIsDescribedInOneSentence() {
        CodeAsDataDiff diff = CodeAsDataDiff.between(snapshot(58), snapshot(59), NO_NAMES);

        assertThat(diff.changes())
                .extracting(Change::sentence)
                .containsExactly(
                        "Changed coded visual component 'Button': property 'New property' added;"
                                + " property 'New property' added; default of 'New property' set to '';"
                                + " default of 'New property' set to ''",
                        "Changed coded visual component 'Slider': description changed from '…lank\">here</a>.' to"
                                + " '…lank\">here</a>.\\n<br><br>\\nTypically, to make the b … urst transactions nature.'",
                        "Changed coded visual component 'Touchpad': description changed from '…ouch movements.' to"
                                + " '…ouch movements.\\n\\nTypically works together with th … urst transactions nature.'");
        assertThat(diff.byFolder()).containsOnlyKeys("Olympe/Core/UI/Components");
        assertThat(diff.summary()).isEqualTo("3 changes in 1 folder: 3 changed");
    }

    @Test
    void bricksAreAddedDeletedMovedAndRenamed() {
        CodeAsDataDiff diff = CodeAsDataDiff.between(snapshot(57), snapshot(58), NO_NAMES);

        assertThat(diff.changes())
                .extracting(Change::sentence)
                .contains(
                        "Renamed folder 'Cache' to 'Offline'",
                        "Added folder 'Map'",
                        "Deleted coded action 'Get Cache Buckets List'",
                        "Moved coded action 'Offline: Execute and Cache Query' from 'Olympe/Core/Data/Queries'"
                                + " to 'Olympe/Core/Data/Offline'",
                        "Renamed coded action 'Clear Cache Bucket' to 'Offline: Clear Cache Entry'");
    }

    private CodeAsData snapshot(int index) {
        return CodeAsData.of(core.snapshot(core.commits().get(index)));
    }
}
