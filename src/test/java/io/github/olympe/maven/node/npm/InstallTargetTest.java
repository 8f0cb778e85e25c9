package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For which platform npm's packages are. */
class InstallTargetTest {

    private static final InstallTarget LINUX = new InstallTarget("linux", "x64", "glibc", "127");

    @TempDir
    Path folder;

    private Path ldd(String text) throws IOException {
        return Files.writeString(folder.resolve("ldd"), text);
    }

    @Test
    void nodeNamesThePlatform() throws IOException {
        Path ldd = ldd("# This file is part of the GNU C Library.");
        assertThat(InstallTarget.of("linux x64 127\n", ldd)).isEqualTo(LINUX).hasToString("linux x64 glibc");
        assertThat(InstallTarget.of("darwin arm64 127", ldd))
                .isEqualTo(new InstallTarget("darwin", "arm64", "", "127"))
                .hasToString("darwin arm64");
        assertThat(InstallTarget.of("aix ppc64", ldd)).isEqualTo(new InstallTarget("aix", "ppc64", "", ""));
        assertThat(InstallTarget.of("aix", ldd)).isEqualTo(new InstallTarget("aix", "", "", ""));
    }

    @Test
    void thisMachineHasOne() {
        assertThat(InstallTarget.of("linux x64 127").libc())
                .isEqualTo(
                        Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                                        || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"))
                                ? "musl"
                                : "glibc");
    }

    @Test
    void theCLibraryIsFoundAsNpmFindsIt() throws IOException {
        assertThat(InstallTarget.of("linux x64 127", ldd("exec /lib/ld-musl-x86_64.so.1 --list \"$@\""))
                        .libc())
                .isEqualTo("musl");
        assertThat(InstallTarget.of("linux x64 127", ldd("something else")).libc())
                .isEmpty();
        assertThat(InstallTarget.of("linux x64 127", folder.resolve("missing")).libc())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{\"os\": null} | true",
                "{\"os\": []} | true",
                "{\"os\": \"linux\"} | true",
                "{\"os\": \"darwin\"} | false",
                "{\"os\": [\"darwin\", \"linux\"]} | true",
                "{\"os\": [\"linux\", \"darwin\"]} | true",
                "{\"os\": [\"darwin\", \"win32\"]} | false",
                "{\"os\": [\"any\"]} | true",
                "{\"os\": [\"!win32\", \"!darwin\"]} | true",
                "{\"os\": [\"!linux\"]} | false",
                "{\"os\": [\"linux\", \"!linux\"]} | false",
                "{\"os\": [\"!win32\", \"darwin\"]} | false",
                "{\"cpu\": [\"x64\"]} | true",
                "{\"cpu\": [\"arm64\"]} | false",
                "{\"os\": [\"linux\"], \"cpu\": [\"arm64\"]} | false",
                "{\"libc\": [\"glibc\"]} | true",
                "{\"libc\": [\"musl\"]} | false",
            })
    void aPackageSaysForWhichPlatformsItIs(String entry, boolean takes) throws IOException {
        assertThat(LINUX.takes(Json.parse(entry))).isEqualTo(takes);
    }

    @Test
    void aPackageMayBeForACLibraryThatIsUnknown() throws IOException {
        InstallTarget unknown = new InstallTarget("linux", "x64", "", "127");
        assertThat(unknown.takes(Json.parse("{\"libc\": [\"musl\"]}"))).isTrue();
    }
}
