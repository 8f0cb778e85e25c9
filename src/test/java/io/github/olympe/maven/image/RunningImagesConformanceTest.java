package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.ChrootedServer;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.LayoutBaseImages;
import io.github.olympe.maven.testing.RunnableBaseImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of images runs: on base images with Debian's nginx and with Node.js, unpacked and started in a chroot. */
class RunningImagesConformanceTest {

    @TempDir
    Path folder;

    private ImageTools tools;
    private int port;

    @BeforeEach
    void choosePort() {
        tools = new ImageTools(folder);
        port = FreePort.find();
    }

    @Test
    void nginxServesThePagesAndDistinguishesChangedFromUnchangedOnes() throws Exception {
        RunnableBaseImages.nginx(tools, folder, "base", port);
        tools.toLayout("base", folder.resolve("bases"));
        Path pages = Files.createDirectories(folder.resolve("dist/web"));
        Files.writeString(pages.resolve("index.html"), "<html>one</html>");
        Files.writeString(pages.resolve("version.json"), "{\"v\":1}");
        // Only the owner may read it, which is nginx.
        ImageTools.bash(pages, "chmod 600 index.html");

        Path image = image(Specs.frontend(folder, "localhost/x:base"), 1);
        HttpResponse<String> page;
        HttpResponse<String> version;
        try (ChrootedServer nginx = ChrootedServer.start(image, port, RunnableBaseImages.nginxCommand())) {
            page = nginx.fetch("/index.html");
            version = nginx.fetch("/version.json");
        }
        assertThat(page.body()).isEqualTo("<html>one</html>");
        assertThat(lastModified(page)).isBefore(Instant.now());

        // One file gets another content of the same size, the other is written again with the same content.
        Files.delete(pages.resolve("version.json"));
        Files.writeString(pages.resolve("version.json"), "{\"v\":1}");
        Files.writeString(pages.resolve("index.html"), "<html>two</html>");
        Path next = image(Specs.frontend(folder, "localhost/x:base"), 2);
        try (ChrootedServer nginx = ChrootedServer.start(next, port, RunnableBaseImages.nginxCommand())) {
            HttpResponse<String> changed = nginx.fetch("/index.html", "If-None-Match", header(page, "etag"));
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.body()).isEqualTo("<html>two</html>");
            assertThat(header(changed, "etag")).isNotEqualTo(header(page, "etag"));
            assertThat(header(changed, "last-modified")).isNotEqualTo(header(page, "last-modified"));
            assertThat(nginx.fetch("/index.html", "If-Modified-Since", header(page, "last-modified"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(nginx.fetch("/version.json", "If-None-Match", header(version, "etag"))
                            .statusCode())
                    .isEqualTo(304);
            assertThat(nginx.fetch("/version.json", "If-Modified-Since", header(version, "last-modified"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void nodeRunsTheServiceWithItsLinkedPackages() throws Exception {
        RunnableBaseImages.node(tools, folder, "base");
        tools.toLayout("base", folder.resolve("bases"));
        Path service = Files.createDirectories(folder.resolve("dist/node"));
        ImageTools.bash(service, """
                mkdir -p node_modules/.bin packages/greeting
                echo 'module.exports = name => `hello ${name}`' > packages/greeting/index.js
                ln -s ../packages/greeting node_modules/greeting
                ln -s ../greeting/index.js node_modules/.bin/greeting
                cat > main.js <<'END'
                const greeting = require('greeting');
                require('http').createServer((request, response) => response.end(greeting('world'))).listen(process.argv[2], '127.0.0.1');
                END
                """);
        Path image = image(Specs.backend(folder, "localhost/x:base"), 1);
        try (ChrootedServer server =
                ChrootedServer.start(image, port, "/usr/bin/node", "/home/node/app/main.js", String.valueOf(port))) {
            assertThat(server.fetch("/").body()).isEqualTo("hello world");
        }
    }

    /** Assembles and unpacks an image. */
    private Path image(ImageSpec spec, int number) throws IOException {
        Path images = folder.resolve("images");
        new ImageAssembler(new LayoutBaseImages(folder.resolve("bases")), folder.resolve("cache"), new RecordedLog())
                .assemble(List.of(spec), images, true);
        Path layout = Files.createDirectories(folder.resolve("image" + number));
        ImageTools.bash(layout, "tar xf " + images.resolve(spec.name() + ".tar"));
        return tools.unpack(layout, "t1");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static Instant lastModified(HttpResponse<?> response) {
        return ZonedDateTime.parse(header(response, "last-modified"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
