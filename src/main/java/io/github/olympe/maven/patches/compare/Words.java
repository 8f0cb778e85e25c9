package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.graph.KnownTags;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draw's words for the models, properties and relations of Olympe's own data model, which need no package to be known. */
public final class Words {

    public static final String DOCUMENTATION = "01703376c4a81c0e9d90";
    public static final String POSITION = "01621f6ab29d770a3bba";
    public static final String CONNECTION = "0168a431d91f25780000";
    public static final String INPUTS = "01621fb84e320000f00a";
    public static final String OUTPUTS = "01621fb84e320000f00b";

    public static final String NAME = "name";
    public static final String VERSION = "version";

    private static final String COMMENT = "0184bd886ee1c7adfe09";
    private static final String RANK = "019131fb930466a1ad79";
    private static final String PROPERTY_METADATA = "016d1bb681929c2cc3f0";
    private static final String ABOUT_OBJECT = "019131fb930466a1ad7a";
    private static final String ABOUT_PROPERTY = "016d1bb681929c2cc3f5";

    /** Models whose instances hold bricks. */
    private static final Map<String, String> FOLDERS = Map.of(
            "01612df1db9749227626", "folder",
            "0163d9594700fcf61e54", "project",
            "ff021000000000000020", "repository",
            "0163a68ce44f3d1fa84c", "data model",
            "0163a68ce44f3d1fa95d", "config data model",
            "017a7a9ff057958e5678", "enums");

    private static final Map<String, String> BRICKS = Map.ofEntries(
            Map.entry("01621fb84e320000f000", "function"),
            Map.entry("01621fb84e320000f011", "coded function"),
            Map.entry("01621fb84e320000a000", "action"),
            Map.entry("01621fb84e320000f012", "coded action"),
            Map.entry("01612df349e137bbb30b", "screen"),
            Map.entry("016c8f3b84720165aac5", "screenflow"),
            Map.entry("0166446c1f124f078a5f", "visual component"),
            Map.entry("017a8a97979d7c51ab6a", "coded visual component"),
            Map.entry("01612df1f810c91e8997", "abstract visual component"),
            Map.entry("0169b6876a03f139d50a", "interaction"),
            Map.entry("011100000000000adef0", "function signature"),
            Map.entry("011203100000000adef1", "UI app"),
            Map.entry("016324fde11a836f76c2", "data type"),
            Map.entry("016324fde11a836f77d3", "config data type"),
            Map.entry("01645fe6873aeea59e64", "config data set"),
            Map.entry("017dc8d6c8fd8c8bd2ff", "data connector"),
            Map.entry("017a768f966fc08ebb98", "enum"),
            Map.entry("0161d7b7e11e93199927", "theme"),
            Map.entry("01644b6297305d62fca2", "image"),
            Map.entry("ff021000000000000002", "role"),
            Map.entry("ff021000000000000003", "user"));

    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("0168a431d25001540001", "input"),
            Map.entry("0168a431d25001540002", "output"),
            Map.entry("016ac63229782039429f", "control flow input"),
            Map.entry("016ac63808535703691c", "control flow input"),
            Map.entry("016ac6322acf67eebfe7", "control flow output"),
            Map.entry("016ac4f59c592b862457", "predefined input"),
            Map.entry("016ac4f59dd99f5df3e1", "predefined output"),
            Map.entry("ff021000000000000005", "property"),
            Map.entry("ff021000000000000006", "relation"),
            Map.entry(CONNECTION, "connection"),
            Map.entry("01621fb84e32000000a0", "ascender"),
            Map.entry("01621fb84e32000000d0", "descender"),
            Map.entry("0163c9ae01f2d6e9ca49", "reference"),
            Map.entry(COMMENT, "comment"),
            Map.entry(DOCUMENTATION, "documentation"),
            Map.entry(POSITION, "position"),
            Map.entry(RANK, "rank"),
            Map.entry(PROPERTY_METADATA, "property settings"));

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry(KnownTags.VERSION, VERSION),
            Map.entry(KnownTags.NAME, NAME),
            Map.entry("ff023000000000000012", "abstract"),
            Map.entry("ff023000000000000026", "value"),
            Map.entry("01703376c4a81c0e9d91", "summary"),
            Map.entry("01703376c4a81c0e9d92", "description"),
            Map.entry("01703376c4a81c0e9d94", "status"),
            Map.entry("01621fb84e320000f001", "visibility"),
            Map.entry("01692aa71f3108454479", "hardcoded"),
            Map.entry("01740c5d4ae4b520dd01", "rank"),
            Map.entry("01740c5d4ae4b520dd02", "default value"),
            Map.entry("017bc044aeacce7ffc8f", "rank"),
            Map.entry("017a7690c915975ea995", "rank"),
            Map.entry("016d1bb681929c2cc3f1", "rank"),
            Map.entry("016d1bb681929c2cc3f2", "resettable"),
            Map.entry("016d1bb681929c2cc3f3", "computable"),
            Map.entry("0170beccaac4129d72a9", "editable in definition"),
            Map.entry("0168a431d91f25780001", "source value"),
            Map.entry("01621f6ab58c2f884654", "x"),
            Map.entry("01621f6ab6ac89348f20", "y"));

    private static final Map<String, String> RELATIONS = Map.ofEntries(
            Map.entry("ff022000000000000000", "model"),
            Map.entry("ff02200000000000000c", "property"),
            Map.entry("ff02200000000000000d", "type"),
            Map.entry("ff02200000000000000e", "base"),
            Map.entry("ff02200000000000000f", "content"),
            Map.entry("ff02200000000000002a", "primordial item"),
            Map.entry("ff02200000000000002b", "dependency"),
            Map.entry("0168a431d3b9b7438424", "type"),
            Map.entry(INPUTS, "input"),
            Map.entry(OUTPUTS, "output"),
            Map.entry("01692a4af82e8984742b", "definition"),
            Map.entry("01692a4af82e8984742c", "step"),
            Map.entry("0168a431d91f25780002", "source"),
            Map.entry("0168a431d91f25780003", "source output"),
            Map.entry("0168a431d91f25780004", "source property"),
            Map.entry("0168a431d91f2578000a", "destination"),
            Map.entry("0168a431d91f2578000b", "destination input"),
            Map.entry("0168a431d91f2578000c", "destination property"),
            Map.entry(KnownTags.DOCUMENTS, "documentation"),
            Map.entry("0161ae97622bb21f335b", "metadata"),
            Map.entry("016a697ef00ce7554691", "folder"),
            Map.entry("016a697ef00ce7554692", "item"),
            Map.entry("017e9c34cf48bd6965c1", "project"),
            Map.entry(ABOUT_OBJECT, "object"),
            Map.entry("016d1bb681929c2cc3f4", "category"),
            Map.entry(ABOUT_PROPERTY, "property"),
            Map.entry("0169b5a8a33144fb0b49", "reference"));

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("ff021000000000000001", "Object"),
            Map.entry("ff021000000000000011", "String"),
            Map.entry("ff021000000000000012", "Boolean"),
            Map.entry("ff021000000000000013", "Number"),
            Map.entry("ff021000000000000014", "DateTime"),
            Map.entry("ff021000000000000017", "Color"),
            Map.entry("ff021000000000000030", "Primitive File"),
            Map.entry("ff021000000000000031", "File"),
            Map.entry("01621fb84e320000cf00", "Control Flow"),
            Map.entry("016eeb5ede9f3094d8f0", "Error Flow"),
            Map.entry("0163fe51d83dad2a0f4b", "UI Event"),
            Map.entry("01631aacd8276ea98490", "List"),
            Map.entry("01631aacd8276ea98491", "Array"),
            Map.entry("01631aacd8276ea98492", "Query Result"),
            Map.entry("01631aacd8276ea98493", "Query"),
            Map.entry("018119241abce0e5696e", "Map"),
            Map.entry("016cfca73e63f9ab5ba4", "Text"));

    private static final Set<String> INTERFACE = Set.of(
            "0168a431d25001540001",
            "0168a431d25001540002",
            "016ac63229782039429f",
            "016ac63808535703691c",
            "016ac6322acf67eebfe7",
            "016ac4f59c592b862457",
            "016ac4f59dd99f5df3e1",
            "ff021000000000000005");

    private static final Set<String> INTERFACE_RELATIONS =
            Set.of(INPUTS, OUTPUTS, "ff02200000000000000c", KnownTags.EXTENDS, KnownTags.MODEL);

    private static final Set<String> ABOUT = Set.of(KnownTags.DOCUMENTS, ABOUT_OBJECT, ABOUT_PROPERTY);
    private static final Set<String> ASIDE = Set.of(DOCUMENTATION, POSITION, RANK, PROPERTY_METADATA);

    private Words() {}

    /** Returns what Draw calls the instances of a model that are bricks. */
    public static Optional<String> brick(String model) {
        return Optional.ofNullable(FOLDERS.get(model)).or(() -> Optional.ofNullable(BRICKS.get(model)));
    }

    /** Returns what Draw calls the instances of a model that are parts of bricks. */
    public static Optional<String> part(String model) {
        return Optional.ofNullable(PARTS.get(model));
    }

    public static Optional<String> property(String tag) {
        return Optional.ofNullable(PROPERTIES.get(tag));
    }

    public static Optional<String> relation(String tag) {
        return Optional.ofNullable(RELATIONS.get(tag));
    }

    /** Returns the name of a type of values. */
    public static Optional<String> type(String tag) {
        return Optional.ofNullable(TYPES.get(tag));
    }

    /** Returns whether one of the words is for this tag. */
    public static boolean know(String tag) {
        return brick(tag).isPresent()
                || type(tag).isPresent()
                || part(tag).isPresent()
                || property(tag).isPresent()
                || relation(tag).isPresent();
    }

    /** Returns whether a model's instances are what a brick shows to those who use it: inputs, outputs and properties. */
    public static boolean isInterface(String model) {
        return INTERFACE.contains(model);
    }

    /** Returns whether a relation ties a brick to what it shows to those who use it, or to what it builds on. */
    public static boolean isInterfaceRelation(String relation) {
        return INTERFACE_RELATIONS.contains(relation);
    }

    /** Returns whether a relation leads from such an instance to what it says something about. */
    public static boolean isAbout(String relation) {
        return ABOUT.contains(relation);
    }

    /** Returns whether a model's instances hold bricks. */
    public static boolean isFolder(String model) {
        return FOLDERS.containsKey(model);
    }

    /** Returns whether a model's instances say something about another instance, and are nothing by themselves. */
    public static boolean isAside(String model) {
        return ASIDE.contains(model);
    }
}
