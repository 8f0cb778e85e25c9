package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.registry.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployedImageTest {

    private static final String HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @ParameterizedTest
    @CsvSource({
        "r.example.com:5000/acme/shop:main-1, main-1",
        "r.example.com/acme/shop:main-1@sha256:" + HEX + ", main-1",
        "r.example.com:5000/acme/shop@sha256:" + HEX + ", 9f86d081884c",
        "r.example.com:5000/acme/shop, latest",
        "r.example.com/acme/shop@sha512:" + HEX + ", r.example.com/acme/shop@sha512:" + HEX
    })
    void itsShortNameIsTheTagElseTheBeginningOfTheDigest(String reference, String name) {
        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, Digest.of("x")).shortName())
                .isEqualTo(name);
    }

    @Test
    void isPinnedToItsDigestIfThatIsKnown() {
        String reference = "r.example.com/acme/shop:main-1";
        Digest digest = new Digest("sha256:" + HEX);

        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, digest).pinned())
                .hasToString(reference + "@sha256:" + HEX);
        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, null).pinned())
                .hasToString(reference);
    }
}
