package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.release.await.AwaitResult.State;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.RealProgram;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx, configured like Olympe's frontends, serves the old frontend and then the new one. */
@Timeout(120)
class AwaitConformanceTest {

    private static final String HTML = "usr/share/nginx/html/";

    @TempDir
    Path folder;

    private final int port = FreePort.find();
    private final List<String> lines = new ArrayList<>();
    private Process nginx;

    @BeforeEach
    void startNginx() throws IOException, InterruptedException {
        serve("old", "1");
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                %1$s
                daemon off;
                worker_processes 1;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log;
                events { worker_connections 64; }
                http {
                  include /etc/nginx/mime.types;
                  gzip on;
                  access_log %2$s/access.log;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  server {
                    listen 127.0.0.1:%3$d;
                    root %2$s/served;
                    location / { try_files $uri /index.html; }
                    location = /broken.txt { return 503; }
                  }
                }
                """.formatted(
                        System.getProperty("user.name").equals("root") ? "user root;" : "", folder, port));
        nginx = new ProcessBuilder(
                        RealProgram.find("nginx", "nginx-light").toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        FreePort.await(port);
    }

    @AfterEach
    void stopNginx() throws InterruptedException {
        nginx.descendants().forEach(ProcessHandle::destroy);
        nginx.destroy();
        nginx.waitFor();
    }

    private static Map<String, String> frontend(String version) {
        return Map.of(
                "index.html",
                "<!DOCTYPE html><script src=\"js/main.js\"></script>",
                "js/main.js",
                "console.log('" + version.repeat(2000) + "')",
                "broken.txt",
                version);
    }

    /** Serves this frontend from now on: the link is replaced atomically. */
    private void serve(String name, String version) throws IOException {
        for (Map.Entry<String, String> file : frontend(version).entrySet()) {
            Path path = folder.resolve(name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path link = Files.createSymbolicLink(folder.resolve(name + ".link"), folder.resolve(name));
        Files.move(link, folder.resolve("served"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static FrontendFiles image(String version) {
        LayerBlob layer = new LayerBlob();
        frontend(version).forEach((path, content) -> layer.file(HTML + path, content));
        byte[] blob = layer.bytes();
        return FrontendFiles.of(
                new FrontendLayers(
                        List.of(LayerBlob.descriptor(blob)), Set.of(), each -> new ByteArrayInputStream(blob)),
                Optional.empty(),
                Set.of());
    }

    private Visitor visitor() {
        HttpVisitor http =
                new HttpVisitor(HttpProxies.none(), "olympe-maven-plugin/1", Optional.empty(), Duration.ofSeconds(30));
        return (url, file) -> {
            Sight sight = http.look(url, file);
            lines.add("asked for " + file.path());
            return sight;
        };
    }

    /** Its pauses take no time. After the second one, {@code then} changes the environment. */
    private AwaitClock clock(Then then) {
        return new AwaitClock() {
            private int pauses;
            private Duration now = Duration.ZERO;

            @Override
            public Duration elapsed() {
                return now;
            }

            @Override
            public void pause(Duration pause) {
                now = now.plus(pause);
                if (++pauses == 2) {
                    try {
                        then.happens();
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
    }

    private interface Then {
        void happens() throws IOException, InterruptedException;
    }

    private AwaitResult await(Optional<AwaitedFile> file, Then then) {
        return new Waiting(url(), file.orElseThrow(), false, Duration.ofSeconds(20), visitor(), clock(then), lines::add)
                .run();
    }

    private AwaitUrl url() {
        return AwaitUrl.of("awaitUrl", "http://127.0.0.1:" + port + "/", false);
    }

    @Test
    void seesTheNewFrontendReplaceTheOldOne() {
        Optional<AwaitedFile> file = new FileChoice(image("2")).byLooking(url(), visitor());
        assertThat(lines).containsExactly("asked for index.html", "asked for broken.txt", "asked for js/main.js");
        lines.clear();

        AwaitResult result = await(file, () -> serve("new", "2"));

        assertThat(result.state()).isEqualTo(State.SERVED);
        assertThat(lines.stream().filter("asked for js/main.js"::equals)).hasSize(3);
    }

    @Test
    void distinguishesTheOldFrontendAnErrorAndNoAnswer() {
        Optional<AwaitedFile> main =
                FileChoice.of(image("2").files().get("js/main.js")).byContent(image("1"), "record 'production-1'");
        assertThat(await(main, () -> {}).sentence()).contains("it still serves record 'production-1'.");

        Optional<AwaitedFile> broken =
                FileChoice.of(image("2").files().get("broken.txt")).byContent(image("1"), "record 'production-1'");
        assertThat(await(broken, () -> {}).sentence()).contains("it answers with an error (HTTP status 503).");

        assertThat(await(main, () -> serve("third", "3")).state()).isEqualTo(State.OTHER);

        assertThat(await(main, this::stopNginx).sentence())
                .contains("it does not answer (Connect")
                .contains("refused");
    }
}
