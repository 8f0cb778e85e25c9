package io.github.olympe.maven.testing;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Debian's image tools in a folder of their own: buildah builds Dockerfiles, umoci unpacks images. They must run as root, as in CI
 * containers.
 */
public final class ImageTools {

    private static final RequiredProgram BUILDAH = new RequiredProgram("buildah", "buildah");
    private static final RequiredProgram BASH = new RequiredProgram("bash", "bash");

    private final Path folder;
    private final List<String> storage;

    public ImageTools(Path folder) {
        this.folder = folder;
        this.storage = List.of();
    }

    /**
     * Creates tools that store images with this driver.
     *
     * @param driver {@code vfs} mounts nothing, and is the fastest for many small images
     */
    public ImageTools(Path folder, String driver) {
        this.folder = folder;
        this.storage = List.of("--storage-driver", driver);
    }

    /** Builds a Dockerfile's text with this build context, and tags the image. */
    public void build(String tag, Path context, String dockerfile, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("Dockerfile-" + tag.replace(":", "-")), dockerfile);
        List<String> arguments = new ArrayList<>(List.of("bud", "--isolation", "chroot", "--quiet"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--tag", "localhost/" + tag, "--file", file.toString(), context.toString()));
        buildah(arguments.toArray(String[]::new));
    }

    /** Pushes built images, each for its own platform, as one image to a registry without TLS. */
    public void pushIndex(String name, List<String> tags, String reference) {
        buildah("manifest", "create", "localhost/" + name);
        tags.forEach(tag -> buildah("manifest", "add", "localhost/" + name, "localhost/" + tag));
        buildah("manifest", "push", "--all", "--tls-verify=false", "localhost/" + name, "docker://" + reference);
    }

    /** Writes a built image into an OCI layout folder, under its tag. */
    public void toLayout(String tag, Path layout) {
        buildah("push", "--quiet", "localhost/" + tag, "oci:" + layout + ":" + tag);
    }

    /** Does what {@link #toLayout} does, with uncompressed layers, for tests that only inspect their content. */
    public void toUncompressedLayout(String tag, Path layout) {
        buildah("push", "--quiet", "--disable-compression", "localhost/" + tag, "oci:" + layout + ":" + tag);
    }

    /** Pushes a built image to a registry without TLS. */
    public void push(String tag, String reference) {
        buildah("push", "--quiet", "--tls-verify=false", "localhost/" + tag, "docker://" + reference);
    }

    public String buildah(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--root",
                folder.resolve("storage").toString(),
                "--runroot",
                folder.resolve("run").toString()));
        all.addAll(storage);
        all.addAll(Arrays.asList(arguments));
        return BUILDAH.run(all.toArray(String[]::new));
    }

    /** Unpacks an image of an OCI layout folder, and returns the folder of its root file system. */
    public Path unpack(Path layout, String tag) throws IOException {
        Path root = folder.resolve("unpacked-" + layout.getFileName() + "-" + tag);
        FileTree.delete(root); // Otherwise files of another image with this name would stay among its files.
        RequiredProgram.UMOCI.run("raw", "unpack", "--image", layout + ":" + tag, root.toString());
        return root;
    }

    /** Runs a bash script in a folder. */
    public static String bash(Path directory, String script) {
        return BASH.run("-euc", "cd \"$1\"; export LC_ALL=C; " + script, "bash", directory.toString());
    }

    /**
     * Returns every path below a folder with its type, mode and owner, for files also size and BLAKE2, and for links their target. Each is
     * on one line, with line breaks in names written as {@code \n}.
     */
    public static List<String> describe(Path root) {
        String paths = bash(root, """
                find . \\( -type d -printf '%p %y %m %U:%G\\0' \\) \
                    -o \\( -type l -printf '%p %y %m %U:%G -> %l\\0' \\) \
                    -o \\( -printf '%p %y %m %U:%G %s\\0' \\) | sort -z | tr '\\n\\0' '\\001\\n'
                find . -type f -print0 | sort -z | xargs -0 -r b2sum -z | sort -z | tr '\\n\\0' '\\001\\n'
                """);
        return paths.lines().map(line -> line.replace("\u0001", "\\n")).toList();
    }

    /** Returns the text of a resource of the tests. */
    public static String resource(String name) {
        try (var in = ImageTools.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
