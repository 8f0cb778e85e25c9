package io.github.olympe.maven.patches;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.io.PathInside;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.patches.compare.TagScanner;
import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.GraphBuilder;
import io.github.olympe.maven.patches.graph.Interner;
import io.github.olympe.maven.patches.graph.PatchReader;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.FolderTree;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that installed npm packages give to tags: of properties, relations and models of Olympe's data model, and of the bricks of
 * libraries. A package with code as data names its folder in its {@code package.json} ({@code "codeAsData"}), which is where
 * {@code olympe buildCodeAsData} takes it from.
 */
public final class PackageNames implements CodeAsDataDiff.Names {

    private static final String PACKAGES = "node_modules";
    private static final String PACKAGE_JSON = "package.json";
    private static final int LARGEST_MEBIBYTES = 10;

    private final Path project;

    /**
     * @param project the project's folder; its packages may also be installed in a folder above, as in an npm workspace
     */
    public PackageNames(Path project) {
        this.project = project;
    }

    @Override
    public Map<String, String> of(Set<String> tags) {
        Map<String, String> names = new HashMap<>();
        Set<String> open = new HashSet<>(tags);
        for (Path folder : codeAsData()) {
            if (open.isEmpty()) {
                break;
            }
            find(folder, open, names);
        }
        return names;
    }

    private static void find(Path folder, Set<String> open, Map<String, String> names) {
        TagScanner scanner = new TagScanner(Set.copyOf(open));
        PatchReader reader = new PatchReader(new Interner());
        GraphBuilder found = new GraphBuilder();
        FolderTree.of(folder, folder.toString()).files().forEach((path, patch) -> {
            if (path.endsWith(".newInst.json") && defines(scanner, patch)) {
                reader.read(patch, found);
            }
        });
        Graph graph = found.build();
        for (String tag : List.copyOf(open)) {
            graph.instance(tag).flatMap(instance -> instance.name()).ifPresent(name -> {
                names.put(tag, name);
                open.remove(tag);
            });
        }
    }

    private static boolean defines(TagScanner scanner, Content patch) {
        try {
            return !scanner.scan(patch).defined().isEmpty();
        } catch (IOException e) {
            throw patch.unreadable(e);
        }
    }

    /** The folders with code as data of Olympe's packages first, then of the project's other dependencies. */
    private List<Path> codeAsData() {
        Set<Path> packages = new java.util.LinkedHashSet<>();
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            Path modules = folder.resolve(PACKAGES);
            if (Files.isDirectory(modules)) {
                packages.addAll(in(modules.resolve("@olympeio")));
                packages.addAll(in(modules.resolve("@olympeio-extensions")));
                packages.addAll(dependencies(modules));
            }
        }
        List<Path> folders = new ArrayList<>();
        packages.forEach(one -> read(one.resolve(PACKAGE_JSON))
                .map(json -> json.path("codeAsData").asText(""))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> PathInside.of(one, folder))
                .filter(Files::isDirectory)
                .ifPresent(folders::add));
        return folders;
    }

    /** The packages of a scope, {@code runtime-…} first: they have the data model. */
    private static List<Path> in(Path scope) {
        List<Path> packages = new ArrayList<>();
        if (Files.isDirectory(scope)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(scope)) {
                all.forEach(packages::add);
            } catch (IOException e) {
                return List.of();
            }
        }
        packages.sort(
                Comparator.comparing((Path one) -> !one.getFileName().toString().startsWith("runtime"))
                        .thenComparing(Comparator.naturalOrder()));
        return packages;
    }

    private List<Path> dependencies(Path modules) {
        List<Path> packages = new ArrayList<>();
        read(project.resolve(PACKAGE_JSON))
                .ifPresent(json -> json.path("dependencies")
                        .fieldNames()
                        .forEachRemaining(name -> PathInside.of(modules, name).ifPresent(packages::add)));
        return packages;
    }

    /** Names are only a help: without a readable package.json there are none. */
    private static Optional<JsonNode> read(Path packageJson) {
        try {
            return Files.isRegularFile(packageJson)
                    ? Optional.of(ForeignText.json(packageJson, LARGEST_MEBIBYTES))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
