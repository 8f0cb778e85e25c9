package io.github.olympe.maven.image.dockerfile.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModeTest {

    /** The chmod of GNU and that of BusyBox give these results with the umask 022. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "0 6755 0",
                "7 644 7",
                "755 1777 755",
                "00000000755 644 755",
                "4711 644 4711",
                // The permissions of others are copied
                "o=u 751 757",
                "o=u 421 424",
                "u=g 644 444",
                "u=g 6755 2555",
                "u=g 421 221",
                "g=o 751 711",
                "g=o 6755 4755",
                "g+u 644 664",
                "o-g 751 750",
                // What may be executed stays so
                "+X 644 644",
                "+X 421 531",
                "g+X 600 600",
                "g+X 421 431",
                // Without letters the umask applies
                "+w 644 644",
                "-w 777 577",
                "a+w 644 666",
                "=rwx 644 755",
                "=r 1777 444",
                "= 6755 0",
                // Other bits
                "a= 1777 0",
                "a=rwx 1777 777",
                "u=rwx 1777 1777",
                "u=rwx 6755 2755",
                "u= 1777 1077",
                "u+s 644 4644",
                "g+s 644 2644",
                "o+s 644 644",
                "+s 644 6644",
                "a-s 6755 755",
                "+t 644 1644",
                // Several changes
                "u+w+x-r 644 344",
                "ug+rw,o-rwx 644 660",
                "u=rwX,go=rX 421 755",
            })
    void changesAFile(String mode, String before, String after) throws Exception {
        assertThat(applied(mode, before, false)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"+X 644 755", "g+X 644 654", "u=rwX,go=rX 600 755", "=r 1777 444", "u=rwx 1777 1777", "700 755 700"
            })
    void changesAFolder(String mode, String before, String after) throws Exception {
        assertThat(applied(mode, before, true)).isEqualTo(after);
    }

    private static String applied(String mode, String before, boolean isFolder) throws FilesException {
        return Integer.toOctalString(FileMode.of(mode).apply(Integer.parseInt(before, 8), isFolder));
    }

    @Test
    void digitsAndEqualsSignsReplaceTheBits() throws Exception {
        for (String replacing : new String[] {"0", "755", "u=r", "u+x,g=", "=rx"}) {
            assertThat(FileMode.of(replacing).replaces()).as(replacing).isTrue();
        }
        for (String changing : new String[] {"u+x", "-w", "a+r,o-rwx"}) {
            assertThat(FileMode.of(changing).replaces()).as(changing).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8", "77777", "0000000000755", "x", "u", "u+q", "u+ug", "u+rg", "+x,", ",+x", "u +x", "-1"})
    void anythingElseIsNoMode(String mode) {
        assertThatThrownBy(() -> FileMode.of(mode))
                .isInstanceOf(FilesException.class)
                .hasMessage("'" + mode + "' is not a mode; write octal digits such as 755, or letters such as u+x");
    }

    @Test
    void aClauseHasALargestLength() throws Exception {
        assertThat(applied("u" + "+x".repeat(49) + "+", "644", false)).isEqualTo("744");
        assertThatThrownBy(() -> FileMode.of("u" + "+x".repeat(50))).isInstanceOf(FilesException.class);
    }
}
