package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentDeploymentTest {

    @TempDir
    Path folder;

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }

    @Test
    void nothingWasSent() {
        assertThat(SentDeployment.read(folder)).isEmpty();
    }

    @Test
    void theAnswerSaysWhetherItWasAccepted() throws IOException {
        write("payload.json", "{\"frontend\": {\"image\": \"r.example.com/shop:1\"}}");
        assertThat(SentDeployment.read(folder))
                .contains(new SentDeployment(Optional.of("r.example.com/shop:1"), false, false, Instant.EPOCH));

        write("response.json", "{\"status\": 201}");
        assertThat(SentDeployment.read(folder).orElseThrow().accepted()).isTrue();

        write("images.json", "{}");
        Path images = folder.resolve("images.json");
        Files.setLastModifiedTime(images, Files.getLastModifiedTime(folder.resolve("response.json")));
        assertThat(SentDeployment.read(folder).orElseThrow().isOf(images)).isTrue();
        Files.setLastModifiedTime(images, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(SentDeployment.read(folder).orElseThrow().isOf(images)).isFalse();

        write("response.json", "{\"status\": 422}");
        assertThat(SentDeployment.read(folder).orElseThrow().accepted()).isFalse();
    }

    @Test
    void aManualPromotionNeedsAPerson() throws IOException {
        write("payload.json", "{\"noDowntime\": {\"promotionMode\": \"manual\"}}");
        assertThat(SentDeployment.read(folder))
                .contains(new SentDeployment(Optional.empty(), false, true, Instant.EPOCH));
    }

    @Test
    void aFileThatIsNotJsonIsAnError() throws IOException {
        write("payload.json", "{");
        assertThatThrownBy(() -> SentDeployment.read(folder))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + folder.resolve("payload.json") + "' cannot be read (")
                .hasMessageEndingWith("). Run 'mvn olympe:deploy' again.");
    }
}
