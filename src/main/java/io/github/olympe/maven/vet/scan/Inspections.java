package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.rule.TextRule;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through layers, and remembers in a folder what is in each, by its digest: a layer that has not changed is not read again.
 *
 * @param folders the folders that the rules are about
 * @param cache the folder where it is remembered; two files a layer, none of which has a secret
 */
public record Inspections(Folders folders, Path cache) {

    /** To be raised with each change of what is found that is not in the table of rules. */
    private static final int VERSION = 7;

    /** The same for the same rules in every process, since what is remembered is for other builds. */
    static final String RULES = Digest.of(VERSION
                    + Rules.all().toString()
                    + Rules.texts().stream().map(TextRule::description).toList())
            .shortHex();

    private static final String SEPARATOR = "\0";

    /** Opens the blob of a layer. */
    @FunctionalInterface
    public interface Blobs {
        InputStream open(Descriptor layer) throws IOException;
    }

    /**
     * What is in a layer.
     *
     * @throws IOException if it cannot be read, or the blob does not have its digest
     */
    public InspectedLayer of(Descriptor layer, Blobs blobs) throws IOException {
        return of(layer, Optional.empty(), blobs);
    }

    /**
     * What is in a layer of an image whose configuration was made here.
     *
     * @param tar the digest of the layer's tar in that configuration; that tar may have been looked through without the layer
     * @throws IOException if it cannot be read, or the blob does not have its digest
     */
    public InspectedLayer of(Descriptor layer, Optional<Digest> tar, Blobs blobs) throws IOException {
        Optional<InspectedLayer> remembered = remembered(layer.digest()).or(() -> tar.flatMap(this::remembered));
        if (remembered.isPresent()) {
            return remembered.get();
        }
        InspectedLayer inspected = inspect(layer, blobs);
        remember(layer.digest(), inspected);
        return inspected;
    }

    /** Begins to look through a layer that is being written. */
    public LayerInspector begin() {
        return new LayerInspector(folders);
    }

    /**
     * Remembers what is in a layer that was looked through while it was written.
     *
     * @param layer its digest, or that of its tar
     */
    public void remember(Digest layer, LayerInspector inspector) {
        InspectedLayer inspected = inspector.end();
        if (!inspector.isToBeReadAgain()) {
            remember(layer, inspected);
        }
    }

    private Optional<InspectedLayer> remembered(Digest layer) {
        Path paths = file(layer, "paths");
        return CheckedFile.read(file(layer, "inspection"))
                .filter(content -> Files.isRegularFile(paths))
                .map(content -> {
                    try {
                        return new InspectedLayer(
                                Json.value(Json.parse(new String(content, StandardCharsets.UTF_8)), Inspection.class),
                                () -> read(paths));
                    } catch (IOException e) {
                        throw new IllegalStateException("a file with a right checksum is not what was written", e);
                    }
                });
    }

    private void remember(Digest layer, InspectedLayer inspected) {
        byte[] content = Json.bytes(inspected.inspection());
        CheckedFile.remember(
                file(layer, "paths"),
                out -> out.write(String.join(SEPARATOR, inspected.paths().get()).getBytes(StandardCharsets.UTF_8)));
        CheckedFile.remember(file(layer, "inspection"), out -> out.write(content));
    }

    private Path file(Digest layer, String name) {
        return cache.resolve(RULES)
                .resolve(Digest.of(folders + layer.value()).hex())
                .resolve(name);
    }

    private InspectedLayer inspect(Descriptor layer, Blobs blobs) throws IOException {
        LayerInspector inspector = new LayerInspector(folders);
        MessageDigest sha256 = Digest.sha256();
        try (InputStream blob = new DigestInputStream(blobs.open(layer), sha256)) {
            inspector.read(keptOpen(blob), layer.size());
            blob.transferTo(OutputStream.nullOutputStream());
            Digest digest = Digest.of(sha256);
            if (!digest.equals(layer.digest())) {
                throw new IOException("it has the digest " + digest);
            }
        }
        if (inspector.isToBeReadAgain()) {
            inspector.readAgain(blobs.open(layer), layer.size());
        }
        return inspector.end();
    }

    /** What comes after a tar's end counts for the digest, too. */
    private static InputStream keptOpen(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }

    private static Set<String> read(Path file) {
        byte[] content = CheckedFile.read(file)
                .orElseThrow(() ->
                        new UncheckedIOException(new IOException("the file '" + file + "' was damaged or removed")));
        return new LinkedHashSet<>(List.of(new String(content, StandardCharsets.UTF_8).split(SEPARATOR)));
    }
}
