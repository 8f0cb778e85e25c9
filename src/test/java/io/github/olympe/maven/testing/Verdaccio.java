package io.github.olympe.maven.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real npm registry {@code verdaccio} on loopback. Reading and publishing need a credential, and it has no upstream registry. */
public final class Verdaccio implements AutoCloseable {

    /** The last minor version that runs on Node.js 18 and 20. */
    private static final String VERSION = "6.1.6";

    private static final String USER = "ann";

    private final Process process;
    private final int port;
    private final String password;

    private Verdaccio(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts one with a single user.
     *
     * @param folder the folder for its storage
     */
    public static Verdaccio start(Path folder, String password) throws IOException, InterruptedException {
        Path installed = install();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("htpasswd"), USER + ":{SHA}" + sha1(password) + "\n");
        Files.writeString(folder.resolve("config.yaml"), """
                storage: ./storage
                auth:
                  htpasswd:
                    file: ./htpasswd
                    max_users: -1
                packages:
                  '**':
                    access: $authenticated
                    publish: $authenticated
                log: { type: stdout, format: json, level: http }
                """);
        int port = FreePort.find();
        Process process = new ProcessBuilder(
                        "node",
                        installed
                                .resolve("node_modules/verdaccio/bin/verdaccio")
                                .toString(),
                        "-c",
                        folder.resolve("config.yaml").toString(),
                        "-l",
                        "127.0.0.1:" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("verdaccio.log").toFile())
                .start();
        Verdaccio verdaccio = new Verdaccio(process, port, password);
        verdaccio.awaitStart(folder);
        return verdaccio;
    }

    /** Installs it once for all tests of a build. */
    private static Path install() {
        return MadeOnce.folder("verdaccio-" + VERSION, folder -> {
            // Not every mirror of the npm registry has the tag that one of its packages asks for.
            Files.writeString(folder.resolve("package.json"), """
                    {"private": true, "dependencies": {"verdaccio": "%s"}, "overrides": {"node-fetch": "2.6.7"}}
                    """.formatted(VERSION));
            Path log = folder.resolve("install.log");
            int exitCode = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--omit=optional")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("verdaccio cannot be installed from npm:\n" + Files.readString(log));
            }
        });
    }

    private void awaitStart(Path folder) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            try {
                if (send("GET", "-/ping", "").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It is not up yet.
            }
            if (!process.isAlive()) {
                break;
            }
            Waiting.delay(Duration.ofMillis(100));
        }
        close();
        throw new IllegalStateException(
                "verdaccio does not start:\n" + Files.readString(folder.resolve("verdaccio.log")));
    }

    /** Its URL, with a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    public String user() {
        return USER;
    }

    /** A new token of the user. */
    public String token() throws IOException, InterruptedException {
        String body = "{\"name\": \"%s\", \"password\": \"%s\"}"
                .formatted(USER, password.replace("\\", "\\\\").replace("\"", "\\\""));
        String answer = send("PUT", "-/user/org.couchdb.user:" + USER, body).body();
        Matcher matcher = Pattern.compile("\"token\":\\s*\"([^\"]+)\"").matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("verdaccio gives no token: " + answer);
        }
        return matcher.group(1);
    }

    /** Returns its data about a package. */
    public String describe(String name) throws IOException, InterruptedException {
        return send("GET", name.replace("/", "%2f"), "").body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Basic " + basic);
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
