package io.github.olympe.maven.image.dockerfile.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

    private static final String PASSWD =
            "root:x:0:0:root:/root:/bin/sh|+::::::|:x:1:1|short:x:2|bad:x:-3:3|huge:x:4294967295:4|"
                    + "long:x:00000000005:5|last:x:4294967294:7:a|app:x:1000:50:An app:/srv/app|app:x:9:9::/other|same:x:1000:8::|";
    private static final String GROUP =
            "root:x:0:|few:x:1|:x:2:app|bad:x:y:app|dev:x:50:app,root|ops:x:60:root|all:x:70:root,app|";

    private static Accounts accounts(String files) {
        return new Accounts(StageFiles.of(TestTree.of(files)));
    }

    private static Accounts accounts() {
        return accounts("etc/passwd f 644 0:0 " + PASSWD + "\netc/group f 644 0:0 " + GROUP);
    }

    @ParameterizedTest
    @CsvSource({
        "app, 1000:50",
        "app:, 1000:50",
        "app:ops, 1000:60",
        "app:7, 1000:7",
        "root, 0:0",
        "last, 4294967294:7",
        "1000, 1000:1000",
        "1000:, 1000:1000",
        "0:ops, 0:60",
        ":ops, 0:60",
        ":4294967294, 0:4294967294",
        "0000000001, 1:1",
    })
    void anOwnerIsAUserAndAGroup(String text, String ids) throws Exception {
        Accounts.Ids found = accounts().owner(text);

        assertThat(found.uid() + ":" + found.gid()).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "nobody ! the image has no user 'nobody' in its /etc/passwd; use a number, or one of those it has: root, last, app, app, same",
                "short ! the image has no user 'short' in its /etc/passwd",
                "bad ! the image has no user 'bad' in its /etc/passwd",
                "huge ! the image has no user 'huge' in its /etc/passwd",
                "long ! the image has no user 'long' in its /etc/passwd",
                "+ ! the image has no user '+' in its /etc/passwd",
                ":no ! the image has no group 'no' in its /etc/group; use a number, or one of those it has: root, few, dev, ops, all",
                ":bad ! the image has no group 'bad' in its /etc/group",
                "4294967295 ! '4294967295' is too large for a user's or group's number",
                ":99999999999 ! '99999999999' is too large for a user's or group's number",
                ": ! ':' names neither a user nor a group; write user, user:group or :group, with names or numbers",
            })
    void anOwnerMustExist(String text, String said) {
        assertThatThrownBy(() -> accounts().owner(text))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith(said);
    }

    @Test
    void anImageMayHaveNoUsers() throws Exception {
        for (String files : List.of("a f 644 0:0", "etc/passwd d 755 0:0", "etc/passwd o 644 0:0")) {
            assertThatThrownBy(() -> accounts(files).owner("app"))
                    .isInstanceOf(FilesException.class)
                    .hasMessage(
                            "the image has no user 'app' in its /etc/passwd; use a number, or one of those it has (none)");
            assertThat(accounts(files).owner("7")).isEqualTo(new Accounts.Ids(7, 7));
        }
    }

    @Test
    void theFirstUserWithANumberCounts() throws Exception {
        assertThat(accounts().user(1000)).contains(new Accounts.User("app", 1000, 50, "/srv/app"));
        assertThat(accounts().user(0)).contains(new Accounts.User("root", 0, 0, "/root"));
        assertThat(accounts().user(4294967294L)).contains(new Accounts.User("last", 4294967294L, 7, ""));
        assertThat(accounts().user(5)).isEmpty();
    }

    @Test
    void aUserIsInTheGroupsThatListIt() throws Exception {
        assertThat(accounts().groups("app")).containsExactlyInAnyOrder(50L, 70L);
        assertThat(accounts().groups("root")).containsExactlyInAnyOrder(50L, 60L, 70L);
        assertThat(accounts().groups("ap")).isEmpty();
    }

    @Test
    void theFileMayBeALink() throws Exception {
        Accounts accounts = accounts("etc/passwd l 0:0 ../usr/users\nusr/users f 644 0:0 app:x:8:9");

        assertThat(accounts.owner("app")).isEqualTo(new Accounts.Ids(8, 9));
    }

    @Test
    void theFileHasALargestSize() throws Exception {
        assertThat(new Accounts(StageFiles.of(passwd(4 << 20, false))).owner("app"))
                .isEqualTo(new Accounts.Ids(8, 9));
        assertThatThrownBy(() -> new Accounts(StageFiles.of(passwd((4 << 20) + 1, false))).owner("app"))
                .isInstanceOf(FilesException.class)
                .hasMessage("'/etc/passwd' has 4194305 bytes in the image");
    }

    @Test
    void aFileThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> new Accounts(StageFiles.of(passwd(10, true))).owner("app"))
                .isInstanceOf(FilesException.class)
                .hasMessage("'/etc/passwd' cannot be read from the image (java.io.IOException: torn)");
    }

    /** An image with a {@code /etc/passwd} that says it has this size. */
    private static FolderSource passwd(long size, boolean isTorn) {
        Content content = new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                if (isTorn) {
                    throw new IOException("torn");
                }
                return TestTree.content("app:x:8:9").open();
            }
        };
        return only("etc", Node.folder(0755, 0, 0, only("passwd", Node.file(0644, 0, 0, content))));
    }

    private static FolderSource only(String name, Node node) {
        return new FolderSource() {
            @Override
            public @Nullable Node child(String asked) {
                return asked.equals(name) ? node : null;
            }

            @Override
            public Collection<String> names() {
                return List.of(name);
            }
        };
    }
}
