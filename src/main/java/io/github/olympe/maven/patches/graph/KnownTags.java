package io.github.olympe.maven.patches.graph;

import java.util.Set;

/** The tags of Olympe's own data model that give a graph its shape. They are the same in every environment. */
public final class KnownTags {

    /** Property: the name of an instance. */
    public static final String NAME = "ff023000000000000011";
    /** Property without a tag of its own: a number that Draw raises with each change of an instance. */
    public static final String VERSION = "v";
    /** The prefix of a property's tag if an instance, as a model, sets the default of that property. */
    public static final String DEFAULT_PREFIX = "fd";

    /** Relation: an instance to its model. */
    public static final String MODEL = "ff022000000000000000";
    /** Relation: an instance to what it owns. */
    public static final String OWNS = "ff02200000000000000f";
    /** Relation: a model to the one that it extends. */
    public static final String EXTENDS = "ff02200000000000000e";
    /** Relation: a folder to a brick in it. */
    public static final String ITEM = "016a697ef00ce7554692";
    /** Relation: a folder to a folder in it. */
    public static final String SUB_FOLDER = "016a697ef00ce7554691";
    /** Relation: a repository of projects to what is in it. */
    public static final String SUB_REPOSITORY = "017e9c34cf48bd6965c1";
    /** Relation: the root of everything to the home folder. */
    public static final String HOME_FOLDER = "017e9c2e013e06bfffd9";
    /** Relation: a text of documentation to what it documents. */
    public static final String DOCUMENTS = "01703376c4a81c0e9d93";

    /** The relations that put something into a folder, {@link #OWNS} aside, which everything uses. */
    public static final Set<String> PLACING = Set.of(ITEM, SUB_FOLDER, SUB_REPOSITORY, HOME_FOLDER);

    private KnownTags() {}
}
