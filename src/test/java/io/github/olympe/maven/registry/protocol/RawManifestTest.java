package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.registry.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawManifestTest {

    @Test
    void jibSendsTheBytesThatItGets() throws IOException {
        String json = "{ \"schemaVersion\" : 2,\n \"unknown\": 1.50 }";
        RawManifest manifest = new RawManifest(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));

        assertThat(manifest.getSchemaVersion()).isEqualTo(2);
        assertThat(manifest.getManifestMediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(new ObjectMapper().writeValueAsString(manifest)).isEqualTo(json);
    }
}
