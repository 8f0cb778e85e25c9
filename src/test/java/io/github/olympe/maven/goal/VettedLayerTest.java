package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.goal.bridge.VettedLayer;
import io.github.olympe.maven.image.ImageAssembler;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.dockerfile.project.WrittenSection;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layer.LayerCache;
import io.github.olympe.maven.image.layer.LayerEntry;
import io.github.olympe.maven.image.layer.LayerObserver;
import io.github.olympe.maven.image.layer.PlannedLayer;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.vet.Role;
import io.github.olympe.maven.vet.scan.Folders;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspecting a layer while it is written gives the same result as unpacking it. */
class VettedLayerTest {

    private static final Folders FOLDERS = Role.FRONTEND.folders(List.of("/srv/www"));

    @TempDir
    Path folder;

    private Path web;

    @BeforeEach
    void writeFrontend() throws IOException {
        web = Files.createDirectories(folder.resolve("dist/web"));
        Files.writeString(web.resolve("index.html"), "<!DOCTYPE html>");
        Files.writeString(web.resolve("token.json"), "{\n\"token\": \"glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc\"}");
        Files.writeString(web.resolve("main.js.map"), "{}");
        Files.writeString(web.resolve("n".repeat(150) + "é.env"), "API_TOKEN=Zx9Kq2Lw8Rt5Vb1Nm4Pc");
        Files.write(web.resolve("font.woff"), new byte[100_000]);
        Files.writeString(web.resolve("private.txt"), "x");
        Files.setPosixFilePermissions(web.resolve("private.txt"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(web.resolve("outside"), Path.of("../../packages"));
        Files.createDirectories(web.resolve("conf.d"));
        Files.writeString(web.resolve("conf.d/oConfig.json"), "{\"auth.autoPassword\": \"kr0kodil\"}");
    }

    @Test
    void doesNotUnpackALayerThatWasInspectedWhileItWasWritten() throws IOException {
        Inspections whileWritten = new Inspections(FOLDERS, folder.resolve("vet"));
        Inspections afterwards = new Inspections(FOLDERS, folder.resolve("other"));
        List<Layer> layers = assemble(whileWritten);

        assertThat(layers).isNotEmpty();
        for (Layer layer : layers) {
            InspectedLayer seen = whileWritten.of(layer.blob(), blob -> {
                throw new IOException("the layer was opened");
            });
            InspectedLayer unpacked = afterwards.of(layer.blob(), blob -> Files.newInputStream(layer.file()));
            assertThat(seen.inspection()).isEqualTo(unpacked.inspection());
            assertThat(seen.paths().get()).isEqualTo(unpacked.paths().get());
        }
        assertThat(layers)
                .anySatisfy(layer -> assertThat(whileWritten
                                .of(layer.blob(), blob -> Files.newInputStream(layer.file()))
                                .inspection()
                                .found())
                        .isNotEmpty());
    }

    @Test
    void remembersALayerThatWasOnlyMeasuredByItsTar() throws IOException {
        Inspections inspections = new Inspections(FOLDERS, folder.resolve("vet"));
        PlannedLayer layer =
                new PlannedLayer("conf.d", "COPY conf.d", List.of(LayerEntry.folder("srv/www/conf.d", 0755, 0, 0)));
        Digest tar;
        try (Workers workers = Workers.of(1)) {
            LayerObserver observer =
                    VettedLayer.observers(inspections.cache()).observe(ImageKind.FRONTEND, List.of("/srv/www"));
            tar = new LayerCache(folder.resolve("cache"), workers).measure(layer, observer);
        }
        Descriptor blob = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of("somebody else's blob"), 1);
        Inspections.Blobs closed = any -> {
            throw new IOException("the layer was opened");
        };

        assertThat(inspections.of(blob, Optional.of(tar), closed).paths().get()).contains("srv/www/conf.d");
        assertThatThrownBy(() -> inspections.of(blob, closed)).hasMessage("the layer was opened");
    }

    private List<Layer> assemble(Inspections inspections) throws IOException {
        // Only the Dockerfile says where the files go.
        Files.writeString(folder.resolve("frontend.Dockerfile"), "FROM acme/base:1\nWORKDIR /srv\nCOPY dist/web www\n");
        ImageSpec spec = new WrittenSection(
                        "", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                .applyTo(Specs.frontend(folder, "acme/base:1"));
        return new ImageAssembler(
                        (reference, platforms) ->
                                List.of(TestBaseImages.frontend("amd64").asBase(reference)),
                        folder.resolve("cache"),
                        new RecordedLog())
                .observedBy(VettedLayer.observers(inspections.cache()))
                .assemble(List.of(spec), folder.resolve("images"), false)
                .get(0)
                .layers();
    }
}
