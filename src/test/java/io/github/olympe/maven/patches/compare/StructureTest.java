package io.github.olympe.maven.patches.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is a brick, what belongs to which, and in which folder it is. The names here are tags. */
class StructureTest {

    private static final String FOLDER = "01612df1db9749227626";
    private static final String USES = "0168a431d91f25780002";

    private final GraphBuilder graph = new GraphBuilder();

    @BeforeEach
    void aShopWithAFunction() {
        instance("shop", "shop").relate("shop", KnownTags.MODEL, FOLDER);
        instance("price", "price").relate("shop", KnownTags.ITEM, "price");
    }

    /** Something with a name that the patch of a brick creates. */
    private StructureTest instance(String tag, String brick) {
        return instance(tag, brick, Origin.CREATED, Map.of(KnownTags.NAME, "\"A name\""));
    }

    private StructureTest instance(String tag, String brick, Origin origin, Map<String, String> properties) {
        graph.add(new Instance(tag, brick, origin, properties));
        return this;
    }

    private StructureTest relate(String from, String type, String to) {
        graph.add(new Relation(from, type, to));
        return this;
    }

    private Structure structure() {
        return new Structure(graph.build());
    }

    @Test
    void aPartBelongsToTheBrickThatOwnsItHoweverDeep() {
        instance("step", "price").relate("price", KnownTags.OWNS, "step");
        instance("input", "another").relate("step", KnownTags.OWNS, "input");
        instance("stray", "price");

        Structure structure = structure();
        assertThat(structure.brickOf("price")).isEqualTo("price");
        assertThat(structure.brickOf("step")).isEqualTo("price");
        assertThat(structure.brickOf("input"))
                .as("what owns it counts, not the patch")
                .isEqualTo("price");
        assertThat(structure.brickOf("stray"))
                .as("the patch counts if nothing owns it")
                .isEqualTo("price");
        assertThat(structure.brickOf("unknown")).as("only mentioned").isEqualTo("unknown");
        assertThat(structure.isBrick("price")).isTrue();
        assertThat(structure.isBrick("step")).isFalse();
        assertThat(structure.isBrick("unknown")).isFalse();
    }

    @Test
    void partsThatOwnEachOtherBelongToTheBrickOfTheirPatch() {
        instance("egg", "price").relate("hen", KnownTags.OWNS, "egg");
        instance("hen", "price").relate("egg", KnownTags.OWNS, "hen");

        assertThat(structure().brickOf("egg")).isEqualTo("price");
    }

    @Test
    void whatIsInAFolderIsABrickThoughThePatchIsOfAnother() {
        instance("listed", "price").relate("shop", KnownTags.ITEM, "listed");
        instance("owned", "price").relate("shop", KnownTags.OWNS, "owned");
        instance("part of it", "price").relate("listed", KnownTags.OWNS, "part of it");

        Structure structure = structure();
        assertThat(structure.isBrick("listed")).isTrue();
        assertThat(structure.isBrick("owned")).isTrue();
        assertThat(structure.brickOf("part of it")).isEqualTo("listed");
    }

    @Test
    void whatIsInAFolderIsNoBrickIfItIsOnlyExpectedOrHasNoNameOrSaysSomethingAboutABrick() {
        instance("expected", "price", Origin.EXPECTED, Map.of(KnownTags.NAME, "\"A name\""));
        instance("unnamed", "price", Origin.CREATED, Map.of());
        instance("position", "price").relate("position", KnownTags.MODEL, Words.POSITION);
        for (String listed : new String[] {"expected", "unnamed", "position"}) {
            relate("shop", KnownTags.ITEM, listed);
        }
        instance("step", "price").relate("shop", KnownTags.ITEM, "step").relate("price", KnownTags.OWNS, "step");

        Structure structure = structure();
        assertThat(structure.isBrick("expected")).isFalse();
        assertThat(structure.isBrick("unnamed")).isFalse();
        assertThat(structure.isBrick("position")).isFalse();
        assertThat(structure.isBrick("step")).as("a brick owns it").isFalse();
    }

    @Test
    void ofSeveralOwnersTheBrickOfThePatchComesFirst() {
        instance("step", "price").relate("another", KnownTags.OWNS, "step").relate("price", KnownTags.OWNS, "step");
        instance("input", "rate").relate("another", KnownTags.OWNS, "input").relate("price", KnownTags.OWNS, "input");

        Structure structure = structure();
        assertThat(structure.ownerOf("step")).contains("price");
        assertThat(structure.ownerOf("input")).as("the first by tag").contains("another");
        assertThat(structure.ownerOf("price"))
                .as("a folder does not own what it lists")
                .isEmpty();
    }

    @Test
    void aFolderIsKnownByItsModelOrByWhatItLists() {
        relate("only mentioned", KnownTags.SUB_FOLDER, "shop").relate("price", USES, "shop");
        instance("empty", "empty").relate("empty", KnownTags.MODEL, FOLDER);

        Structure structure = structure();
        assertThat(structure.isFolder("shop")).isTrue();
        assertThat(structure.isFolder("empty")).isTrue();
        assertThat(structure.isFolder("only mentioned")).isTrue();
        assertThat(structure.isFolder("price")).isFalse();
    }

    @Test
    void theFoldersAboveABrickAreListedFromTheOutermost() {
        relate("company", KnownTags.SUB_REPOSITORY, "shop").relate("root", KnownTags.HOME_FOLDER, "company");
        instance("owned", "owned").relate("price", KnownTags.OWNS, "owned");

        Structure structure = structure();
        assertThat(structure.foldersOf("price")).containsExactly("shop");
        assertThat(structure.pathOf("price")).containsExactly("root", "company", "shop");
        assertThat(structure.foldersOf("owned"))
                .as("what is in no folder is where its owner is")
                .containsExactly("price");
        assertThat(structure.pathOf("root")).isEmpty();
    }

    @Test
    void aBrickMayBeInSeveralFoldersOfWhichTheFirstGivesThePath() {
        relate("a shop", KnownTags.ITEM, "price").relate("owner", KnownTags.OWNS, "price");

        Structure structure = structure();
        assertThat(structure.foldersOf("price")).containsExactly("a shop", "shop");
        assertThat(structure.pathOf("price")).containsExactly("a shop");
    }

    /** Nobody has such folders, but a patch may say anything. */
    @Test
    void foldersThatContainEachOtherAndFoldersWithoutEndAreCut() {
        relate("shop", KnownTags.SUB_FOLDER, "sub").relate("sub", KnownTags.SUB_FOLDER, "shop");
        for (int i = 0; i < 70; i++) {
            relate("folder " + (i + 1), KnownTags.SUB_FOLDER, "folder " + i);
        }

        Structure structure = structure();
        assertThat(structure.pathOf("price")).containsExactly("sub", "shop");
        assertThat(structure.pathOf("sub")).as("without itself").containsExactly("shop");
        assertThat(structure.pathOf("folder 0"))
                .hasSize(64)
                .startsWith("folder 64")
                .endsWith("folder 1");
    }

    @Test
    void aRelationPlacesABrickIfItsFolderListsOrOwnsIt() {
        Relation lists = new Relation("shop", KnownTags.ITEM, "price");
        Relation owns = new Relation("shop", KnownTags.OWNS, "price");

        Structure structure = structure();
        assertThat(structure.isPlacing(lists)).isTrue();
        assertThat(structure.isPlacing(owns)).isTrue();
        assertThat(structure.isPlacing(new Relation("shop", USES, "price"))).isFalse();
        assertThat(structure.isPlacing(new Relation("price", KnownTags.OWNS, "step")))
                .as("a part")
                .isFalse();
        assertThat(structure.isPlacing(new Relation("shop", KnownTags.ITEM, "step")))
                .as("a part")
                .isFalse();
    }

    @Test
    void aTextAboutSomethingHasItAsItsSubjectElseItsOwner() {
        instance("text", "price").relate("text", KnownTags.MODEL, Words.DOCUMENTATION);
        relate("text", KnownTags.DOCUMENTS, "input").relate("price", KnownTags.OWNS, "text");
        instance("position", "price").relate("position", KnownTags.MODEL, Words.POSITION);
        relate("price", KnownTags.OWNS, "position").relate("position", USES, "input");
        instance("input", "price").relate("price", KnownTags.OWNS, "input");
        relate("input", KnownTags.DOCUMENTS, "shop");

        Structure structure = structure();
        assertThat(structure.subjectOf("text")).contains("input");
        assertThat(structure.subjectOf("position")).contains("price");
        assertThat(structure.subjectOf("input")).as("it is something by itself").isEmpty();
    }
}
