package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.LayoutBaseImages;
import io.github.olympe.maven.testing.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares each Dockerfile of Olympe's documentation, built by buildah, with the same image assembled by the plugin. umoci unpacks both.
 * Every path is equal, including those of the base image.
 */
class DockerfileConformanceTest {

    /** A base image with three layers. The upper ones change and delete files of the lower ones. */
    private static final String BASE = """
            FROM scratch
            COPY rootfs/ /
            RUN chown 1000:1000 /home/node && chmod 750 /home/node && chmod 700 /root && chmod 755 /root/patches \
             && chown 4242:4343 /usr/share/nginx/html && chmod 1711 /usr/share/nginx/html && chown -R 7:8 /root/patches/old
            """;

    private static final String UPPER = """
            FROM localhost/lower
            RUN sed -i s/101/4242/ /etc/passwd && rm -r /srv/removed && ln -s /usr/share/nginx /web \
             && chmod 600 /root/patches/old/own.json
            """;

    private static final String ROOTFS = """
            mkdir -p rootfs/bin rootfs/etc rootfs/home/node rootfs/root/patches/old/deep rootfs/srv/removed \
                rootfs/usr/share/nginx/html rootfs/tmp
            cp "$(command -v busybox)" rootfs/bin/busybox
            for applet in sh chmod chown sed rm ln; do ln -s busybox rootfs/bin/$applet; done
            printf 'root:x:0:0:root:/root:/bin/sh\\nnginx:x:101:4343::/:/bin/sh\\nnode:x:1000:1000::/home/node:/bin/sh\\n' \
                > rootfs/etc/passwd
            printf 'root:x:0:\\nnginx:x:4343:\\nnode:x:1000:\\n' > rootfs/etc/group
            echo old > rootfs/usr/share/nginx/html/index.html
            echo 50x > rootfs/usr/share/nginx/html/50x.html
            echo '{}' > rootfs/root/patches/old/own.json
            echo deep > rootfs/root/patches/old/deep/file
            ln -s own.json rootfs/root/patches/old/link
            """;

    /** Everything that a tree can contain. */
    private static final String HARD_CASES = """
            echo '<html>' > index.html
            mkdir -p folder/sub empty .dotted "with space" $'line\\nbreak' 'quo"te' "quo'te" 'back\\slash' private 'star*'
            echo 1 > folder/file; echo 2 > folder/sub/file; : > empty-file; echo 3 > .dotfile; echo 4 > .dotted/.file
            echo 5 > "with space/a b"; echo 6 > $'line\\nbreak/new\\nline'; echo 7 > 'quo"te/f"'; echo 8 > "quo'te/f'"
            echo 9 > 'back\\slash/f'; echo 10 > 'star*/[x]?'
            printf 'n' > $'\\xc3\\xa9t\\xc3\\xa9'; mkdir $'\\xe6\\x97\\xa5\\xe6\\x9c\\xac'; echo n > $'\\xe6\\x97\\xa5\\xe6\\x9c\\xac/\\xf0\\x9f\\x98\\x80'
            ln -s index.html to-file; ln -s folder to-folder; ln -s nowhere dangling; ln -s /etc/passwd absolute
            ln -s ../../../outside out-of-tree; ln -s $'\\xc3\\xa9t\\xc3\\xa9' non-ascii-target; ln -s . self
            ln -s "$(printf 'l%.0s' $(seq 150))" long-target
            ln index.html folder/hard; ln folder/file folder/sub/hard; ln index.html hard
            printf '#!/bin/sh\\n' > run.sh; chmod 755 run.sh; chmod 444 folder/file; chmod 000 empty-file
            echo s > setuid; chmod 6755 setuid; mkdir sticky setgid readonly; chmod 1777 sticky; chmod 2755 setgid
            echo r > readonly/f; chmod 555 readonly; chmod 700 folder/sub
            long=$(printf 'x%.0s' $(seq 90)); mkdir -p "$long/$long/$long"; echo long > "$long/$long/$long/file"
            echo over100 > "$(printf 'y%.0s' $(seq 120))"; echo longest > "$(printf 'z%.0s' $(seq 255))"
            : > "$(printf 'w%.0s' $(seq 100))"; : > "$(printf 'v%.0s' $(seq 99))"
            echo map > folder/a.map; echo map > b.map; echo p > private/secret; echo k > private/kept
            """;

    private static final String MANY = """
            for i in $(seq 70); do mkdir -p many/$i; (cd many/$i; for j in $(seq 400); do echo $i-$j > f$j.js; done); done
            truncate -s 1100M large; printf start | dd of=large conv=notrunc status=none
            printf end | dd of=large conv=notrunc status=none bs=1M seek=1050
            """;

    private static Path folder;
    private static ImageTools tools;
    private static Path context;
    private static Path bases;

    @BeforeAll
    static void makeBaseImageAndTrees() throws IOException {
        folder = ScratchFolder.create("olympe-dockerfile", 8L << 30);
        tools = new ImageTools(folder);
        context = Files.createDirectories(folder.resolve("context"));
        bases = folder.resolve("bases");
        ImageTools.bash(folder, ROOTFS);
        tools.build("lower", folder, BASE);
        tools.build("base", folder, UPPER);
        tools.toLayout("base", bases);
        for (String name : List.of("web", "node", "codeAsData")) {
            Path source = Files.createDirectories(context.resolve("dist").resolve(name));
            ImageTools.bash(source, HARD_CASES);
        }
        Files.writeString(
                context.resolve(".dockerignore"),
                "# what no image needs\n**/*.map\ndist/*/private\n!dist/web/private/kept\n!dist/node/private/kept\n!dist/codeAsData/private/kept\n/snapshot\nnode_modules\n");
    }

    @AfterAll
    static void removeFiles() {
        ScratchFolder.remove(folder);
    }

    @Test
    void frontend() throws IOException {
        compare(Specs.frontend(context, "localhost/x:base"), """
                FROM localhost/base
                COPY --chown=nginx:root dist/web /usr/share/nginx/html
                """);
    }

    /** With a file over 1 GiB and 50,000 files, including the packages of a real project. */
    @Test
    void backend() throws IOException {
        Path source = context.resolve("dist/node");
        ImageTools.bash(source, MANY);
        Path packages = Files.createDirectories(source.resolve("modules"));
        Path demo = Path.of("src/it/demo").toAbsolutePath();
        ImageTools.bash(
                packages,
                "cp " + demo + "/package.json " + demo
                        + "/package-lock.json . && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2"
                        // The .dockerignore of the context excludes a folder with this name, but only at its top.
                        + " && test -L node_modules/.bin/olympe");
        List<String> compared = compare(Specs.backend(context, "localhost/x:base"), """
                FROM localhost/base
                COPY dist/node /home/node/app
                """);
        // Each file has two lines; one is for its content.
        assertThat(compared).hasSizeGreaterThan(2 * 50_000);
    }

    @Test
    void codeAsData() throws IOException {
        compare(Specs.codeAsData(context, "localhost/x:base"), """
                FROM localhost/base
                COPY --chown=1000:1000 dist/codeAsData /root/patches
                RUN chmod 775 ~/patches
                RUN chown -R 1000:1000 ~/patches
                """);
    }

    @Test
    void aTargetThatTheBaseImageDoesNotHave() throws IOException {
        compare(
                Specs.spec(
                        ImageKind.FRONTEND,
                        "new-target",
                        context,
                        "localhost/x:base",
                        "dist/web",
                        "/srv/new/deep",
                        "nginx"),
                "FROM localhost/base\nCOPY --chown=nginx dist/web /srv/new/deep\n");
    }

    @Test
    void aTargetBehindALink() throws IOException {
        compare(
                Specs.spec(ImageKind.FRONTEND, "link", context, "localhost/x:base", "dist/web", "/web/html/app", "55"),
                "FROM localhost/base\nCOPY --chown=55 dist/web /web/html/app\n");
    }

    /** The paths of both. */
    private List<String> compare(ImageSpec spec, String dockerfile) throws IOException {
        tools.build(spec.name(), context, dockerfile);
        Path theirs = folder.resolve("theirs");
        tools.toUncompressedLayout(spec.name(), theirs);
        List<String> expected = ImageTools.describe(tools.unpack(theirs, spec.name()));

        Path images = folder.resolve("images-" + spec.name());
        new ImageAssembler(new LayoutBaseImages(bases), folder.resolve("cache"), new RecordedLog())
                .assemble(List.of(spec), images, true);
        Path ours = Files.createDirectories(folder.resolve("ours-" + spec.name()));
        ImageTools.bash(ours, "tar xf " + images.resolve(spec.name() + ".tar"));
        List<String> actual = ImageTools.describe(tools.unpack(ours, "t1"));

        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(without(expected, actual)).as("only in buildah's").isEmpty();
        assertThat(without(actual, expected)).as("only in ours").isEmpty();
        assertThat(actual).hasSameSizeAs(expected);
        return expected;
    }

    private static Set<String> without(List<String> lines, List<String> others) {
        Set<String> rest = new TreeSet<>(lines);
        others.forEach(rest::remove);
        return rest;
    }
}
