package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The servers that a project of {@code src/it} is deployed to: a registry with the base images, and a webhook. The project's
 * {@code prebuild.groovy} starts them, its {@code verify.groovy} stops them.
 */
public record ProjectServers(EmbeddedRegistry registry, EmbeddedWebhook webhook, TestBaseImages base)
        implements AutoCloseable {

    /** The token for the webhook, in the environment of each project. */
    public static final String TOKEN = "project-token";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Starts them, and writes their addresses into the project's {@code test.properties}. */
    public static ProjectServers start(File project) throws IOException {
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        EmbeddedWebhook webhook = EmbeddedWebhook.start();
        ProjectServers servers = new ProjectServers(registry, webhook, TestBaseImages.pushTo(registry.host()));
        StringBuilder properties = new StringBuilder();
        servers.properties()
                .forEach((name, value) ->
                        properties.append(name).append(" = ").append(value).append('\n'));
        Files.writeString(project.toPath().resolve("test.properties"), properties);
        return servers;
    }

    /** Does what {@link #start} does, and adds the files of {@link ShopProject} to the project. */
    public static ProjectServers startForShop(File project) throws IOException {
        ShopProject.writeTo(project.toPath());
        return start(project);
    }

    /** Returns the properties with the addresses. */
    public Map<String, String> properties() {
        return Map.of(
                "olympe.registry", registry.host() + "/acme",
                "olympe.deploy.url", webhook.url("/acme/production"),
                "olympe.frontend.baseImage", base.frontend(),
                "olympe.backend.baseImage", base.backend(),
                "olympe.codeAsData.baseImage", base.codeAsData());
    }

    /** The log of the project's build. */
    public static String log(File project) throws IOException {
        return Files.readString(Path.of(project.getPath(), "build.log"));
    }

    /** Fails if an image was pushed or the webhook called. */
    public void assertNothingSent() {
        assertThat(registry.repositories()).allMatch(repository -> repository.startsWith("olympeio/"));
        assertThat(webhook.requests()).isEmpty();
    }

    /**
     * Fails unless the frontend and the backend of the shop were pushed from the branch {@code main} with the built files, and deployed
     * once.
     */
    public void assertDeployed(File project) throws IOException {
        assertPushed(project, "frontend", "dist/web", "usr/share/nginx/html", "101:0");
        assertPushed(project, "backend", "dist/node", "home/node/app", "0:0");
        assertThat(webhook.requests()).hasSize(1);
        EmbeddedWebhook.Request request = webhook.requests().get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /acme/production");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + TOKEN);
        String frontend = registry.host() + "/acme/shop-frontend:main-1a2b3c4d";
        String backend = registry.host() + "/acme/shop-backend:main-1a2b3c4d";
        Map<String, String> rule = Map.of("source", "^" + backend.replaceAll("[./]", "\\\\$0") + "$", "target", ".*");
        assertThat(JSON.readTree(request.body()))
                .isEqualTo(JSON.valueToTree(Map.of(
                        "frontend", Map.of("image", frontend),
                        "backends", Map.of("images", List.of(backend), "deployRules", List.of(rule)))));
    }

    /**
     * Fails unless an image was pushed from the branch {@code main}: its base image, and the files of a folder of the project, byte for
     * byte, all with this owner ({@code uid:gid}). Returns the image's configuration.
     */
    public JsonNode assertPushed(File project, String name, String source, String target, String owner)
            throws IOException {
        String repository = "acme/shop-" + name;
        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("main-1a2b3c4d", "main", "latest");
        assertThat(List.of("main", "latest"))
                .extracting(tag -> registry.digest(repository, tag))
                .containsOnly(registry.digest(repository, "main-1a2b3c4d"));
        JsonNode image = image(project, name);
        assertThat(image.path("pushed").asBoolean()).isTrue();
        assertThat(image.path("digest").asText()).isEqualTo(registry.digest(repository, "main"));
        assertLayers(image, registry.layers(repository, "main"));
        assertContent(image, registry::blob, project.toPath().resolve(source), target, owner);
        return registry.config(repository, "main");
    }

    /**
     * Fails unless the archive of an image has its base image, and the files of a folder of the project, byte for byte, all with this
     * owner ({@code uid:gid}). Returns the image's configuration.
     */
    public JsonNode assertArchive(File project, String name, String source, String target, String owner)
            throws IOException {
        Map<String, byte[]> archive = new TreeMap<>();
        StrictTar.read(Files.readAllBytes(project.toPath().resolve("target/olympe/images/" + name + ".tar")))
                .forEach(entry -> archive.put(entry.path(), entry.content()));
        JsonNode image = image(project, name);
        JsonNode manifest = JSON.readTree(archive.get("manifest.json")).path(0);
        assertThat(manifest.path("RepoTags"))
                .extracting(JsonNode::asText)
                .contains(image.path("reference").asText());
        List<String> layers = new ArrayList<>();
        manifest.path("Layers").forEach(layer -> layers.add(digest(layer.asText())));
        assertLayers(image, layers);
        assertContent(
                image,
                digest -> archive.get("blobs/" + digest.replace(':', '/')),
                project.toPath().resolve(source),
                target,
                owner);
        return JSON.readTree(archive.get(manifest.path("Config").asText()));
    }

    private static String digest(String blob) {
        return blob.replace("blobs/", "").replace('/', ':');
    }

    /** Fails unless these are the layers of the image's base image, and after them those of images.json. */
    private void assertLayers(JsonNode image, List<String> layers) {
        Map<String, String> bases = Map.of("frontend", base.frontend(), "codeasdata", base.codeAsData());
        String[] parent = bases.getOrDefault(image.path("name").asText(), base.backend())
                .replace(registry.host() + "/", "")
                .split(":");
        List<String> expected = new ArrayList<>(registry.layers(parent[0], parent[1]));
        image.path("layers").forEach(layer -> expected.add(layer.path("digest").asText()));
        assertThat(layers).isEqualTo(expected);
    }

    /** An image as images.json describes it. */
    private static JsonNode image(File project, String name) throws IOException {
        JsonNode images = JSON.readTree(
                project.toPath().resolve("target/olympe/images.json").toFile());
        JsonNode image = null;
        for (JsonNode each : images.path("images")) {
            image = each.path("name").asText().equals(name) ? each : image;
        }
        assertThat(image).as("image '%s' in images.json", name).isNotNull();
        return image;
    }

    private static void assertContent(
            JsonNode image, Function<String, byte[]> blobs, Path folder, String target, String owner)
            throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (JsonNode layer : image.path("layers")) {
            byte[] blob = blobs.apply(layer.path("digest").asText());
            for (StrictTar.Entry entry :
                    StrictTar.read(new GZIPInputStream(new ByteArrayInputStream(blob)).readAllBytes())) {
                if (entry.type() == '0') {
                    files.put(entry.path(), new String(entry.content(), StandardCharsets.UTF_8));
                    assertThat(entry.uid() + ":" + entry.gid())
                            .as("the owner of %s", entry.path())
                            .isEqualTo(owner);
                }
            }
        }
        Map<String, String> built = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                built.put(target + "/" + folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        assertThat(built).isNotEmpty();
        assertThat(files).isEqualTo(built);
    }

    @Override
    public void close() {
        webhook.close();
        registry.close();
    }
}
