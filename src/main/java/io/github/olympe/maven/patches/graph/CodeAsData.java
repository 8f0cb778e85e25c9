package io.github.olympe.maven.patches.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of code as data: those of a snapshot, or those that {@code olympe buildCodeAsData} gathers from several packages, with
 * {@code import_order.json} that lists the packages' folders.
 *
 * @param tree all files
 * @param packages the gathered packages in the order in which they are imported; empty for a snapshot
 */
public record CodeAsData(ContentTree tree, List<Package> packages) {

    private static final String IMPORT_ORDER = "import_order.json";
    private static final int LARGEST_MEBIBYTES = 4;

    /**
     * One package of code as data.
     *
     * @param name the npm package's name
     * @param folder the folder with its patches
     */
    public record Package(String name, String folder) {}

    public CodeAsData {
        packages = List.copyOf(packages);
    }

    /**
     * Lists the files of a tree. Patches are not read yet.
     *
     * @throws OlympeException if {@code import_order.json} exists but is broken
     */
    public static CodeAsData of(ContentTree tree) {
        Content order = tree.files().get(IMPORT_ORDER);
        return new CodeAsData(tree, order == null ? List.of() : packages(order));
    }

    /** Returns the patches by their paths, in the order in which they are imported. */
    public Map<String, Content> patches() {
        List<Map<String, Content>> byPackage = new ArrayList<>();
        for (int i = 0; i <= packages.size(); i++) {
            byPackage.add(new LinkedHashMap<>());
        }
        tree.files().forEach((path, content) -> {
            if (PatchReader.isPatch(path)) {
                byPackage.get(rank(path)).put(path, content);
            }
        });
        Map<String, Content> patches = new LinkedHashMap<>();
        byPackage.forEach(patches::putAll);
        return patches;
    }

    /**
     * Reads all patches.
     *
     * @throws OlympeException if one of them is broken
     */
    public Graph graph(Interner interner) {
        PatchReader reader = new PatchReader(interner);
        GraphBuilder graph = new GraphBuilder();
        patches().values().forEach(patch -> reader.read(patch, graph));
        return graph.build();
    }

    /** Returns the part of one package as the tree of a snapshot, absent if the package was not gathered. */
    public Optional<CodeAsData> of(String packageName) {
        return packages.stream()
                .filter(one -> one.name().equals(packageName))
                .findFirst()
                .map(one -> new CodeAsData(tree.below(one.folder()), List.of()));
    }

    private int rank(String path) {
        for (int i = 0; i < packages.size(); i++) {
            if (path.startsWith(packages.get(i).folder() + "/")) {
                return i;
            }
        }
        return packages.size();
    }

    private static List<Package> packages(Content order) {
        try (InputStream in = order.open()) {
            JsonNode list = ForeignText.json(ForeignText.decoded(in.readNBytes(LARGEST_MEBIBYTES << 20)));
            List<Package> packages = new ArrayList<>();
            for (JsonNode one : list) {
                if (one.path("path").isTextual()) {
                    packages.add(new Package(
                            one.path("name").asText(), one.path("path").textValue()));
                }
            }
            return packages;
        } catch (ForeignText.Malformed e) {
            throw new OlympeException(
                    "The file '" + order.place() + "' is broken: " + e.reason()
                            + ". Build the code as data again with the goal build-code-as-data.",
                    e);
        } catch (IOException e) {
            throw order.unreadable(e);
        }
    }
}
