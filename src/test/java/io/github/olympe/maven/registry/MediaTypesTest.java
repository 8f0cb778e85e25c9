package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    /** OCI image specification, "Compatibility Matrix". */
    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.layer.v1.tar, application/vnd.docker.image.rootfs.diff.tar",
        "application/vnd.oci.image.layer.v1.tar+gzip, application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.oci.image.layer.v1.tar+zstd, application/vnd.docker.image.rootfs.diff.tar.zstd",
        "application/vnd.example.other, application/vnd.example.other",
    })
    void aLayerHasATypeOfOciAndOneOfDocker(String oci, String docker) {
        assertThat(MediaTypes.dockerLayer(oci)).isEqualTo(docker);
        assertThat(MediaTypes.ociLayer(docker)).isEqualTo(oci);
        assertThat(MediaTypes.ociLayer(oci)).isEqualTo(oci);
        assertThat(MediaTypes.dockerLayer(docker)).isEqualTo(docker);
    }

    @Test
    void anIndexListsManifests() {
        assertThat(MediaTypes.isIndex("application/vnd.oci.image.index.v1+json"))
                .isTrue();
        assertThat(MediaTypes.isIndex("application/vnd.docker.distribution.manifest.list.v2+json"))
                .isTrue();
        assertThat(MediaTypes.isIndex("application/vnd.oci.image.manifest.v1+json"))
                .isFalse();
    }
}
