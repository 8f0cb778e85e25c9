package io.github.olympe.maven.registry.protocol;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import java.nio.charset.StandardCharsets;

/**
 * A manifest or index with its original bytes. Jib Core's own templates do not know all fields ({@code annotations} of an index, a
 * platform's {@code variant}), and would change its digest
 * ({@code RegistryQuirksTest.manifestsWithUnknownFieldsAreKeptByteForByte}).
 */
final class RawManifest implements ManifestTemplate {

    private final String mediaType;
    private final String json;

    RawManifest(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.json = new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public int getSchemaVersion() {
        return 2;
    }

    @Override
    public String getManifestMediaType() {
        return mediaType;
    }

    @JsonValue
    @JsonRawValue
    String json() {
        return json;
    }
}
