package io.github.olympe.maven.image.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageAssembler;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.LayerObservers;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layer.LayerObserver;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without a cache uses the layers that another machine pushed to the registry. */
class PushedLayersTest {

    @TempDir
    Path folder;

    private final EmbeddedRegistry baseRegistry = EmbeddedRegistry.start();
    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private ImageSpec spec;

    @BeforeEach
    void pushTheFirstImage() throws IOException {
        ImageSpec plain = Specs.frontend(
                folder, TestBaseImages.pushTo(baseRegistry.host()).frontend());
        spec = new ImageSpec(
                plain.kind(),
                plain.name(),
                registry.host() + "/acme/shop-frontend",
                List.of("main-1", "latest"),
                plain.base(),
                plain.platforms(),
                plain.labels(),
                plain.files(),
                plain.target(),
                plain.dockerfile());
        for (String file : List.of("assets/font.woff", "images/logo.png", "main.js")) {
            byte[] content = new byte[40_000];
            new Random(file.length()).nextBytes(content);
            write(file, content);
        }
        new Machine("first").push(new Machine("first").assembleAlone());
        registry.forgetRequests();
    }

    @AfterEach
    void closeRegistries() {
        registry.close();
        baseRegistry.close();
    }

    @Test
    void onlyTheChangedLayerIsMadeAndSent() throws IOException {
        write("main.js", "changed".getBytes(StandardCharsets.US_ASCII));
        AssembledImage alone = new Machine("alone").assembleAlone();
        registry.forgetRequests();

        AssembledImage image = new Machine("runner").assemble();
        assertThat(registry.requests("^GET .*/blobs/")).as("the configuration").hasSize(1);
        new Machine("runner").push(image);

        assertThat(image.digest()).isEqualTo(alone.digest());
        assertThat(image.layers()).extracting(Layer::content).containsExactly("assets", "images", ".");
        assertThat(image.layers())
                .extracting(layer -> Files.exists(layer.file()))
                .containsExactly(false, false, true);
        assertThat(registry.uploadedBytes())
                .isEqualTo(image.layers().get(2).blob().size()
                        + image.layout().manifests().get(0).configuration().size());
    }

    @Test
    void aSecondBuildOnTheSameMachineWritesNoTar() throws IOException {
        AtomicInteger tars = new AtomicInteger();
        LayerObservers counting = (kind, targets) -> {
            tars.incrementAndGet();
            return LayerObserver.NONE;
        };
        Machine runner = new Machine("runner");
        AssembledImage image = runner.assemble(counting, false);
        assertThat(tars).hasValue(3);
        FileTree.delete(runner.layouts());

        AssembledImage again = runner.assemble(counting, false);

        assertThat(again.digest()).isEqualTo(image.digest());
        assertThat(again.layers()).noneMatch(layer -> Files.exists(layer.file()));
        assertThat(tars).hasValue(3);
    }

    @Test
    void theTarForDockerGetsTheLayersFromTheRegistry() {
        AssembledImage alone = new Machine("alone").assembleAlone();

        new Machine("runner").assemble(LayerObservers.NONE, true);

        assertThat(registry.requests("^GET .*/blobs/"))
                .hasSize(1 + alone.layers().size());
        assertThat(new Machine("runner").layouts().resolve("frontend.tar"))
                .hasSameBinaryContentAs(new Machine("alone").layouts().resolve("frontend.tar"));
    }

    @Test
    void anotherMachineOpensTheLayersAndPushesThem() throws IOException {
        AssembledImage image = new Machine("runner").assemble();
        ImageLayout carried = ImageLayout.read(new Machine("runner").layouts().resolve("frontend"));
        Machine third = new Machine("third");

        assertThat(carried).isEqualTo(image.layout());
        Descriptor layer = image.layers().get(0).blob();
        try (Registries registries = third.open();
                InputStream in = carried.open(
                        carried.manifests().get(0), layer, registries.baseImages(third.baseImages(), false))) {
            assertThat(Digest.of(in.readAllBytes())).isEqualTo(layer.digest());
        }
        assertThat(third.push(image).digest()).isEqualTo(image.digest());
    }

    @Test
    void aMissingLayerIsMade() {
        answer("^HEAD .*/blobs/", 404);
        assertAllLayersAreMade(new Machine("runner").assemble());
    }

    @Test
    void aLayerOfAnotherSizeIsMade() throws IOException {
        for (Path blob : blobs()) {
            if (Files.size(blob) > 40_000) {
                Files.write(blob, new byte[17]);
            }
        }
        assertAllLayersAreMade(new Machine("runner").assemble());
    }

    @Test
    void aConfigurationWithAnotherDigestIsNotTrusted() throws IOException {
        String configuration = registry.manifest("acme/shop-frontend", "latest")
                .path("config")
                .path("digest")
                .asText();
        Path file = registry.folder().resolve(configuration.replace(':', '-'));
        Files.writeString(file, Files.readString(file).replace("dist/web", "dist/wob"));
        assertAllLayersAreMade(new Machine("runner").assemble());
    }

    @Test
    void aLayerMissingAtThePushIsAnErrorWithAdvice() {
        AssembledImage image = new Machine("runner").assemble();
        Digest layer = image.layers().get(0).blob().digest();
        answer(layer + "|" + image.digest() + "|/manifests/(main-1|latest)", 404);
        assertThatThrownBy(() -> new Machine("runner").push(image))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "The layer '" + layer + "' is missing: 'image' found it in '" + spec.repository() + "' and did")
                .hasMessageEndingWith("Run 'mvn olympe:image' again.");
    }

    @Test
    void withoutRightsAllLayersAreMadeSilently() {
        registry.requireBasic("somebody", "secret");
        Machine runner = new Machine("runner");
        assertAllLayersAreMade(runner.assemble());
        assertThat(runner.fixture.log)
                .allMatch(line -> line.startsWith("DEBUG "))
                .anyMatch(line -> line.startsWith("DEBUG No layer of '" + spec.repository() + ":latest' is used: "));
    }

    @Test
    void withoutTheRegistryAllLayersAreMade() {
        registry.close();
        assertAllLayersAreMade(new Machine("runner").assemble());
    }

    private void answer(String requests, int status) {
        Pattern pattern = Pattern.compile(requests);
        registry.intercept(request -> pattern.matcher(request.toString()).find()
                ? Optional.of(new Answer(status, Map.of(), ""))
                : Optional.empty());
    }

    private static void assertAllLayersAreMade(AssembledImage image) {
        assertThat(image.layers()).hasSize(3).allMatch(layer -> Files.exists(layer.file()));
        assertThat(image.layout().manifests().get(0).pushed()).isEmpty();
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.list(registry.folder())) {
            return files.toList();
        }
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = folder.resolve("dist/web").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** A machine with its own cache. Two machines with the same name share it. */
    private final class Machine {

        private final Path home;
        private final RegistryFixture fixture;

        Machine(String name) {
            home = folder.resolve("machines").resolve(name);
            fixture = new RegistryFixture(home);
            fixture.tryingOnce();
        }

        Registries open() {
            return fixture.open();
        }

        Path baseImages() {
            return home.resolve("bases");
        }

        Path layouts() {
            return home.resolve("images");
        }

        AssembledImage assemble() {
            return assemble(LayerObservers.NONE, false);
        }

        AssembledImage assemble(LayerObservers observers, boolean archives) {
            try (Registries registries = open()) {
                return assemble(registries, registries.pushedLayers(baseImages()), observers, archives);
            }
        }

        /** Behaves as if there were no registry. */
        AssembledImage assembleAlone() {
            try (Registries registries = open()) {
                return assemble(registries, PushedLayers.NONE, LayerObservers.NONE, true);
            }
        }

        private AssembledImage assemble(
                Registries registries, PushedLayers pushed, LayerObservers observers, boolean archives) {
            return new ImageAssembler(
                            registries.baseImages(baseImages(), false), home.resolve("cache"), new RecordedLog())
                    .knowing(pushed)
                    .observedBy(observers)
                    .assemble(List.of(spec), layouts(), archives)
                    .get(0);
        }

        PushResult push(AssembledImage image) {
            try (Registries registries = open()) {
                ImageReference repository = ImageReference.ofRepository("registry", spec.repository());
                return registries
                        .pusher(baseImages())
                        .push(List.of(new PushRequest(image.layout(), repository, spec.tags())))
                        .get(0);
            }
        }
    }
}
