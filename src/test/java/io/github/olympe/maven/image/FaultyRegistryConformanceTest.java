package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.FaultyProxy;
import io.github.olympe.maven.testing.ScratchFolder;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred pushes of two images each to Debian's {@code docker-registry} through a bad network. */
class FaultyRegistryConformanceTest {

    private static final int RUNS = 200;
    /** Each mostly waits for the network. */
    private static final int AT_ONCE = 8;

    private Path folder;

    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<String> errors = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = ScratchFolder.create("olympe-faulty-registry", 1L << 30);
    }

    @AfterEach
    void removeFolder() {
        ScratchFolder.remove(folder);
    }

    @Test
    void everyPushEndsWithTheRightImageOrAClearError() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 8534750078113L);
        System.out.println("FaultyRegistryConformanceTest: -Dolympe.test.seed=" + seed);
        try (EmbeddedRegistry baseRegistry = EmbeddedRegistry.start();
                DockerRegistry registry = DockerRegistry.start();
                FaultyProxy network = FaultyProxy.start(registry.host(), seed, 0.3)) {
            String base = TestBaseImages.pushTo(baseRegistry.host()).backend();
            ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<?>> runs = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                int number = run;
                runs.add(threads.submit(() -> push(number, seed + number, base, network.host(), registry.host())));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            threads.shutdown();
            System.out.println("FaultyRegistryConformanceTest: " + arrived + " arrived, " + failed + " failed with "
                    + errors.stream().distinct().toList() + "; connections: " + network.counts());
            assertThat(arrived.get() + failed.get()).isEqualTo(RUNS);
            assertThat(arrived.get()).isGreaterThan(RUNS / 2);
            assertThat(network.counts()).hasSize(FaultyProxy.Fault.values().length);
        }
    }

    private void push(int number, long seed, String base, String network, String registry) {
        RegistryFixture fixture = new RegistryFixture(folder.resolve("run-" + number));
        fixture.timeouts = new HttpTimeouts(Duration.ofSeconds(2), Duration.ofMillis(700), Optional.empty());
        try (Registries registries = fixture.open()) {
            ImageLayout one = layout(registries, fixture, base, "one", seed);
            ImageLayout two = layout(registries, fixture, base, "two", seed);
            String repository = "acme/run-" + number;
            try {
                registries
                        .pusher(fixture.cache())
                        .push(List.of(
                                request(one, network + "/" + repository + "-one"),
                                request(two, network + "/" + repository + "-two")));
                arrived.incrementAndGet();
            } catch (OlympeException e) {
                failed.incrementAndGet();
                synchronized (errors) {
                    errors.add(String.valueOf(e.getMessage()).replaceAll("run-\\d+", "run"));
                }
                assertThat(e)
                        .hasMessageContaining(
                                "cannot be pushed: the registry '" + network + "' still fails after several attempts");
                assertNotMixed(registries, registry, repository, one, two);
                return;
            }
            assertArrived(registries, registry + "/" + repository + "-one", one);
            assertArrived(registries, registry + "/" + repository + "-two", two);
        }
    }

    /** Without the bad network, each tag must have the right image, and every blob its digest. */
    private static void assertArrived(Registries registries, String repository, ImageLayout layout) {
        for (String tag : List.of("own", "latest")) {
            ImageReference reference = ImageReference.of("test", repository + ":" + tag);
            registries.pulling(reference, "image", client -> {
                Registry.Manifest manifest = client.manifest(reference.repository(), tag);
                assertThat(manifest.digest()).isEqualTo(layout.root().digest());
                return true;
            });
        }
        ImageReference reference = ImageReference.of("test", repository + ":own");
        ImageLayout.Manifest manifest = layout.manifests().get(0);
        List<Descriptor> blobs = new ArrayList<>(manifest.layers());
        blobs.add(manifest.configuration());
        for (Descriptor blob : blobs) {
            registries.pulling(reference, "image", client -> {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                try {
                    client.readBlob(reference.repository(), blob.digest(), blob.size(), content);
                } catch (IOException e) {
                    throw new UncheckedIOException("memory can be written", e);
                }
                assertThat(Digest.of(content.toByteArray())).isEqualTo(blob.digest());
                return true;
            });
        }
    }

    /** Another tag may only have moved if both images are there under their own tag. */
    private static void assertNotMixed(
            Registries registries, String registry, String repository, ImageLayout one, ImageLayout two) {
        boolean both = digest(registries, registry + "/" + repository + "-one:own")
                        .equals(List.of(one.root().digest()))
                && digest(registries, registry + "/" + repository + "-two:own")
                        .equals(List.of(two.root().digest()));
        for (String image : List.of("-one", "-two")) {
            for (String tag : List.of("main", "latest")) {
                if (!digest(registries, registry + "/" + repository + image + ":" + tag)
                        .isEmpty()) {
                    assertThat(both).isTrue();
                }
            }
        }
    }

    private static List<Digest> digest(Registries registries, String text) {
        ImageReference reference = ImageReference.of("test", text);
        return registries
                .pulling(
                        reference,
                        "image",
                        client -> client.manifestDigest(reference.identifier(), Access.pull(reference.repository())))
                .stream()
                .toList();
    }

    private static PushRequest request(ImageLayout layout, String repository) {
        return new PushRequest(layout, ImageReference.ofRepository("registry", repository), List.of("own", "latest"));
    }

    private static ImageLayout layout(
            Registries registries, RegistryFixture fixture, String base, String name, long seed) {
        List<BaseImage> images =
                registries.baseImages(fixture.cache(), false).resolve(RegistryFixture.reference(base), List.of());
        Random random = new Random(seed + name.hashCode());
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int size : new int[] {200_000, 30_000, 500}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            files.put("file" + size, bytes);
        }
        return LayoutFixture.of(fixture.cache().resolveSibling(name), images, files);
    }
}
