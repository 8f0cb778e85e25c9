package io.github.olympe.maven.patches.change;

import static io.github.olympe.maven.patches.change.SmallSnapshot.FUNCTION;
import static io.github.olympe.maven.patches.change.SmallSnapshot.INPUT;
import static io.github.olympe.maven.patches.change.SmallSnapshot.OUTPUT;
import static io.github.olympe.maven.patches.change.SmallSnapshot.TYPE;
import static io.github.olympe.maven.patches.change.SmallSnapshot.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.text.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users read about changes of a function or two: each kind of change, in Draw's words. */
class SmallChangesTest {

    private static final String STRING = "ff021000000000000011";
    private static final String NUMBER = "ff021000000000000013";
    private static final String DOCUMENTATION = "01703376c4a81c0e9d90";
    private static final String DESCRIPTION = "01703376c4a81c0e9d92";
    private static final String POSITION = "01621f6ab29d770a3bba";
    private static final String X = "01621f6ab58c2f884654";
    private static final String CONNECTION = "0168a431d91f25780000";
    private static final String SOURCE = "0168a431d91f25780002";
    private static final String DESTINATION = "0168a431d91f2578000a";
    private static final String PROPERTY = "ff021000000000000005";
    private static final String COMMENT = "0184bd886ee1c7adfe09";
    private static final String INPUTS = "01621fb84e320000f00a";

    private static SmallSnapshot shop() {
        return new SmallSnapshot().folder(1, "Shop").folder(2, "Old");
    }

    /** The function 'Price' with an input, as both states have it. */
    private static SmallSnapshot price(SmallSnapshot snapshot) {
        return snapshot.brick(10, 1, FUNCTION, "Price").part(11, INPUT, "rate").relate(tag(11), TYPE, STRING);
    }

    private static CodeAsDataDiff diff(SmallSnapshot before, SmallSnapshot after) {
        return CodeAsDataDiff.between(
                before.codeAsData(), after.codeAsData(), tags -> Map.of(tag(900), "Multiply", tag(901), "Tax"));
    }

    private static List<String> sentences(SmallSnapshot before, SmallSnapshot after) {
        return diff(before, after).changes().stream().map(Change::sentence).toList();
    }

    private static List<String> changed(UnaryOperator<SmallSnapshot> before, UnaryOperator<SmallSnapshot> after) {
        return sentences(before.apply(price(shop())), after.apply(price(shop())));
    }

    private static SmallSnapshot version(SmallSnapshot snapshot, int version) {
        return snapshot.set(10, KnownTags.VERSION, IntNode.valueOf(version));
    }

    @Test
    void aNewBrickIsTheSumOfItsParts() {
        assertThat(sentences(shop(), price(shop()))).containsExactly("Added function 'Price' (1 input)");
        assertThat(sentences(
                        shop(),
                        price(shop())
                                .part(12, INPUT, "tax")
                                .part(13, OUTPUT, "total")
                                .part(14, PROPERTY, "a")
                                .part(15, PROPERTY, "b")))
                .containsExactly("Added function 'Price' (2 inputs, 1 output, 2 properties)");
    }

    /** The part that documents an input is not one of the brick's own, nor is what a part owns. */
    @Test
    void partsOfPartsAreNotCounted() {
        assertThat(sentences(
                        shop(),
                        price(shop())
                                .instance(12, "", DOCUMENTATION)
                                .relate(tag(12), KnownTags.DOCUMENTS, tag(11))
                                .instance(13, "inner", INPUT)
                                .relate(tag(11), KnownTags.OWNS, tag(13))))
                .containsExactly("Added function 'Price' (1 input)");
        assertThat(sentences(shop(), documented(price(shop()), "The rate")))
                .containsExactly("Added function 'Price' (1 input)");
    }

    @Test
    void aDeletedBrickIsNamedWithThoseThatStillUseIt() {
        assertThat(sentences(price(shop()), shop())).containsExactly("Deleted function 'Price'");

        CodeAsDataDiff diff = diff(cart(price(shop()), 20, "Cart"), cart(shop(), 20, "Cart"));
        assertThat(diff.changes()).singleElement().satisfies(change -> {
            assertThat(change.sentence()).isEqualTo("Deleted function 'Price', still used by 'Cart'");
            assertThat(change.importance()).isEqualTo(Importance.BREAKING);
            assertThat(change.details())
                    .extracting(Detail::text)
                    .containsExactly("input 'rate' deleted though 'Cart' still uses it");
        });
    }

    /** A function with a step that is the function 'Price', and uses its input. */
    private static SmallSnapshot cart(SmallSnapshot snapshot, int number, String name) {
        return snapshot.brick(number, 1, FUNCTION, name)
                .part(number + 1, tag(10), "")
                .relate(tag(number + 1), SOURCE, tag(11));
    }

    /** Only in its folder, or by something that is gone itself. */
    @Test
    void whatOnlyAFolderListsIsNotUsed() {
        assertThat(sentences(cart(price(shop()), 20, "Cart"), shop()))
                .containsExactly("Deleted function 'Cart'", "Deleted function 'Price'");
        SmallSnapshot listed = shop().folder(3, "List").relate(tag(3), KnownTags.ITEM, tag(10));
        assertThat(sentences(price(shop().folder(3, "List").relate(tag(3), KnownTags.ITEM, tag(10))), listed))
                .containsExactly("Deleted function 'Price'");
    }

    @Test
    void aDeletedPartIsNamedWithThoseThatStillUseIt() {
        SmallSnapshot before = shop().brick(10, 1, FUNCTION, "Price").part(11, INPUT, "rate");
        SmallSnapshot after = shop().brick(10, 1, FUNCTION, "Price");
        for (int i = 1; i <= 7; i++) {
            cart(before, 20 + 2 * i, "Cart " + i);
            cart(after, 20 + 2 * i, "Cart " + i);
            if (i == 1) {
                assertThat(sentences(before, after))
                        .containsExactly(
                                "Changed function 'Price': input 'rate' deleted though 'Cart 1' still uses it");
            }
            if (i == 5) {
                assertThat(sentences(before, after))
                        .singleElement()
                        .asString()
                        .endsWith("'Cart 3', 'Cart 4' and 'Cart 5' still use it");
            }
            if (i == 6) {
                assertThat(sentences(before, after))
                        .singleElement()
                        .asString()
                        .endsWith("'Cart 4', 'Cart 5' and 1 other still use it");
            }
        }
        assertThat(sentences(before, after))
                .containsExactly("Changed function 'Price': input 'rate' deleted though 'Cart 1', 'Cart 2', 'Cart 3',"
                        + " 'Cart 4', 'Cart 5' and 2 others still use it");
        assertThat(diff(before, after).changes().get(0).importance()).isEqualTo(Importance.BREAKING);
    }

    @Test
    void aValueThatRefersToWhatIsDeletedUsesIt() {
        JsonNode reference = Json.object().put("c", 1).put("t", tag(11));
        assertThat(changed(
                        s -> s.brick(20, 1, FUNCTION, "Cart").set(20, tag(901), reference),
                        s -> s.brick(20, 1, FUNCTION, "Cart").set(20, tag(901), reference)))
                .isEmpty();
        assertThat(sentences(
                        price(shop()).brick(20, 1, FUNCTION, "Cart").set(20, tag(901), reference),
                        shop().brick(10, 1, FUNCTION, "Price")
                                .brick(20, 1, FUNCTION, "Cart")
                                .set(20, tag(901), reference)))
                .singleElement()
                .asString()
                .contains("input 'rate' deleted though 'Cart' still uses it");
    }

    @Test
    void partsAreAddedDeletedAndRenamed() {
        assertThat(changed(s -> s, s -> s.part(12, INPUT, "tax").part(13, OUTPUT, "total")))
                .containsExactly("Changed function 'Price': input 'tax' added; output 'total' added");
        assertThat(changed(s -> s.part(12, INPUT, "tax"), s -> s))
                .containsExactly("Changed function 'Price': input 'tax' deleted");
        assertThat(changed(s -> s.part(12, INPUT, "tax"), s -> s.part(12, INPUT, "vat")))
                .containsExactly("Changed function 'Price': input 'tax' renamed to 'vat'");
    }

    @Test
    void howMuchAChangeMattersDependsOnWhatItIs() {
        assertThat(importance(s -> s, s -> s.part(12, INPUT, "tax"))).isEqualTo(Importance.NEW);
        assertThat(importance(s -> s, s -> s.part(12, tag(900), ""))).isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> s.part(12, INPUT, "tax"), s -> s)).isEqualTo(Importance.INTERFACE);
        assertThat(importance(s -> s.part(12, tag(900), ""), s -> s)).isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> s.part(12, INPUT, "tax"), s -> s.part(12, INPUT, "vat")))
                .isEqualTo(Importance.INTERFACE);
        assertThat(importance(s -> s.part(12, tag(900), "a"), s -> s.part(12, tag(900), "b")))
                .isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> s.set(11, tag(901), "a"), s -> s.set(11, tag(901), "b")))
                .isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> s.part(12, COMMENT, "a"), s -> s)).isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> version(s, 1), s -> version(s, 2))).isEqualTo(Importance.LAYOUT);
        assertThat(importance(s -> s, s -> s.relate(tag(10), INPUTS, tag(11)))).isEqualTo(Importance.INTERFACE);
        assertThat(importance(s -> s, s -> s.relate(tag(10), SOURCE, tag(11)))).isEqualTo(Importance.CONTENT);
        assertThat(importance(s -> s, s -> s.relate(tag(11), SOURCE, tag(10)))).isEqualTo(Importance.INTERFACE);
        assertThat(importance(s -> position(s, 1), s -> position(s, 2))).isEqualTo(Importance.LAYOUT);
        assertThat(importance(s -> documented(s, "a"), s -> documented(s, "b"))).isEqualTo(Importance.DOCUMENTATION);
    }

    private static Importance importance(UnaryOperator<SmallSnapshot> before, UnaryOperator<SmallSnapshot> after) {
        return diff(before.apply(price(shop())), after.apply(price(shop())))
                .changes()
                .get(0)
                .importance();
    }

    private static SmallSnapshot position(SmallSnapshot snapshot, int x) {
        return snapshot.part(12, POSITION, "").set(12, X, IntNode.valueOf(x));
    }

    private static SmallSnapshot documented(SmallSnapshot snapshot, String text) {
        return snapshot.part(12, DOCUMENTATION, "")
                .relate(tag(12), KnownTags.DOCUMENTS, tag(11))
                .set(12, DESCRIPTION, text);
    }

    @Test
    void aNewTargetOfARelationIsOneChange() {
        assertThat(sentences(
                        price(shop()),
                        shop().brick(10, 1, FUNCTION, "Price")
                                .part(11, INPUT, "rate")
                                .relate(tag(11), TYPE, NUMBER)))
                .containsExactly("Changed function 'Price': type of input 'rate' changed from 'String' to 'Number'");
    }

    @Test
    void severalTargetsOfARelationAreSeveralChanges() {
        assertThat(changed(
                        s -> s.part(12, INPUT, "tax").part(13, INPUT, "vat").relate(tag(10), INPUTS, tag(11)),
                        s -> s.part(12, INPUT, "tax")
                                .part(13, INPUT, "vat")
                                .relate(tag(10), INPUTS, tag(12))
                                .relate(tag(10), INPUTS, tag(13))
                                .relate(tag(10), tag(901), tag(950))))
                .containsExactly("Changed function 'Price': input 'tax' added; input 'vat' added; input 'rate' deleted;"
                        + " 'Tax' '" + tag(950) + "' added");
        assertThat(changed(
                        s -> s.part(12, tag(900), ""),
                        s -> s.part(12, tag(900), "").relate(tag(11), SOURCE, tag(12))))
                .containsExactly("Changed function 'Price': source step 'Multiply' of input 'rate' added");
    }

    @Test
    void aBrickThatUsesANewPartOfAnotherHasChangedToo() {
        UnaryOperator<SmallSnapshot> newInput = s -> s.part(12, INPUT, "tax");

        assertThat(sentences(
                        cart(price(shop()), 20, "Cart"),
                        newInput.apply(price(shop()))
                                .brick(20, 1, FUNCTION, "Cart")
                                .part(21, tag(10), "")
                                .relate(tag(21), SOURCE, tag(12))))
                .containsExactly(
                        "Changed function 'Price': input 'tax' added",
                        "Changed function 'Cart': source of step 'Price' changed from 'rate' to 'tax'");
        assertThat(sentences(
                        cart(newInput.apply(price(shop())), 20, "Cart").relate(tag(21), SOURCE, tag(12)),
                        cart(price(shop()), 20, "Cart")))
                .containsExactly(
                        "Changed function 'Price': input 'tax' deleted",
                        "Changed function 'Cart': source 'tax' of step 'Price' deleted");
    }

    @Test
    void whatNoPatchDescribesIsToldWithWhatItLeadsTo() {
        assertThat(changed(s -> s, s -> s.relate(tag(950), SOURCE, tag(11))))
                .containsExactly("Changed function 'Price': source 'rate' of part '" + tag(950) + "' added");
        assertThat(changed(s -> s, s -> s.relate(tag(950), SOURCE, tag(951))))
                .containsExactly("Changed brick '" + tag(950) + "': source '" + tag(951) + "' added");
    }

    @Test
    void aFolderThatListsANewBrickHasNotChanged() {
        UnaryOperator<SmallSnapshot> listed =
                s -> s.brick(20, 2, FUNCTION, "Cart").relate(tag(1), SOURCE, tag(20));

        assertThat(changed(s -> s, listed)).containsExactly("Added function 'Cart'");
        assertThat(changed(listed, s -> s)).containsExactly("Deleted function 'Cart'");
        assertThat(changed(s -> s.brick(20, 2, FUNCTION, "Cart"), listed))
                .as("it lists what was there before")
                .containsExactly("Changed folder 'Shop': source 'Cart' added");
    }

    /** A patch may forget a relation of what is gone. It says something about what was there. */
    @Test
    void aRelationThatIsLeftOfADeletedPartIsNoDeletionOfABrick() {
        UnaryOperator<SmallSnapshot> documented = s -> documented(s, "The rate");
        UnaryOperator<SmallSnapshot> leftOver = s -> s.relate(tag(12), SOURCE, tag(950));

        assertThat(changed(documented, leftOver))
                .containsExactlyInAnyOrder(
                        "Changed function 'Price': description of input 'rate' removed (was 'The rate')",
                        "Changed documentation '" + tag(12) + "': source '" + tag(950) + "' of input 'rate' added");
        assertThat(changed(leftOver, documented))
                .containsExactlyInAnyOrder(
                        "Changed function 'Price': description of input 'rate' set to 'The rate'",
                        "Changed documentation '" + tag(12) + "': source '" + tag(950) + "' of input 'rate' deleted");
    }

    @Test
    void aBrickThatWasOnlyExpectedIsNewWhenAPatchCreatesIt() {
        String expects = "{\"rootTag\":\"" + tag(30) + "\",\"operations\":[],\"optionalOperations\":[{\"o\":1,\"t\":\""
                + tag(20) + "\",\"p\":{\"" + KnownTags.NAME + "\":\"Cart\"}}]}";
        UnaryOperator<SmallSnapshot> expected = s -> s.file("Bricks/30.newInst.json", expects);
        UnaryOperator<SmallSnapshot> created = s -> expected.apply(s).brick(20, 1, FUNCTION, "Cart");

        assertThat(changed(expected, created)).containsExactly("Added function 'Cart'");
        assertThat(changed(created, expected)).containsExactly("Deleted function 'Cart'");
    }

    @Test
    void whatNoPatchCreatesIsToldWhereAPatchExpectsOrUpdatesIt() {
        String start = "{\"rootTag\":\"" + tag(10) + "\",\"operations\":[";
        String cart = "\"t\":\"" + tag(20) + "\",\"p\":{\"" + KnownTags.NAME + "\":\"Cart\"}}]}";
        String expects = start + "],\"optionalOperations\":[{\"o\":1," + cart;
        String updates = (start + "{\"o\":2," + cart).replace(tag(10), tag(30));

        assertThat(changed(
                        s -> s.file("Bricks/A.newInst.json", expects), s -> s.file("Bricks/B.newInst.json", updates)))
                .containsExactlyInAnyOrder(
                        "Changed function 'Price': part 'Cart' deleted",
                        "Changed brick '" + tag(30) + "': part 'Cart' added");
    }

    @Test
    void aChangedPartIsNamedAsItIsAfterTheChange() {
        assertThat(changed(
                        s -> s.part(12, INPUT, "tax"),
                        s -> s.part(12, INPUT, "vat").relate(tag(12), SOURCE, tag(11))))
                .containsExactly("Changed function 'Price': source 'rate' of input 'vat' added;"
                        + " input 'tax' renamed to 'vat'");
    }

    @Test
    void aNameOfSpacesIsNone() {
        assertThat(sentences(shop(), shop().brick(10, 1, FUNCTION, " ")))
                .containsExactly("Added function '" + tag(10) + "'");
    }

    @Test
    void whatTheBrickItselfUsesIsNotStillUsed() {
        assertThat(sentences(
                        price(shop()).part(12, tag(900), "").relate(tag(12), SOURCE, tag(11)),
                        shop().brick(10, 1, FUNCTION, "Price")
                                .part(12, tag(900), "")
                                .relate(tag(12), SOURCE, tag(11))))
                .containsExactly("Changed function 'Price': input 'rate' deleted");
    }

    @Test
    void whatBelongsToANewPartIsNotToldBesidesIt() {
        assertThat(changed(
                        s -> s,
                        s -> s.part(12, tag(900), "")
                                .instance(13, "inner", INPUT)
                                .relate(tag(12), KnownTags.OWNS, tag(13))))
                .containsExactly("Changed function 'Price': step 'Multiply' added");
    }

    @Test
    void aPropertyThatTheStatesDefineHasTheNameFromThere() {
        assertThat(changed(
                        s -> s.part(12, PROPERTY, "size"),
                        s -> s.part(12, PROPERTY, "size").set(10, tag(12), "large")))
                .containsExactly("Changed function 'Price': 'size' set to 'large'");
        assertThat(changed(s -> s.part(12, PROPERTY, "size").set(10, tag(12), "large"), s -> s))
                .containsExactly("Changed function 'Price': property 'size' deleted; 'size' removed (was 'large')");
    }

    @Test
    void bricksOfTheSameNameAreInTheOrderOfTheirTags() {
        assertThat(diff(shop(), shop().brick(20, 1, FUNCTION, "Price").brick(10, 1, FUNCTION, "Price"))
                        .changes())
                .extracting(change -> change.brick().tag())
                .containsExactly(tag(10), tag(20));
    }

    @Test
    void aBrickIsMovedAndRenamed() {
        SmallSnapshot moved =
                shop().brick(10, 2, FUNCTION, "Price").part(11, INPUT, "rate").relate(tag(11), TYPE, STRING);
        SmallSnapshot renamed =
                shop().brick(10, 1, FUNCTION, "Cost").part(11, INPUT, "rate").relate(tag(11), TYPE, STRING);

        assertThat(sentences(price(shop()), moved)).containsExactly("Moved function 'Price' from 'Shop' to 'Old'");
        assertThat(sentences(price(shop()), renamed)).containsExactly("Renamed function 'Price' to 'Cost'");
        CodeAsDataDiff both = diff(
                version(price(shop()), 1),
                version(
                        shop().brick(10, 2, FUNCTION, "Cost")
                                .part(11, INPUT, "rate")
                                .relate(tag(11), TYPE, STRING),
                        2));
        assertThat(both.changes())
                .extracting(Change::sentence)
                .as("the version is raised by either")
                .containsExactly("Moved function 'Cost' from 'Shop' to 'Old'", "Renamed function 'Price' to 'Cost'");
        assertThat(both.changes()).allMatch(change -> change.importance() == Importance.INTERFACE);
    }

    @Test
    void aBrickThatIsMovedRenamedAndChangedHasThreeChanges() {
        SmallSnapshot after =
                shop().brick(10, 2, FUNCTION, "Cost").part(11, INPUT, "rate").relate(tag(11), TYPE, NUMBER);

        assertThat(sentences(version(price(shop()), 1), version(after, 2)))
                .containsExactlyInAnyOrder(
                        "Moved function 'Cost' from 'Shop' to 'Old'",
                        "Renamed function 'Price' to 'Cost'",
                        "Changed function 'Cost': type of input 'rate' changed from 'String' to 'Number'");
    }

    @Test
    void aBrickMayBeInNoFolderOrInTwo() {
        SmallSnapshot two = price(shop()).relate(tag(2), KnownTags.ITEM, tag(10));

        assertThat(sentences(price(shop()), two)).containsExactly("Moved function 'Price' from 'Shop' to 'Old, Shop'");
        assertThat(sentences(shop().brick(10, 777, FUNCTION, "Price"), shop().brick(10, 1, FUNCTION, "Price")))
                .singleElement()
                .asString()
                .startsWith("Moved function 'Price' from ")
                .endsWith(" to 'Shop'");
    }

    @Test
    void foldersAreBricksToo() {
        assertThat(sentences(shop(), shop().folder(3, "New").relate(tag(1), KnownTags.SUB_FOLDER, tag(3))))
                .containsExactly("Added folder 'New'");
        CodeAsDataDiff diff = diff(
                price(shop().folder(3, "Prices").relate(tag(2), KnownTags.SUB_FOLDER, tag(3))),
                shop().folder(3, "Prices")
                        .relate(tag(2), KnownTags.SUB_FOLDER, tag(3))
                        .brick(10, 3, FUNCTION, "Price")
                        .part(11, INPUT, "rate")
                        .relate(tag(11), TYPE, STRING));
        assertThat(diff.changes())
                .extracting(Change::sentence)
                .containsExactly("Moved function 'Price' from 'Shop' to 'Old/Prices'");
        assertThat(diff.byFolder()).containsOnlyKeys("Old/Prices");
    }

    @Test
    void nothingButANewVersionIsASaveWithoutAnotherChange() {
        assertThat(changed(s -> version(s, 1), s -> version(s, 2)))
                .containsExactly("Changed function 'Price': saved again without another change");
        assertThat(changed(s -> position(version(s, 1), 1), s -> position(version(s, 2), 2)))
                .containsExactly("Changed function 'Price': layout");
        assertThat(changed(
                        s -> position(version(s, 1), 1),
                        s -> position(version(s, 2), 2).part(13, INPUT, "tax")))
                .containsExactly("Changed function 'Price': input 'tax' added");
    }

    @Test
    void documentationIsThatOfItsSubject() {
        assertThat(changed(s -> documented(s, "The rate"), s -> documented(s, "A rate")))
                .containsExactly(
                        "Changed function 'Price': description of input 'rate' changed from 'The rate' to 'A rate'");
        assertThat(changed(s -> s, s -> documented(s, "A rate")))
                .containsExactly("Changed function 'Price': description of input 'rate' set to 'A rate'");
        assertThat(changed(s -> documented(s, "A rate"), s -> s))
                .containsExactly("Changed function 'Price': description of input 'rate' removed (was 'A rate')");
        assertThat(changed(s -> s, s -> s.part(12, DOCUMENTATION, "").set(12, DESCRIPTION, "Of the price")))
                .containsExactly("Changed function 'Price': description set to 'Of the price'");
    }

    @Test
    void documentationOfANewInputIsTheInputsAlone() {
        assertThat(changed(
                        s -> s,
                        s -> s.part(13, INPUT, "tax")
                                .part(12, DOCUMENTATION, "")
                                .relate(tag(12), KnownTags.DOCUMENTS, tag(13))
                                .set(12, DESCRIPTION, "The tax")))
                .containsExactly("Changed function 'Price': input 'tax' added");
    }

    @Test
    void stepsAreNamedAfterTheirModels() {
        assertThat(changed(
                        s -> s,
                        s -> s.part(12, tag(900), "")
                                .part(13, tag(900), "twice")
                                .part(14, tag(950), "")
                                .part(15, tag(950), "named")
                                .part(16, CONNECTION, "")
                                .relate(tag(16), SOURCE, tag(11))
                                .relate(tag(16), DESTINATION, tag(12))
                                .part(17, CONNECTION, "")
                                .relate(tag(17), DESTINATION, tag(14))))
                .containsExactly("Changed function 'Price': Multiply 'twice' added; connection '-> " + tag(14)
                        + "' added; connection 'rate -> Multiply' added; part '" + tag(14)
                        + "' added; part 'named' added; step 'Multiply' added");
    }

    @Test
    void valuesAreShownAsUsersKnowThem() {
        assertThat(changed(
                        s -> s.set(10, tag(901), "a")
                                .set(10, tag(902), "b")
                                .set(10, "fd" + tag(901), IntNode.valueOf(5)),
                        s -> s.set(10, tag(901), "c")
                                .set(10, "fd" + tag(901), IntNode.valueOf(6))
                                .set(
                                        10,
                                        tag(903),
                                        Json.object()
                                                .put("c", 7)
                                                .put("r", 1)
                                                .put("g", 2)
                                                .put("b", 3)
                                                .put("a", 0.5))
                                .set(10, tag(904), Json.object().put("c", 1).put("t", tag(11)))
                                .set(10, tag(905), Json.object().put("c", 7))
                                .set(10, tag(906), Json.object().put("c", 8).put("r", 1))
                                .set(10, tag(907), Json.array().add(1))))
                .containsExactly("Changed function 'Price': '" + tag(902) + "' removed (was 'b'); '" + tag(903)
                        + "' set to rgba(1, 2, 3, 0.5); '" + tag(904) + "' set to 'rate'; '" + tag(905)
                        + "' set to '{\"c\":7}'; '" + tag(906) + "' set to '{\"c\":8,\"r\":1}'; '" + tag(907)
                        + "' set to [1]; 'Tax' changed from 'a' to 'c'; default of 'Tax' changed from 5 to 6");
    }

    @Test
    void longTextsAreCutToWhereTheyDiffer() {
        String words = "many words that are the same before and after the change, as in a description";
        assertThat(changed(
                        s -> s.set(10, tag(901), words + " one " + words),
                        s -> s.set(10, tag(901), words + " other " + words)))
                .containsExactly("Changed function 'Price': 'Tax' changed from '…a description one many words tha"
                        + "…' to '…a description other many words tha…'");
        assertThat(changed(s -> s.set(10, tag(901), "short"), s -> s.set(10, tag(901), words + words)))
                .singleElement()
                .asString()
                .startsWith("Changed function 'Price': 'Tax' changed from 'short' to 'many words that are");
        assertThat(changed(s -> s.set(10, tag(901), words + "."), s -> s.set(10, tag(901), words + words + ".")))
                .singleElement()
                .asString()
                .contains("changed from '…n a description.' to '…n a descriptionmany words");
    }

    @Test
    void aLongTextThatGrowsIsCutToWhatIsNew() {
        String start = "many words that are the same before and after the change, as in a description of it";
        String rest = ", which has an end that is the same, too";
        assertThat(changed(s -> s.set(10, tag(901), start), s -> s.set(10, tag(901), start + rest)))
                .containsExactly("Changed function 'Price': 'Tax' changed from '…scription of it' to"
                        + " '…scription of it" + rest + "'");
        assertThat(changed(s -> s.set(10, tag(901), start + rest), s -> s.set(10, tag(901), start + " - or it" + rest)))
                .as("what is new ends as what is before it")
                .containsExactly("Changed function 'Price': 'Tax' changed from '…scription of it, which has an …' to"
                        + " '…scription of it - or it, which has an …'");
    }

    /** A character outside of Unicode's first plane is two of Java's, of which neither is shown alone. */
    @Test
    void aTextIsNotCutWithinACharacter() {
        String emojis = "\ud83d\ude00".repeat(50);
        for (String start : List.of("", "x")) {
            assertThat(changed(
                            s -> s.set(10, tag(901), start + emojis + "a" + emojis),
                            s -> s.set(10, tag(901), start + emojis + "b" + emojis)))
                    .singleElement()
                    .asString()
                    .doesNotMatch("(?s).*(?<![\ud800-\udbff])[\udc00-\udfff].*")
                    .matches("(?s).*'…(?:\ud83d\ude00){8}a(?:\ud83d\ude00){7}…' to .*");
        }
    }

    @Test
    void eightDetailsAreToldAndTheOthersCounted() {
        UnaryOperator<SmallSnapshot> eight = s -> {
            for (int i = 20; i < 28; i++) {
                s.part(i, INPUT, "in" + i);
            }
            return s;
        };
        assertThat(changed(s -> s, eight)).singleElement().asString().endsWith("; input 'in27' added");
        assertThat(changed(s -> s, s -> eight.apply(s).part(28, INPUT, "in28")))
                .singleElement()
                .asString()
                .endsWith("; input 'in27' added; and 1 more");
    }

    @Test
    void patchesThatBothStatesHaveAreOnlyReadWhereTheyTellMore() {
        String broken = "Bricks/broken.newInst.json";

        assertThat(sentences(
                        price(shop()).file(broken, "{").brick(20, 2, FUNCTION, "Other"),
                        price(shop())
                                .file(broken, "{")
                                .brick(20, 2, FUNCTION, "Other")
                                .part(21, INPUT, "tax")))
                .containsExactly("Changed function 'Other': input 'tax' added");
        assertThat(sentences(shop().file(broken, "{"), shop().file(broken, "{")))
                .isEmpty();
        assertThatThrownBy(() -> sentences(shop().file(broken, "{"), shop().file(broken, "{ ")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("is broken");
    }

    @Test
    void asksForTheNamesOfAllThatItMentions() {
        Set<String> asked = new TreeSet<>();
        JsonNode reference = Json.object().put("c", 1).put("t", tag(903));
        CodeAsDataDiff.between(
                price(shop())
                        .set(10, tag(901), Json.object().put("c", 1).put("t", tag(902)))
                        .codeAsData(),
                price(shop())
                        .set(10, tag(901), reference)
                        .set(10, "fd" + tag(904), "x")
                        .relate(tag(10), tag(905), tag(906))
                        .part(12, tag(907), "")
                        .codeAsData(),
                tags -> {
                    asked.addAll(tags);
                    return Map.of();
                });

        assertThat(asked).containsExactly(tag(901), tag(902), tag(903), tag(904), tag(905), tag(906), tag(907));
    }

    @Test
    void aBrickIsCalledAfterItsModel() {
        CodeAsDataDiff diff = CodeAsDataDiff.between(
                shop().codeAsData(),
                shop().brick(10, 1, tag(910), "Orders").codeAsData(),
                tags -> Map.of(tag(910), "My UI Service"));
        assertThat(diff.changes()).extracting(Change::sentence).containsExactly("Added my UI service 'Orders'");
        assertThat(sentences(shop(), shop().brick(10, 1, tag(910), "Orders"))).containsExactly("Added brick 'Orders'");
        assertThat(changed(s -> s, s -> s.part(12, FUNCTION, "inner").part(13, FUNCTION, "")))
                .containsExactly("Changed function 'Price': function added; function 'inner' added");
        assertThat(changed(s -> s, s -> s.relate(tag(10), tag(901), FUNCTION).relate(tag(10), tag(901), INPUT)))
                .containsExactly("Changed function 'Price': 'Tax' 'function' added; 'Tax' 'input' added");
    }

    @Test
    void anotherPropertyThatChangesLikeTheNameIsNotTheName() {
        assertThat(sentences(
                        price(shop()).set(10, tag(901), "Price"),
                        shop().brick(10, 1, FUNCTION, "Cost")
                                .part(11, INPUT, "rate")
                                .relate(tag(11), TYPE, STRING)
                                .set(10, tag(901), "Cost")))
                .containsExactlyInAnyOrder(
                        "Renamed function 'Price' to 'Cost'",
                        "Changed function 'Cost': 'Tax' changed from 'Price' to 'Cost'");
    }

    @Test
    void outermostFoldersWithoutAKnownNameAreLeftOut() {
        SmallSnapshot before = shop().relate(tag(800), KnownTags.SUB_FOLDER, tag(2));
        SmallSnapshot after = shop().relate(tag(800), KnownTags.SUB_FOLDER, tag(2));

        assertThat(diff(before, after.brick(10, 2, FUNCTION, "Price")).byFolder())
                .containsOnlyKeys("Old");
    }

    @Test
    void aTextOfEightyCharactersIsShownInFull() {
        String eighty = "x".repeat(79);
        assertThat(changed(s -> s.set(10, tag(901), eighty + "a"), s -> s.set(10, tag(901), eighty + "b")))
                .containsExactly("Changed function 'Price': 'Tax' changed from '" + eighty + "a' to '" + eighty + "b'");
        assertThat(changed(s -> s.set(10, tag(901), eighty + "ab"), s -> s.set(10, tag(901), eighty + "b")))
                .containsExactly(
                        "Changed function 'Price': 'Tax' changed from '…xxxxxxxxxxxxxxxab' to '…xxxxxxxxxxxxxxxb'");
    }

    /** Fifteen characters before and after the difference are shown. */
    @Test
    void nothingIsCutIfTooLittleIsTheSame() {
        String fifteen = "123456789012345";
        assertThat(changed(
                        s -> s.set(10, tag(901), fifteen + "-" + "a".repeat(40) + "-" + fifteen),
                        s -> s.set(10, tag(901), fifteen + "+" + "b".repeat(70) + "+" + fifteen)))
                .singleElement()
                .asString()
                .contains("from '" + fifteen + "-" + "a".repeat(40) + "-" + fifteen + "' to");
        assertThat(changed(
                        s -> s.set(10, tag(901), "0" + fifteen + "-" + "a".repeat(40) + "-" + fifteen + "6"),
                        s -> s.set(10, tag(901), "0" + fifteen + "+" + "b".repeat(70) + "+" + fifteen + "6")))
                .singleElement()
                .asString()
                .contains("from '…" + fifteen + "-" + "a".repeat(40) + "-" + fifteen + "…' to");
    }

    @Test
    void aFolderComesAsEarlyAsItsMostImportantChange() {
        SmallSnapshot before = price(shop())
                .brick(20, 2, FUNCTION, "A")
                .set(20, KnownTags.VERSION, IntNode.valueOf(1))
                .brick(30, 2, FUNCTION, "B")
                .part(31, INPUT, "x");
        SmallSnapshot after = price(shop())
                .part(12, INPUT, "tax")
                .brick(20, 2, FUNCTION, "A")
                .set(20, KnownTags.VERSION, IntNode.valueOf(2))
                .brick(30, 2, FUNCTION, "B");

        assertThat(sentences(before, after))
                .containsExactly(
                        "Changed function 'B': input 'x' deleted",
                        "Changed function 'A': saved again without another change",
                        "Changed function 'Price': input 'tax' added");
        assertThat(sentences(
                        shop(),
                        shop().brick(10, 1, FUNCTION, "A")
                                .brick(20, 2, FUNCTION, "B")
                                .brick(30, 1, FUNCTION, "C")))
                .containsExactly("Added function 'B'", "Added function 'A'", "Added function 'C'");
    }

    @Test
    void breakingChangesComeFirstAndFoldersWithThem() {
        CodeAsDataDiff diff =
                diff(cart(price(shop()), 20, "Cart"), cart(shop(), 20, "Cart").brick(30, 2, FUNCTION, "New"));

        assertThat(diff.summary()).isEqualTo("2 changes in 2 folders: 1 added, 1 deleted");
        assertThat(diff.byFolder().keySet()).containsExactly("Shop", "Old");
        assertThat(diff(shop(), shop()).summary()).isEqualTo("No changes");
    }

    @Test
    void foretellsWhatAnEnvironmentImports() {
        Forecast forecast = diff(
                        cart(price(shop()), 20, "Cart"),
                        cart(shop(), 20, "Cart").brick(30, 2, FUNCTION, "New"))
                .forecast();
        assertThat(forecast.lines())
                .containsExactly(
                        "The environment imports 1 file (1 new brick, 0 changed bricks); 3 files unchanged; 1 deleted"
                                + " brick stays in its database.",
                        "  New: 'New'",
                        "  Deleted from the files and left in the database: 'Price'");
        assertThat(forecast.withShared(2).sentence()).contains("3 files and 2 layers unchanged;");
        assertThat(forecast.gone()).containsExactly("Bricks/10.newInst.json");

        Forecast changed =
                diff(price(shop()), price(shop()).part(12, INPUT, "tax")).forecast();
        assertThat(changed.lines())
                .containsExactly(
                        "The environment imports 1 file (0 new bricks, 1 changed brick); 2 files unchanged.",
                        "  Changed: 'Price'");
        assertThat(diff(shop(), shop()).forecast().lines()).containsExactly("The environment imports nothing.");
        assertThat(diff(price(shop()).brick(30, 2, FUNCTION, "Other"), shop())
                        .forecast()
                        .sentence())
                .isEqualTo("The environment imports nothing; 2 deleted bricks stay in its database.");
    }

    @ParameterizedTest
    @CsvSource({
        "Shop/a.newInst.json, true",
        "a.newRel.json, true",
        "a.updateInst.json, true",
        "files/archive.zip, true",
        "files/0198a0000000000000ab, true",
        "files/0198a0000000000000a, false",
        "files/0198a0000000000000abc, false",
        "README.md, false",
        "change_log.txt/a.zip, false",
        "x/change_log.txt/a.zip, false",
    })
    void patchesArchivesAndFilesOfTagsAreImported(String path, boolean isImported) {
        assertThat(Forecast.isImportable(path)).isEqualTo(isImported);
    }
}
