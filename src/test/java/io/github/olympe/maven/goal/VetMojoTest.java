package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class VetMojoTest {

    @TempDir
    Path project;

    @Test
    void aMissingImageIsAnErrorAboutVetImage() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            GoalFixture<VetMojo> fixture = new GoalFixture<>(new VetMojo(), project, "olympe:vet");
            fixture.goal.vetImage = registry.host() + "/acme/shop-frontend:main";

            assertThatThrownBy(fixture.goal::execute)
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessageContaining(registry.host() + "/acme/shop-frontend:main")
                    .hasMessageContaining("correct the parameter 'vetImage' (olympe.vet.image), or push it there");
        }
    }

    @Test
    void anInvalidReferenceIsAnErrorAboutVetImage() {
        GoalFixture<VetMojo> fixture = new GoalFixture<>(new VetMojo(), project, "olympe:vet");
        fixture.goal.vetImage = "Acme Shop";

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith(
                        "Invalid value for 'vetImage' (olympe.vet.image): 'Acme Shop'. It is not an image: ");
    }
}
