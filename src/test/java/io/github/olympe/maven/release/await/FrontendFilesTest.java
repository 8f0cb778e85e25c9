package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrontendFilesTest {

    private static final String HTML = "usr/share/nginx/html/";

    private static FrontendLayers image(LayerBlob... layers) {
        Map<Digest, byte[]> blobs = new HashMap<>();
        List<Descriptor> descriptors = Arrays.stream(layers)
                .map(layer -> {
                    byte[] bytes = layer.bytes();
                    blobs.put(Digest.of(bytes), bytes);
                    return LayerBlob.descriptor(bytes);
                })
                .toList();
        return new FrontendLayers(descriptors, Set.of(), layer -> new ByteArrayInputStream(blobs.get(layer.digest())));
    }

    private static FrontendFiles files(LayerBlob... layers) {
        return FrontendFiles.of(image(layers), Optional.empty(), Set.of());
    }

    @Test
    void listsTheFilesThatNginxServes() {
        FrontendFiles files = files(new LayerBlob()
                .file("etc/nginx/nginx.conf", "x")
                .file(HTML + "index.html", "<html>")
                .file(HTML + "js/main.js", "1"));

        assertThat(files.files())
                .containsOnlyKeys("index.html", "js/main.js")
                .containsValue(new ServedFile("js/main.js", Digest.of("1"), 1));
    }

    @Test
    void anUpperLayerWins() {
        FrontendFiles files = files(
                new LayerBlob().file(HTML + "index.html", "base").file(HTML + "large.js", "base"),
                new LayerBlob().file(HTML + "index.html", "<html>").file(HTML + "large.js", "x".repeat(300_000)));

        assertThat(files.files()).containsOnlyKeys("index.html");
        assertThat(files.files().get("index.html").content()).isEqualTo(Digest.of("<html>"));
    }

    @Test
    void filesDeletedByAnUpperLayerAreNotServed() {
        FrontendFiles files = files(
                new LayerBlob()
                        .file(HTML + "index.html", "<html>")
                        .file(HTML + "50x.html", "base")
                        .file(HTML + "js/old.js", "1")
                        .file(HTML + "old/a.js", "1")
                        .file(HTML + "old.js", "1")
                        .file(HTML + "folder/b.js", "1"),
                new LayerBlob()
                        .file(HTML + ".wh.50x.html", "")
                        .file(HTML + "js/new.js", "2")
                        .file(HTML + "js/.wh..wh..opq", "")
                        .file(HTML + ".wh.old", "")
                        .file(HTML + "folder", "a file"));

        assertThat(files.files()).containsOnlyKeys("index.html", "js/new.js", "old.js", "folder");
    }

    @Test
    void usesTheFolderOfTheTopmostIndexIfItIsNotNginxsOwn() {
        LayerBlob layer = new LayerBlob().file("srv/web/index.html", "<html>").file("srv/web/app/index.html", "<app>");

        assertThat(files(layer).files()).containsOnlyKeys("index.html", "app/index.html");
        assertThat(FrontendFiles.of(image(layer), Optional.of("/srv/web/app/"), Set.of())
                        .files())
                .containsOnlyKeys("index.html");
    }

    @Test
    void nginxsOwnFolderIsServedEvenWithoutAnIndex() {
        assertThat(files(new LayerBlob().file(HTML + "main.js", "1").file("srv/web/index.html", "<html>"))
                        .files())
                .containsOnlyKeys("main.js");
    }

    @Test
    void theRootMayBeServed() {
        assertThat(files(new LayerBlob().file("index.html", "<html>").file("js/main.js", "1"))
                        .files())
                .containsOnlyKeys("index.html", "js/main.js");
        assertThat(files(new LayerBlob().file("a", "1").file("srv/web/index.html", "<html>"))
                        .files())
                .containsOnlyKeys("index.html");
    }

    @Test
    void onlyFilesOfUpTo256KibibytesWithSomeContentAreAskedFor() {
        FrontendFiles files = files(new LayerBlob()
                .file(HTML + "empty.js", "")
                .file(HTML + "largest.js", "x".repeat(256 << 10))
                .file(HTML + "larger.js", "x".repeat((256 << 10) + 1)));

        assertThat(files.files())
                .containsOnlyKeys("largest.js")
                .containsValue(new ServedFile("largest.js", Digest.of("x".repeat(256 << 10)), 256 << 10));
    }

    @Test
    void sharedLayersAreNotRead() {
        FrontendLayers image =
                image(new LayerBlob().file(HTML + "same.js", "1"), new LayerBlob().file(HTML + "index.html", "<html>"));
        FrontendLayers failing = new FrontendLayers(image.layers(), Set.of(), layer -> {
            if (layer.equals(image.layers().get(0))) {
                throw new IOException("it is gone");
            }
            return image.blobs().open(layer);
        });

        assertThat(FrontendFiles.of(
                                failing,
                                Optional.empty(),
                                Set.of(image.layers().get(0).digest()))
                        .files())
                .containsOnlyKeys("index.html");
        assertThatThrownBy(() -> FrontendFiles.of(failing, Optional.empty(), Set.of()))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The layer '" + image.layers().get(0).digest()
                        + "' of the frontend's image cannot be read (it is gone). Run 'mvn olympe:image' again, or leave out"
                        + " 'awaitUrl'.");
    }
}
