package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryPusherTest {

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private RegistryFixture fixture;
    private Registries registries;
    private TestBaseImages bases;

    @BeforeEach
    void open() {
        fixture = new RegistryFixture(folder);
        registries = fixture.open();
        bases = TestBaseImages.pushTo(registry.host());
        registry.forgetRequests();
    }

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private List<BaseImage> base(String reference) {
        return registries.baseImages(fixture.cache(), false).resolve(RegistryFixture.reference(reference), List.of());
    }

    private PushRequest request(String name, ImageLayout layout, String... tags) {
        return new PushRequest(
                layout, ImageReference.ofRepository("registry", registry.host() + "/acme/" + name), List.of(tags));
    }

    private ImageLayout layout(String name, String baseReference, String... contents) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String content : contents) {
            byte[] bytes = new byte[40_000];
            new Random(content.hashCode()).nextBytes(bytes);
            files.put(content, bytes);
        }
        files.put("small", name.getBytes(StandardCharsets.UTF_8));
        return LayoutFixture.of(folder.resolve("images").resolve(name), base(baseReference), files);
    }

    @Test
    void pushesImagesUnderAllTheirTags() {
        ImageLayout layout = layout("shop", bases.backend(), "one", "two");

        List<PushResult> results =
                registries.pusher(fixture.cache()).push(List.of(request("shop", layout, "main-1", "main", "latest")));

        assertThat(registry.tags("acme/shop")).containsExactly("latest", "main", "main-1");
        assertThat(registry.digest("acme/shop", "latest"))
                .isEqualTo(layout.root().digest().value());
        assertThat(results.get(0).count(PushResult.Outcome.UPLOADED)).isEqualTo(4);
        assertThat(results.get(0).count(PushResult.Outcome.MOUNTED)).isEqualTo(2);
        assertThat(fixture.log).anyMatch(line -> line.contains("Pushed " + registry.host() + "/acme/shop:main-1"));
    }

    @Test
    void sendsNothingWhenNothingChanged() {
        ImageLayout layout = layout("shop", bases.backend(), "one", "two");
        List<PushRequest> requests = List.of(request("shop", layout, "main-1", "main", "latest"));
        registries.pusher(fixture.cache()).push(requests);
        registry.forgetRequests();

        List<PushResult> results = registries.pusher(fixture.cache()).push(requests);

        assertThat(registry.requests())
                .hasSize(3)
                .allMatch(request -> request.method().equals("HEAD"));
        assertThat(results.get(0).count(PushResult.Outcome.PRESENT)).isEqualTo(6);
    }
}
