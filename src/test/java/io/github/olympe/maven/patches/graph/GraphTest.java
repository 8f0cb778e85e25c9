package io.github.olympe.maven.patches.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.graph.Instance.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final Relation ONE = new Relation("01", "0a", "03");
    private static final Relation TWO = new Relation("02", "0a", "03");
    private static final Relation OTHER = new Relation("02", "0b", "03");

    private static Instance instance(String tag, Origin origin, Map<String, String> properties) {
        return new Instance(tag, "01", origin, properties);
    }

    private static Graph graph() {
        return new GraphBuilder()
                .add(TWO)
                .add(OTHER)
                .add(ONE)
                .add(TWO)
                .add(instance("01", Origin.CREATED, Map.of("v", "1")))
                .build();
    }

    @Test
    void relationsAreFoundFromBothEnds() {
        assertThat(graph().origins()).containsExactlyInAnyOrder("01", "02");
        assertThat(graph().relations("02")).containsExactly(TWO, OTHER);
        assertThat(graph().incoming(Set.of("0a"))).isEqualTo(Map.of("03", List.of(ONE, TWO)));
        assertThat(graph().incoming(Set.of("0c"))).isEmpty();
    }

    @Test
    void graphsOfTheSameContentAreEqual() {
        Graph copy = new GraphBuilder().add(graph()).build();
        assertThat(copy).isEqualTo(graph()).hasSameHashCodeAs(graph());

        assertThat(new GraphBuilder()
                        .add(graph())
                        .add(new Relation("01", "0a", "04"))
                        .build())
                .isNotEqualTo(graph());
        assertThat(new GraphBuilder()
                        .add(graph())
                        .add(instance("02", Origin.CREATED, Map.of()))
                        .build())
                .isNotEqualTo(graph());
        assertThat(new GraphBuilder()
                        .add(graph())
                        .add(instance("01", Origin.UPDATED, Map.of("v", "2")))
                        .build())
                .isNotEqualTo(graph());
        assertThat(graph()).isNotEqualTo("a graph");
    }

    @Test
    void anInstanceOfTwoPatchesIsStoredInTheFirstByTag() {
        for (Map<String, String> properties : List.of(Map.of("a", "1"), Map.of("a", "2"))) {
            Instance one = new Instance("01", "0a", Origin.CREATED, Map.of("a", "1"));
            Instance other = new Instance("01", "0b", Origin.CREATED, properties);

            assertThat(new GraphBuilder()
                            .add(one)
                            .add(other)
                            .build()
                            .instance("01")
                            .orElseThrow()
                            .root())
                    .isEqualTo("0a");
            assertThat(new GraphBuilder()
                            .add(other)
                            .add(one)
                            .build()
                            .instance("01")
                            .orElseThrow()
                            .root())
                    .isEqualTo("0a");
        }
    }

    @Test
    void whatCreatesAnInstanceWinsOverWhatExpectsItAnUpdateOverBothAndEqualsKeepBothValues() {
        Graph graph = new GraphBuilder()
                .add(instance("01", Origin.UPDATED, Map.of("a", "3")))
                .add(instance("01", Origin.CREATED, Map.of("a", "2", "b", "2")))
                .add(instance("01", Origin.CREATED, Map.of("b", "4")))
                .add(instance("01", Origin.EXPECTED, Map.of("a", "1", "c", "1")))
                .build();

        assertThat(graph.instance("01")).hasValueSatisfying(instance -> {
            assertThat(instance.origin()).isEqualTo(Origin.CREATED);
            assertThat(instance.properties()).isEqualTo(Map.of("a", "3", "b", "2\n4"));
        });
    }
}
