package io.github.olympe.maven.image.dockerfile.forms;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.ImageTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The base images and the build context of the Dockerfiles that are compared. */
final class DockerfileFixture {

    private static final String ROOTFS = """
            mkdir -p rootfs/bin rootfs/etc/nginx rootfs/home/node rootfs/root/patches/old rootfs/srv/js rootfs/srv/replaced/deep \
                rootfs/usr/share/nginx/html rootfs/tmp rootfs/shared
            printf 'root:x:0:0:root:/root:/bin/sh\\nnginx:x:4242:4343::/:/bin/sh\\nnode:x:1000:1000::/home/node:/bin/sh\\n' \
                > rootfs/etc/passwd
            printf 'root:x:0:\\nnginx:x:4343:\\nnode:x:1000:\\nextra:x:77:node\\n' > rootfs/etc/group
            echo old > rootfs/usr/share/nginx/html/index.html
            echo 50x > rootfs/usr/share/nginx/html/50x.html
            echo conf > rootfs/etc/nginx/nginx.conf
            ln -s nginx/nginx.conf rootfs/etc/link
            ln -s usr/share/nginx/html rootfs/web
            echo '{}' > rootfs/root/patches/old/own.json
            ln -s own.json rootfs/root/patches/old/link
            echo js > rootfs/srv/js/old.js; echo file > rootfs/srv/file; echo r > rootfs/srv/replaced/deep/f; ln -s /tmp rootfs/srv/link
            """;

    private static final String BUSYBOX = """
            mkdir -p busybox; cp -a rootfs busybox/; cp "$(command -v busybox)" busybox/rootfs/bin/busybox
            for applet in sh chmod chown chgrp mkdir ln rm mv cp touch true; do ln -s busybox busybox/rootfs/bin/$applet; done
            """;

    private static final String GNU = """
            mkdir -p gnu; cp -a rootfs gnu/; mkdir -p gnu/rootfs/lib gnu/rootfs/lib64
            for program in chmod chown chgrp mkdir ln rm mv cp touch true; do cp -L "$(type -P $program)" gnu/rootfs/bin/; done
            cp -L "$(type -P dash)" gnu/rootfs/bin/sh
            for library in $(for p in gnu/rootfs/bin/*; do ldd $p; done | grep -o '/[^ ]*' | sort -u); do
                mkdir -p "gnu/rootfs$(dirname $library)"; cp -L $library "gnu/rootfs$library"
            done
            """;

    private static final String OWNERS_HERE = """
            chown 1000:1000 home/node && chmod 750 home/node && chmod 700 root && chmod 1777 tmp && chmod 711 srv \
             && chown 5:6 srv && chown 0:9 shared && chmod 2775 shared && chmod 640 root/patches/old/own.json && chmod 755 root/patches
            """;

    private static final String OWNERS = "RUN " + OWNERS_HERE;

    private static final String OTHER = """
            FROM scratch
            COPY --chown=7:8 rootfs/etc/passwd /etc/
            COPY --chown=9 rootfs/srv /srv
            """;

    private static final String CONFIGURED = """
            FROM localhost/base:base
            ENV BASE=base BASE_DIR=/opt/base
            WORKDIR /opt/base
            LABEL base=label other=label
            EXPOSE 80
            VOLUME /data
            USER 0:0
            STOPSIGNAL SIGINT
            HEALTHCHECK --retries=2 CMD true
            ENTRYPOINT ["/base"]
            CMD ["run"]
            """;

    private static final String TRIGGERING = """
            FROM localhost/base:base
            ONBUILD COPY docker /triggered
            ONBUILD RUN chmod 600 /triggered/nginx.conf && touch /triggered/made
            ONBUILD ENV TRIGGERED=yes
            """;

    private static final String CONTEXT = """
            umask 022
            mkdir -p dist/web/js dist/web/private docker odd/hard links conflicts/js/old.js conflicts/link ignored/kept
            echo '<html>' > dist/web/index.html; echo code > dist/web/js/main.js; echo 2 > dist/web/js/2.js; echo k > dist/web/private/key
            chmod 700 dist/web/private; chmod 600 dist/web/private/key; chmod 775 dist/web/js; chmod 664 dist/web/js/2.js
            echo 'conf {}' > docker/nginx.conf; printf '#!/bin/sh\\n' > docker/start.sh; chmod 755 docker/start.sh; chmod 640 docker/nginx.conf
            echo s > 'odd/with space'; echo q > "odd/q'uote\\""; echo h > odd/.hidden; mkdir odd/.folder odd/empty; echo n > $'odd/\\xc3\\xa9'
            echo l > $'odd/line\\nbreak'; echo no | gzip -n > odd/fake.gz; : > odd/hard/empty; echo h > odd/hard/a; ln odd/hard/a odd/hard/b
            echo u > odd/setuid; chmod 6755 odd/setuid; chmod 1777 odd/empty
            ln -s ../docker/nginx.conf links/to-file; ln -s ../dist/web links/to-folder; ln -s nowhere links/dangling; ln -s /etc/passwd links/absolute
            echo f > conflicts/replaced; echo x > conflicts/js/old.js/x; echo y > conflicts/link/y; mkdir conflicts/file; echo z > conflicts/file/z
            echo i > ignored/file; echo kept > ignored/kept/file; echo map > dist/web/js/main.js.map
            printf '# not for images\\n**/*.map\\nignored\\n!ignored/kept\\n.dockerignore\\n' > .dockerignore
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private DockerfileFixture() {}

    /** Makes the file systems of the base images with BusyBox's and with GNU's commands: {@code busybox/rootfs} and {@code gnu/rootfs}. */
    static void makeRoots(Path folder) {
        ImageTools.bash(folder, ROOTFS + BUSYBOX + GNU);
        for (String root : List.of("busybox/rootfs", "gnu/rootfs")) {
            ImageTools.bash(folder.resolve(root), OWNERS_HERE);
        }
    }

    /** Builds the base images, each into the layout under its name. */
    static void make(Path folder, Path context, ImageTools tools, Path bases) throws IOException {
        ImageTools.bash(folder, ROOTFS + BUSYBOX + GNU);
        ImageTools.bash(context, CONTEXT);
        tools.build("base:base", folder.resolve("busybox"), "FROM scratch\nCOPY rootfs/ /\n" + OWNERS);
        tools.build("gnu:gnu", folder.resolve("gnu"), "FROM scratch\nCOPY rootfs/ /\n" + OWNERS);
        tools.build("other:other", folder, OTHER);
        tools.build("configured:configured", folder, CONFIGURED, "--format", "docker", "--identity-label=false");
        tools.build("triggering:triggering", folder, TRIGGERING, "--format", "docker", "--identity-label=false");
        for (String name : List.of("base", "gnu", "other", "configured", "triggering")) {
            addTo(bases, name, push(tools, folder, name));
        }
    }

    /** Makes an image in docker's format, because OCI's has neither health checks nor triggers. */
    private static Path push(ImageTools tools, Path folder, String name) {
        Path image = folder.resolve("pushed-" + name);
        tools.buildah("push", "--quiet", "--format", "v2s2", "localhost/" + name + ":" + name, "dir:" + image);
        return image;
    }

    /** Adds an image to a layout. */
    private static void addTo(Path layout, String name, Path image) throws IOException {
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        try (Stream<Path> files = Files.list(image)) {
            for (Path file : files.filter(each -> !each.endsWith("version")).toList()) {
                Files.copy(
                        file,
                        blobs.resolve(Digest.of(Files.readAllBytes(file)).hex()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        byte[] manifest = Files.readAllBytes(image.resolve("manifest.json"));
        Path index = layout.resolve("index.json");
        ObjectNode json = Files.exists(index)
                ? (ObjectNode) JSON.readTree(index.toFile())
                : JSON.createObjectNode().put("schemaVersion", 2);
        ObjectNode entry = json.withArray("/manifests").addObject();
        entry.put("mediaType", JSON.readTree(manifest).path("mediaType").asText());
        entry.put("digest", Digest.of(manifest).value());
        entry.put("size", manifest.length);
        entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        JSON.writeValue(index.toFile(), json);
    }
}
