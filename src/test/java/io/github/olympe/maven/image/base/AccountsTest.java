package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.Owner;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Owners' names mean what they mean in the base image. */
class AccountsTest {

    private static final ImageReference REFERENCE = ImageReference.of("baseImage", "acme/base:1");

    @TempDir
    Path folder;

    private Accounts accounts(TestImage image) {
        return new Accounts(
                new BaseFiles(image.asBase(REFERENCE), folder.resolve("cache"), new RecordedLog()), REFERENCE);
    }

    private static TestImage image() {
        return TestImage.create()
                .file("etc/passwd", 0, 0, 0644, """
                        root:x:0:0:root:/root:/bin/sh
                        +::::::
                        tooShort:x:5
                        noNumber:x:five:5::/:/bin/sh
                        tooLarge:x:5:99999999999:::
                        noGroup:x:5:::/:/bin/sh
                        :x:6:6::/:/bin/sh
                        fourFields:x:7:8
                        nginx:x:101:4343::/none:/bin/sh
                        nginx:x:102:4344::/none:/bin/sh
                        """)
                .file("etc/group", 0, 0, 0644, "root:x:0:\nwww:x:82\nnginx:x:4343:a,b\n");
    }

    @ParameterizedTest
    @CsvSource({
        "root, 0, 0",
        "nginx, 101, 4343",
        "nginx:www, 101, 82",
        "nginx:7, 101, 7",
        "fourFields, 7, 8",
        "33, 33, 33",
        "33:44, 33, 44",
        "33:nginx, 33, 4343",
    })
    void anOwnerIsTwoNumbers(String owner, long uid, long gid) {
        assertThat(accounts(image()).find("frontend/owner", Owner.of("frontend/owner", owner)))
                .isEqualTo(new Accounts.Ids(uid, gid));
    }

    @ParameterizedTest
    @CsvSource({
        "node, user, node, /etc/passwd, 'root, fourFields, nginx, nginx'",
        "noNumber, user, noNumber, /etc/passwd, 'root, fourFields, nginx, nginx'",
        "root:node, group, node, /etc/group, 'root, www, nginx'",
    })
    void anUnknownNameIsAMistakeThatListsTheKnownOnes(
            String owner, String what, String name, String file, String known) {
        assertThatThrownBy(() -> accounts(image()).find("frontend/owner", Owner.of("frontend/owner", owner)))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'frontend/owner': '" + owner
                        + "'. The base image 'docker.io/acme/base:1' has no "
                        + what + " '" + name + "' in its " + file + ". Use a number, or one of those it has: " + known
                        + ".");
    }

    @Test
    void anImageWithoutUsersTakesNumbersAlone() {
        Accounts accounts = accounts(TestImage.create());

        assertThat(accounts.find("frontend/owner", Owner.of("frontend/owner", "0:5")))
                .isEqualTo(new Accounts.Ids(0, 5));
        assertThatThrownBy(() -> accounts.find("frontend/owner", Owner.of("frontend/owner", "root")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("in its /etc/passwd. Use a number, or one of those it has (none).");
    }
}
