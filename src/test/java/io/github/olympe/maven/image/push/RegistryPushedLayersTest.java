package io.github.olympe.maven.image.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.Compression;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which layers of an image in the registry are trusted to be what its configuration says. */
class RegistryPushedLayersTest {

    private static final ImageReference REPOSITORY =
            ImageReference.ofRepository("registry", "registry.example.com/acme/shop-frontend");
    private static final String OURS =
            "{'history': [{'created_by': 'ADD'}, {'created_by': 'COPY', 'comment': 'olympe-maven-plugin'}]}";
    private static final String COMPRESSED_HERE = Compression.fingerprint();

    @TempDir
    Path folder;

    private Map<Digest, PushedLayer> layers(BaseImages images) {
        try (Registries registries = new RegistryFixture(folder).open()) {
            return new RegistryPushedLayers(registries, images, new RecordedLog())
                    .of(REPOSITORY, List.of("main", "latest"));
        }
    }

    private Map<Digest, PushedLayer> layers(String configuration, String compression, String mediaType) {
        return layers((reference, platforms) -> List.of(new Pushed(reference, configuration, compression, mediaType)));
    }

    @Test
    void findsTheLayersAboveTheBaseImage() {
        PushedLayer layer = new PushedLayer(
                new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of("blob 1"), 17),
                Digest.of("tar 1"),
                REPOSITORY.withDigest(Digest.of("main")));

        assertThat(layers(OURS, COMPRESSED_HERE, MediaTypes.OCI_LAYER_GZIP))
                .containsExactly(Map.entry(layer.diffId(), layer));
        assertThat(layers(OURS, COMPRESSED_HERE, MediaTypes.DOCKER_LAYER_GZIP))
                .containsExactly(Map.entry(layer.diffId(), layer));
    }

    @Test
    void ignoresLayersThatAnotherToolMade() {
        assertThat(layers("{}", COMPRESSED_HERE, MediaTypes.OCI_LAYER_GZIP)).isEmpty();
        assertThat(layers(OURS.replace("olympe", "jib"), COMPRESSED_HERE, MediaTypes.OCI_LAYER_GZIP))
                .isEmpty();
    }

    @Test
    void ignoresLayersThatWouldBeCompressedDifferently() {
        assertThat(layers(OURS, "", MediaTypes.OCI_LAYER_GZIP)).isEmpty();
        assertThat(layers(OURS, "0123456789ab", MediaTypes.OCI_LAYER_GZIP)).isEmpty();
        assertThat(layers(OURS, COMPRESSED_HERE, "application/vnd.oci.image.layer.v1.tar+zstd"))
                .isEmpty();
    }

    @Test
    void looksIntoNoOtherRepository() {
        layers((reference, platforms) -> {
            assertThat(reference.withoutTag()).isEqualTo(REPOSITORY);
            return List.of();
        });
    }

    /** An image of two layers. The first one is the base image's. */
    private record Pushed(ImageReference tagged, String json, String compression, String mediaType)
            implements BaseImage {

        @Override
        public ImageReference reference() {
            return tagged.withDigest(Digest.of(tagged.tag().orElseThrow()));
        }

        @Override
        public Platform platform() {
            return Platform.LINUX_AMD64;
        }

        @Override
        public byte[] configuration() {
            return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> annotations() {
            return Map.of(ImageLayout.COMPRESSION, compression);
        }

        @Override
        public List<BaseLayer> layers() {
            return List.of(layer(0), layer(1));
        }

        private BaseLayer layer(int number) {
            return new BaseLayer(
                    new Descriptor(mediaType, Digest.of("blob " + number), 17), Digest.of("tar " + number));
        }

        @Override
        public InputStream open(BaseLayer layer) {
            throw new AssertionError("a layer is fetched");
        }
    }
}
