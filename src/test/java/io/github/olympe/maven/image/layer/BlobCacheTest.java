package io.github.olympe.maven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheTest {

    private static final byte[] CONTENT = {1, 2, 3};
    private static final Digest DIGEST = Digest.of(CONTENT);

    @TempDir
    Path folder;

    private int fetched;

    private Path get(BlobCache cache, byte[] content) throws RegistryFailure {
        return cache.get(DIGEST, out -> {
            fetched++;
            out.write(content);
        });
    }

    private Path file() {
        return folder.resolve("sha256").resolve(DIGEST.hex());
    }

    @Test
    void aBlobIsFetchedOnceForAllBuilds() throws Exception {
        BlobCache cache = new BlobCache(folder);
        assertThat(cache.find(DIGEST)).isEmpty();
        assertThat(get(cache, CONTENT)).isEqualTo(file()).hasBinaryContent(CONTENT);
        assertThat(get(cache, CONTENT)).isEqualTo(file());
        assertThat(cache.find(DIGEST)).contains(file());

        assertThat(new BlobCache(folder).find(DIGEST)).contains(file());
        get(new BlobCache(folder), CONTENT);
        assertThat(fetched).isEqualTo(1);
    }

    @Test
    void aDamagedBlobIsFetchedAgainByTheNextBuild() throws Exception {
        BlobCache first = new BlobCache(folder);
        get(first, CONTENT);
        Files.write(file(), new byte[] {1, 2, 4});
        assertThat(first.find(DIGEST)).as("it is checked once in each build").isPresent();

        BlobCache next = new BlobCache(folder);
        assertThat(next.find(DIGEST)).isEmpty();
        assertThat(file()).as("another build may just have replaced it").exists();
        assertThat(get(next, CONTENT)).hasBinaryContent(CONTENT);
        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void aBlobThatIsFoundIsCheckedOnce() throws Exception {
        get(new BlobCache(folder), CONTENT);
        BlobCache cache = new BlobCache(folder);
        assertThat(cache.find(DIGEST)).isPresent();
        Files.write(file(), new byte[] {1, 2, 4});
        assertThat(cache.find(DIGEST)).isPresent();
    }

    @Test
    void aBlobInUseIsKept() throws Exception {
        get(new BlobCache(folder), CONTENT);
        Instant longAgo = Instant.now().minus(Duration.ofDays(100));
        Files.setLastModifiedTime(file(), FileTime.from(longAgo));

        new BlobCache(folder).find(DIGEST);

        assertThat(Files.getLastModifiedTime(file()).toInstant()).isAfter(longAgo.plusSeconds(3600));
    }

    @Test
    void aBlobWithAnotherDigestIsNotTaken() {
        BlobCache cache = new BlobCache(folder);

        assertThatThrownBy(() -> get(cache, new byte[] {9}))
                .isInstanceOf(RegistryFailure.class)
                .satisfies(failure ->
                        assertThat(((RegistryFailure) failure).kind()).isEqualTo(RegistryFailure.Kind.TRANSIENT))
                .hasMessageContaining("the blob has the digest " + Digest.of(new byte[] {9}) + " instead of " + DIGEST);
        assertThat(folder.resolve("sha256")).isEmptyDirectory();
        assertThat(cache.find(DIGEST)).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> get(new BlobCache(file), CONTENT))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The cache folder '" + file + "' cannot be written (")
                .hasMessageEndingWith("). Check its permissions and the free disk space.");
    }
}
