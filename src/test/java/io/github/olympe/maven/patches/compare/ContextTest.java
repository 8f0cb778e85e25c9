package io.github.olympe.maven.patches.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.change.SmallSnapshot;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Which patches are read of those that two states have in common, and that no difference is told that they contradict. The names here are
 * tags, and patches without a say are only those of other bricks.
 */
class ContextTest {

    private static final String SOURCE = "0168a431d91f25780002";
    private static final String NO_SAY = patch("nobody", relation("someone", SOURCE, "something"));
    private static final Map<String, String> NOTHING = Map.of();

    private final Map<String, String> common = new LinkedHashMap<>();

    private static String patch(String brick, String... operations) {
        return "{\"rootTag\":\"" + brick + "\",\"operations\":[" + String.join(",", operations) + "]}";
    }

    private static String instance(String tag, String properties) {
        return "{\"o\":1,\"t\":\"" + tag + "\",\"p\":{" + properties + "}}";
    }

    private static String relation(String from, String type, String to) {
        return "{\"o\":4,\"l\":\"" + from + "\",\"m\":\"" + type + "\",\"r\":\"" + to + "\"}";
    }

    private static String uses(String from, String to) {
        return relation(from, SOURCE, to);
    }

    private ContextTest both(String path, String patch) {
        common.put(path, patch);
        return this;
    }

    private CodeAsData state(Map<String, String> patches) {
        SmallSnapshot snapshot = new SmallSnapshot();
        common.forEach(snapshot::file);
        patches.forEach(snapshot::file);
        return snapshot.codeAsData();
    }

    private ComparedGraphs compared(Map<String, String> before, Map<String, String> after) {
        return ComparedGraphs.read(state(before), state(after));
    }

    /** The patches that are read of those that both states have. */
    private Set<String> read(Map<String, String> before, Map<String, String> after) {
        Set<String> paths = new TreeSet<>(compared(before, after).rootsAfter().keySet());
        paths.retainAll(common.keySet());
        return paths;
    }

    private List<Edit> edits(Map<String, String> before, Map<String, String> after) {
        return compared(before, after).delta().edits();
    }

    @Test
    void theOtherPatchesOfTheSameBrickAreRead() {
        both("Shop/Price.newRel.json", NO_SAY).both("Shop/Price.updateInst.json", NO_SAY);
        for (String other : List.of("Shop/PriceList", "Shop/Price.old", "Shop/Pri", "Old/Price", "Price")) {
            both(other + ".newRel.json", NO_SAY);
        }

        assertThat(read(NOTHING, Map.of("Shop/Price.newInst.json", patch("price"))))
                .containsExactly("Shop/Price.newRel.json", "Shop/Price.updateInst.json");
    }

    @Test
    void thePatchesOfTheFoldersAboveAreRead() {
        both(".Company.newInst.json", NO_SAY).both("Shop/.Shop.newInst.json", NO_SAY);
        both("Shop/Prices/.Prices.newInst.json", NO_SAY).both("Shop/Prices/Net/.Net.newInst.json", NO_SAY);
        both("Shop/Cart.newInst.json", NO_SAY).both("Old/.Old.newInst.json", NO_SAY);

        assertThat(read(NOTHING, Map.of("Shop/Prices/Price.newInst.json", patch("price"))))
                .containsExactly(
                        ".Company.newInst.json", "Shop/.Shop.newInst.json", "Shop/Prices/.Prices.newInst.json");
        assertThat(read(Map.of("Price.newInst.json", patch("price")), NOTHING))
                .containsExactly(".Company.newInst.json");
    }

    @Test
    void whatADifferenceMentionsIsReadWhereItIsDefinedAndWhatOneNeedsToNameThat() {
        both("Types/Rate.newInst.json", patch("rate", instance("rate", "")));
        both("Types/Rate.newRel.json", patch("rate", relation("tax", KnownTags.OWNS, "rate")));
        both("Other/Tax.newInst.json", patch("tax", instance("tax", "")));
        both("Other/User.newRel.json", patch("user", uses("user", "rate")));

        assertThat(read(NOTHING, Map.of("Shop/Price.newRel.json", patch("price", uses("price", "rate")))))
                .containsExactly("Other/Tax.newInst.json", "Types/Rate.newInst.json", "Types/Rate.newRel.json");
    }

    @Test
    void whoStillUsesWhatWasDeletedIsRead() {
        both("Shop/Cart.newRel.json", patch("cart", uses("cart", "rate")));
        both("Shop/Other.newRel.json", patch("cart", uses("cart", "other")));
        Map<String, String> rate = Map.of("Shop/Rate.newInst.json", patch("rate", instance("rate", "")));

        assertThat(read(rate, NOTHING)).containsExactly("Shop/Cart.newRel.json");
        assertThat(read(NOTHING, rate)).as("who uses what is new is not told").isEmpty();
    }

    @Test
    void aRelationThatAnotherPatchHasTooIsNeitherNewNorGone() {
        both("Other/Same.newRel.json", patch("cart", uses("a", "b"), uses("price", "rate")));
        both("Other/OneEnd.newRel.json", patch("cart", uses("price", "cart"), uses("cart", "price")));
        Map<String, String> relation = Map.of("Shop/Price.newRel.json", patch("nobody", uses("price", "rate")));

        assertThat(edits(relation, NOTHING)).isEmpty();
        assertThat(edits(NOTHING, relation)).isEmpty();
        assertThat(read(relation, NOTHING)).containsExactly("Other/Same.newRel.json");
        both("Shop/Price.newInst.json", patch("nobody", instance("price", ""), instance("rate", "")));
        assertThat(edits(relation, NOTHING)).as("both ends are known").isEmpty();
        assertThat(edits(NOTHING, relation)).isEmpty();
    }

    @Test
    void anInstanceThatAnotherPatchHasTooIsNeitherNewNorGone() {
        both("Other/Same.newInst.json", patch("cart", instance("rate", "\"0a\":1")));
        Map<String, String> one = Map.of("Shop/Rate.newInst.json", patch("price", instance("rate", "\"0a\":1")));
        Map<String, String> two = Map.of("Shop/Rate.newInst.json", patch("price", instance("rate", "\"0a\":2")));

        assertThat(edits(one, NOTHING)).isEmpty();
        assertThat(edits(NOTHING, one)).isEmpty();
        assertThat(edits(one, two)).containsExactly(new PropertyChanged("rate", "0a", "1", "1\n2"));
    }

    @Test
    void theBrickOfAPatchIsReadThoughThePatchSaysTheSameInAnotherForm() {
        both("Other/Price.newInst.json", patch("price", instance("price", "")));
        String path = "Shop/Price.newRel.json";
        String patch = patch("price", uses("a", "b"));

        assertThat(read(Map.of(path, patch), Map.of(path, patch + "\n"))).containsExactly("Other/Price.newInst.json");
        assertThat(read(Map.of(path, patch), NOTHING))
                .as("also if it is gone")
                .containsExactly("Other/Price.newInst.json");
    }

    /** The environment imports it again, and the forecast names its brick. */
    @Test
    void aPatchThatMovedToAnotherFileIsNoDifferenceAndReadAllTheSame() {
        String price = patch("price", instance("price", ""));
        String cart = patch("cart", instance("cart", ""));
        both("Shop/Other.newInst.json", NO_SAY);

        ComparedGraphs moved = compared(Map.of("Shop/A.newInst.json", price), Map.of("Old/A.newInst.json", price));
        assertThat(moved.delta().edits()).isEmpty();
        assertThat(moved.rootsAfter()).isEqualTo(Map.of("Old/A.newInst.json", "price"));
        assertThat(moved.rootsBefore()).containsExactly("price");
        ComparedGraphs swapped = compared(
                Map.of("Shop/A.newInst.json", price, "Shop/B.newInst.json", cart),
                Map.of("Shop/A.newInst.json", cart, "Shop/B.newInst.json", price));
        assertThat(swapped.delta().edits()).isEmpty();
        assertThat(swapped.rootsAfter())
                .isEqualTo(Map.of("Shop/A.newInst.json", "cart", "Shop/B.newInst.json", "price"));
    }

    @Test
    void aPatchOfBothStatesThatCannotBeReadIsAnErrorWithItsPlace() {
        Content unreadable = new Content() {
            @Override
            public String place() {
                return "Shop/Lost.newInst.json";
            }

            @Override
            public long size() {
                return 1;
            }

            @Override
            public String id() {
                return "lost";
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("the disk is broken");
            }
        };
        TreeMap<String, Content> before = new TreeMap<>(Map.of(unreadable.place(), unreadable));
        TreeMap<String, Content> after = new TreeMap<>(before);
        after.putAll(state(Map.of("A.newInst.json", patch("price", instance("price", ""))))
                .tree()
                .files());

        assertThatThrownBy(() -> ComparedGraphs.read(
                        CodeAsData.of(new ContentTree("before", before)),
                        CodeAsData.of(new ContentTree("after", after))))
                .isInstanceOf(OlympeException.class)
                .hasMessageContainingAll("'Shop/Lost.newInst.json'", "the disk is broken");
    }
}
