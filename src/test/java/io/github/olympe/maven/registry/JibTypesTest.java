package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.OciIndexTemplate;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Jib Core's types lose and ours keep. If one of these tests fails with a new version of Jib, Jib's type may replace ours: see the
 * list in docs/architecture.md.
 */
class JibTypesTest {

    private static final String HEX = "a".repeat(64);
    private static final String BLOB = "'digest': 'sha256:" + HEX + "', 'size': 1";
    private static final String CONFIG =
            "'config': {'mediaType': 'application/vnd.oci.image.config.v1+json', " + BLOB + "}";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static com.google.cloud.tools.jib.api.ImageReference jib(String text)
            throws InvalidImageReferenceException {
        return com.google.cloud.tools.jib.api.ImageReference.parse(text);
    }

    /** A file or a registry may have this where a digest belongs. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{'digest': []}"})
    void aDigestThatIsNotATextIsAnErrorOfTheJson(String text) throws IOException {
        JsonNode tree = Json.parse(json(text));

        assertThatThrownBy(() -> new ObjectMapper().treeToValue(tree, DescriptorDigest.class))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Json.value(tree, Digest.class)).isInstanceOf(ForeignText.Malformed.class);
    }

    @Test
    void aDescriptorHasAMediaType() {
        Digest digest = Digest.ofHex(HEX);

        assertThat(BlobDescriptor.class.getMethods())
                .noneMatch(method -> method.getName().contains("MediaType"));
        assertThat(new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, 1))
                .isNotEqualTo(new Descriptor(MediaTypes.DOCKER_LAYER_GZIP, digest, 1));
    }

    @Test
    void aReferenceMayBeARepositoryAlone() throws Exception {
        assertThat(jib("reg.io/a").getTag()).contains("latest");
        assertThat(jib("reg.io/a")).isEqualTo(jib("reg.io/a:latest"));
        assertThat(ImageReference.ofRepository("registry", "reg.io/a").tag()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "reg.io/a:latest,   reg.io/a,       reg.io/a:latest",
        "nginx:1,           nginx:1,        docker.io/library/nginx:1",
        "Reg.IO/a:1,        Reg.IO/a:1,     reg.io/a:1",
        "LOCALHOST/a:1,     LOCALHOST/a:1,  localhost/a:1"
    })
    void aReferenceIsWrittenInOneWay(String text, String jibs, String ours) throws Exception {
        assertThat(jib(text)).hasToString(jibs);
        assertThat(ImageReference.of("image", text)).hasToString(ours);
    }

    @Test
    void aReferencesPortAndAddressMustBeValid() throws Exception {
        assertThat(jib("r.example.com:99999/a:1").getRegistry()).isEqualTo("r.example.com:99999");
        assertThatThrownBy(() -> ImageReference.of("image", "r.example.com:99999/a:1"))
                .isInstanceOf(OlympeException.class);
        assertThatThrownBy(() -> jib("[::1]:5000/a:1")).isInstanceOf(InvalidImageReferenceException.class);
        assertThat(ImageReference.of("image", "[::1]:5000/a:1").registry()).isEqualTo("[::1]:5000");
    }

    private static String written(String text, Class<? extends JsonTemplate> template) throws IOException {
        return JsonTemplateMapper.toUtf8String(JsonTemplateMapper.readJson(json(text), template));
    }

    @Test
    void anIndexHasVariants() throws IOException {
        String index = "{'schemaVersion': 2, 'manifests': [{'mediaType': 'm', " + BLOB
                + ", 'platform': {'os': 'linux', 'architecture': 'arm', 'variant': 'v7'}}]}";

        assertThat(written(index, OciIndexTemplate.class)).contains("arm").doesNotContain("v7");
        assertThat(written(index, V22ManifestListTemplate.class))
                .contains("arm")
                .doesNotContain("v7");
    }

    @Test
    void aManifestKeepsAllItsFields() throws IOException {
        String more = "'artifactType': 'a/b', 'annotations': {'a': 'b'}}";

        assertThat(written("{'schemaVersion': 2, " + CONFIG + ", 'layers': [], " + more, OciManifestTemplate.class))
                .contains(HEX)
                .doesNotContain("artifactType", "annotations");
        assertThat(written("{'schemaVersion': 2, 'manifests': [], " + more, OciIndexTemplate.class))
                .contains("manifests")
                .doesNotContain("artifactType", "annotations");
    }

    @Test
    void aDescriptorInAManifestMayHaveOtherFields() {
        assertUnknown(
                "{'schemaVersion': 2, 'manifests': [{" + BLOB + ", 'artifactType': 'a/b'}]}", OciIndexTemplate.class);
        assertUnknown(
                "{'schemaVersion': 2, 'manifests': [{" + BLOB + ", 'annotations': {'a': 'b'}}]}",
                V22ManifestListTemplate.class);
        assertUnknown(
                "{'schemaVersion': 2, " + CONFIG.replace("}", ", 'data': 'e30='}") + ", 'layers': []}",
                OciManifestTemplate.class);
    }

    private static void assertUnknown(String text, Class<? extends JsonTemplate> template) {
        assertThatThrownBy(() -> JsonTemplateMapper.readJson(json(text), template))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void aLayerThatIsAddedMayBeOfAnyType() throws Exception {
        OciManifestTemplate oci = new OciManifestTemplate();
        oci.addLayer(1, Digest.ofHex(HEX).forJib());
        V22ManifestTemplate docker = new V22ManifestTemplate();
        docker.addLayer(1, Digest.ofHex(HEX).forJib());

        // The base image's layer may be zstd or a plain tar.
        assertThat(JsonTemplateMapper.toUtf8String(oci)).contains(MediaTypes.OCI_LAYER_GZIP);
        assertThat(JsonTemplateMapper.toUtf8String(docker)).contains(MediaTypes.DOCKER_LAYER_GZIP);
    }

    @Test
    void aConfigurationKeepsAllItsFields() throws IOException {
        assertThat(written(
                        "{'architecture': 'arm', 'variant': 'v7', 'author': 'a', 'config': {'StopSignal': 'SIGQUIT',"
                                + " 'Shell': ['sh'], 'OnBuild': ['RUN'], 'User': 'node'}}",
                        ContainerConfigurationTemplate.class))
                .contains("node")
                .doesNotContain("v7", "author", "SIGQUIT", "Shell", "OnBuild");
        assertUnknown("{'config': {'Healthcheck': {'StartInterval': 1}}}", ContainerConfigurationTemplate.class);
    }
}
