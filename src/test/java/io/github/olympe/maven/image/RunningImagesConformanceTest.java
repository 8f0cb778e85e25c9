package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.LayoutBaseImages;
import io.github.olympe.maven.testing.RequiredProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in an image runs: on base images made of Debian's nginx and of Node.js, unpacked and started in a chroot. */
class RunningImagesConformanceTest {

    private static final RequiredProgram CHROOT = new RequiredProgram("chroot", "coreutils");

    /** Copies a program with the libraries that it needs. */
    private static final String WITH_LIBRARIES = """
            with_libraries() {
                mkdir -p rootfs/usr/bin
                cp -L "$1" rootfs/usr/bin/
                ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
                    mkdir -p "rootfs$(dirname "$library")"
                    cp -L "$library" "rootfs$library"
                done
            }
            mkdir -p rootfs/etc rootfs/tmp rootfs/lib/x86_64-linux-gnu
            cp -L /lib/*/libnss_files.so.2 rootfs/lib/x86_64-linux-gnu/ 2>/dev/null || :
            printf 'root:x:0:0::/root:/bin/sh\\nnginx:x:4242:4242::/:/bin/sh\\nnode:x:1000:1000::/home/node:/bin/sh\\n' > rootfs/etc/passwd
            printf 'root:x:0:\\nnginx:x:4242:\\nnode:x:1000:\\n' > rootfs/etc/group
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private ImageTools tools;
    private int port;

    @BeforeEach
    void choosePort() {
        tools = new ImageTools(folder);
        port = FreePort.find();
    }

    @AfterEach
    void stopServers() throws InterruptedException {
        for (Process process : processes) {
            stop(process);
        }
    }

    @Test
    void nginxServesThePagesAndTellsChangedOnesFromUnchangedOnes() throws Exception {
        ImageTools.bash(folder, WITH_LIBRARIES + """
                with_libraries "$(command -v nginx || echo /usr/sbin/nginx)"
                mkdir -p rootfs/usr/share/nginx/html rootfs/var/log/nginx rootfs/var/lib/nginx rootfs/run rootfs/dev
                cat > rootfs/etc/nginx.conf <<END
                user nginx root;
                error_log stderr;
                pid /run/nginx.pid;
                events {}
                http { access_log off; server { listen 127.0.0.1:%d; root /usr/share/nginx/html; } }
                END
                """.formatted(port));
        tools.build("base", folder, "FROM scratch\nCOPY rootfs/ /\n");
        tools.toLayout("base", folder.resolve("bases"));
        Path pages = Files.createDirectories(folder.resolve("dist/web"));
        Files.writeString(pages.resolve("index.html"), "<html>one</html>");
        Files.writeString(pages.resolve("version.json"), "{\"v\":1}");
        // Only the owner may read it, and that is nginx.
        ImageTools.bash(pages, "chmod 600 index.html");

        Process first = start(
                image(Specs.frontend(folder, "localhost/x:base"), 1),
                "/usr/bin/nginx",
                "-c",
                "/etc/nginx.conf",
                "-g",
                "daemon off;");
        HttpResponse<String> page = fetch("/index.html");
        HttpResponse<String> version = fetch("/version.json");
        assertThat(page.body()).isEqualTo("<html>one</html>");
        assertThat(lastModified(page)).isBefore(Instant.now());
        stop(first);

        // Another content of the same size, and the other file written anew with the same content.
        Files.delete(pages.resolve("version.json"));
        Files.writeString(pages.resolve("version.json"), "{\"v\":1}");
        Files.writeString(pages.resolve("index.html"), "<html>two</html>");
        start(
                image(Specs.frontend(folder, "localhost/x:base"), 2),
                "/usr/bin/nginx",
                "-c",
                "/etc/nginx.conf",
                "-g",
                "daemon off;");
        HttpResponse<String> changed = fetch("/index.html", "If-None-Match", header(page, "etag"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("<html>two</html>");
        assertThat(header(changed, "etag")).isNotEqualTo(header(page, "etag"));
        assertThat(header(changed, "last-modified")).isNotEqualTo(header(page, "last-modified"));
        assertThat(fetch("/index.html", "If-Modified-Since", header(page, "last-modified"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fetch("/version.json", "If-None-Match", header(version, "etag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(fetch("/version.json", "If-Modified-Since", header(version, "last-modified"))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void nodeRunsTheServiceWithItsLinkedPackages() throws Exception {
        ImageTools.bash(folder, WITH_LIBRARIES + """
                with_libraries "$(command -v node)"
                mkdir -p rootfs/home/node
                """);
        tools.build("base", folder, "FROM scratch\nCOPY rootfs/ /\n");
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
        start(
                image(Specs.backend(folder, "localhost/x:base"), 1),
                "/usr/bin/node",
                "/home/node/app/main.js",
                String.valueOf(port));
        assertThat(fetch("/").body()).isEqualTo("hello world");
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

    private Process start(Path root, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(CHROOT.path(), root.toString()));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private HttpResponse<String> fetch(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                boolean over = Instant.now().isAfter(deadline)
                        || !processes.get(processes.size() - 1).isAlive();
                if (over) {
                    throw new AssertionError("no answer: " + Files.readString(folder.resolve("server.log")), e);
                }
                Thread.sleep(100);
            }
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static Instant lastModified(HttpResponse<?> response) {
        return ZonedDateTime.parse(header(response, "last-modified"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
