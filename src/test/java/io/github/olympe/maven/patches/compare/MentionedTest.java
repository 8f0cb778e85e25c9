package io.github.olympe.maven.patches.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which names it takes to tell a difference in words. The names here are tags. */
class MentionedTest {

    private static final String SOURCE = "0168a431d91f25780002";

    /** The brick 'price' with its part 'rate', in the folder 'shop', which is in the folder 'company'. The folders have no patch here. */
    private static GraphBuilder price() {
        return part("price", "price", Map.of())
                .add(new Relation("price", KnownTags.MODEL, "model of price"))
                .add(new Relation("shop", KnownTags.ITEM, "price"))
                .add(new Relation("company", KnownTags.SUB_FOLDER, "shop"))
                .add(part("rate", "price", Map.of("property", "1")).build())
                .add(new Relation("price", KnownTags.OWNS, "rate"));
    }

    private static GraphBuilder part(String tag, String brick, Map<String, String> properties) {
        return new GraphBuilder().add(new Instance(tag, brick, Origin.CREATED, properties));
    }

    private static Set<String> unexplained(GraphBuilder before, GraphBuilder after) {
        Graph old = before.build();
        Graph fresh = after.build();
        return Mentioned.unexplained(new ComparedGraphs(
                new Structure(old), new Structure(fresh), GraphDelta.between(old, fresh), Set.of(), Map.of()));
    }

    @Test
    void aBrickThatIsNewOrGoneIsToldByItsModelAndItsFolders() {
        GraphBuilder empty = new GraphBuilder();
        assertThat(unexplained(empty, part("price", "price", Map.of()))).isEmpty();
        assertThat(unexplained(new GraphBuilder(), price()))
                .containsExactlyInAnyOrder("model of price", "shop", "company");
        assertThat(unexplained(price(), new GraphBuilder()))
                .containsExactlyInAnyOrder("model of price", "shop", "company");
    }

    @Test
    void aPartIsToldByItsOwnModelAndThatOfItsBrick() {
        GraphBuilder with = price().add(part("step", "price", Map.of()).build())
                .add(new Relation("step", KnownTags.MODEL, "model of step"))
                .add(new Relation("price", KnownTags.OWNS, "step"));

        assertThat(unexplained(price(), with))
                .containsExactlyInAnyOrder("model of step", "model of price", "shop", "company");
    }

    @Test
    void aPartOfABrickThatIsNotReadIsToldByThatBrick() {
        assertThat(unexplained(new GraphBuilder(), part("rate", "cart", Map.of())))
                .containsExactly("cart");
        assertThat(unexplained(part("rate", "cart", Map.of()), new GraphBuilder()))
                .containsExactly("cart");
    }

    @Test
    void aPropertyIsToldByItsNameAndByWhatItsValuesReferTo() {
        String defaultOf = "fd0198a0000000000000ab";
        GraphBuilder after = price().add(new Instance(
                "rate",
                "price",
                Origin.UPDATED,
                Map.of("property", "{\"c\":1,\"t\":\"fresh\"}", defaultOf, "[1,{\"t\":\"one\"},{\"t\":\"two\"}]")));

        assertThat(unexplained(price(), after))
                .containsExactlyInAnyOrder(
                        "property", "fresh", "0198a0000000000000ab", "one", "two", "model of price", "shop", "company");
        GraphBuilder other = part("rate", "rate", Map.of("property", "{\"t\":\"old\"}"));
        assertThat(unexplained(other, part("rate", "rate", Map.of()))).containsExactlyInAnyOrder("property", "old");
    }

    @Test
    void aRelationIsToldByItsTypeAndBothEnds() {
        Relation relation = new Relation("from", "type", "to");

        assertThat(unexplained(new GraphBuilder(), new GraphBuilder().add(relation)))
                .containsExactlyInAnyOrder("from", "type", "to");
        assertThat(unexplained(new GraphBuilder().add(relation), new GraphBuilder()))
                .containsExactlyInAnyOrder("from", "type", "to");
    }

    @Test
    void aConnectionIsToldByWhatItConnects() {
        GraphBuilder with = price().add(part("connection", "price", Map.of()).build())
                .add(new Relation("connection", KnownTags.MODEL, Words.CONNECTION))
                .add(new Relation("price", KnownTags.OWNS, "connection"));
        Relation source = new Relation("connection", SOURCE, "step");
        GraphBuilder changed = new GraphBuilder().add(with.build()).add(source);
        Graph before = new GraphBuilder().add(changed.build()).build();
        Graph after = new GraphBuilder()
                .add(before)
                .add(new Instance("connection", "price", Origin.UPDATED, Map.of("v", "2")))
                .build();

        assertThat(unexplained(new GraphBuilder().add(before), new GraphBuilder().add(after)))
                .contains("step");
        Relation ofRate = new Relation("rate", SOURCE, "step");
        Graph renamed = price().add(ofRate)
                .add(new Instance("rate", "price", Origin.UPDATED, Map.of("v", "2")))
                .build();
        assertThat(unexplained(price().add(ofRate), new GraphBuilder().add(renamed)))
                .as("what another part leads to is not told with it")
                .doesNotContain("step");
    }

    @Test
    void whatDrawHasAWordForOrEitherStateContainsNeedsNoOtherName() {
        Relation known = new Relation("rate", SOURCE, Words.CONNECTION);
        GraphBuilder after = part("rate", "rate", Map.of("property", "1")).add(known);

        assertThat(unexplained(part("old", "old", Map.of()).add(new Relation("rate", SOURCE, "old")), after))
                .isEmpty();
    }

    @Test
    void aDefaultIsThatOfTheProperty() {
        String tag = "0198a0000000000000ab";

        assertThat(Mentioned.withoutPrefix("fd" + tag)).isEqualTo(tag);
        assertThat(Mentioned.withoutPrefix("fd??" + tag)).isEqualTo(tag);
        assertThat(Mentioned.withoutPrefix(tag)).isEqualTo(tag);
        assertThat(Mentioned.isDefault("fd" + tag)).isTrue();
        assertThat(Mentioned.isDefault(tag)).isFalse();
        assertThat(Mentioned.isDefault("fd98a0000000000000ab"))
                .as("a tag that begins so")
                .isFalse();
    }

    @Test
    void aValueRefersToTheTagsInIt() {
        assertThat(Mentioned.references("[{\"c\":1,\"t\":\"one\"},{\"t\":\"two\"}]"))
                .containsExactly("one", "two");
        assertThat(Mentioned.references("\"one\"")).isEmpty();
        assertThat(Mentioned.references(null)).isEmpty();
    }
}
