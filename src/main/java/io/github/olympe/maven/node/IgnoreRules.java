package io.github.olympe.maven.node;

import io.github.olympe.maven.io.FileNames;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what git ignores in a work tree, see gitignore(5). JGit's own iterator cannot open files whose names the locale cannot
 * represent.
 */
public final class IgnoreRules {

    private final Path workTree;

    /** Rules of the repository and of the user, the stronger first. */
    private final List<IgnoreNode> general;

    private final Map<String, Optional<IgnoreNode>> ofFolders = new HashMap<>();

    private IgnoreRules(Path workTree, List<IgnoreNode> general) {
        this.workTree = workTree;
        this.general = general;
    }

    static IgnoreRules of(Path workTree, File commonDirectory) throws IOException {
        List<IgnoreNode> general = new ArrayList<>();
        read(commonDirectory.toPath().resolve("info/exclude")).ifPresent(general::add);
        Optional<Path> ofUser = ofUser(commonDirectory);
        if (ofUser.isPresent()) {
            read(ofUser.get()).ifPresent(general::add);
        }
        return new IgnoreRules(workTree, general);
    }

    /** {@code core.excludesFile}, else its default. */
    private static Optional<Path> ofUser(File commonDirectory) throws IOException {
        SystemReader system = SystemReader.getInstance();
        try {
            Config config =
                    new FileBasedConfig(system.getUserConfig(), new File(commonDirectory, "config"), FS.DETECTED);
            ((FileBasedConfig) config).load();
            String named = config.getString("core", null, "excludesFile");
            if (named != null) {
                return Optional.of(
                        named.startsWith("~/")
                                ? Path.of(System.getProperty("user.home")).resolve(named.substring(2))
                                : Path.of(named));
            }
            @Nullable String xdg = system.getenv("XDG_CONFIG_HOME");
            Path configuration =
                    xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(xdg);
            return Optional.of(configuration.resolve("git/ignore"));
        } catch (ConfigInvalidException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<IgnoreNode> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        IgnoreNode node = new IgnoreNode();
        try (InputStream in = Files.newInputStream(file)) {
            node.parse(in);
        }
        return Optional.of(node);
    }

    /**
     * Whether a path is ignored, if the folders above it are not.
     *
     * @param path the path in the work tree, with {@code /} between names
     */
    boolean ignores(String path, boolean isFolder) throws IOException {
        for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
            Optional<IgnoreNode> node = ofFolder(slash < 0 ? "" : path.substring(0, slash));
            Boolean ignored = node.isEmpty() ? null : node.get().checkIgnored(path.substring(slash + 1), isFolder);
            if (ignored != null) {
                return ignored;
            }
            if (slash < 0) {
                break;
            }
        }
        for (IgnoreNode node : general) {
            Boolean ignored = node.checkIgnored(path, isFolder);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    /** Whether a path or a folder above it is ignored. */
    boolean ignoresOrAbove(String path, boolean isFolder) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (ignores(path.substring(0, slash), true)) {
                return true;
            }
        }
        return !path.isEmpty() && ignores(path, isFolder);
    }

    private Optional<IgnoreNode> ofFolder(String folder) throws IOException {
        Optional<IgnoreNode> known = ofFolders.get(folder);
        if (known == null) {
            known = read(FileNames.resolve(workTree, folder).resolve(".gitignore"));
            ofFolders.put(folder, known);
        }
        return known;
    }
}
