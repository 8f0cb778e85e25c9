package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration is read like ssh, including {@code Include} and {@code Match}. */
class SshConfigurationTest {

    @TempDir
    Path folder;

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String value(String host, String key) {
        String value = new SshConfiguration(
                        folder.resolve("home"),
                        folder.resolve("home/.ssh/config"),
                        folder.resolve("etc/ssh_config"),
                        "nina")
                .lookup(host, -1, null)
                .getValue(key);
        return value == null ? "" : value;
    }

    @Test
    void readsIncludedFilesInTheirPlace() throws IOException {
        write("home/.ssh/config", "Include conf.d/*\nUser last\n");
        write("home/.ssh/conf.d/10-first", "Host git.example.com\nUser first\n");
        write("home/.ssh/conf.d/20-second", "Host *\nUser second\n");
        write("home/.ssh/conf.d/.hidden", "User hidden\n");

        assertThat(value("git.example.com", "User")).isEqualTo("first");
        assertThat(value("other.example.com", "User")).isEqualTo("second");
    }

    @Test
    void readsAnIncludeOfAHostForThatHostAlone() throws IOException {
        write("home/.ssh/config", "Host git.example.com\n  Include ~/work\nHost *\n  Port 2200\n");
        write("home/work", "User work\n");

        assertThat(value("git.example.com", "User")).isEqualTo("work");
        assertThat(value("git.example.com", "Port")).isEqualTo("2200");
        assertThat(value("other.example.com", "User")).isNotEqualTo("work");
    }

    @Test
    void endsCircularIncludes() throws IOException {
        write("home/.ssh/config", "Include config\nUser me\n");
        assertThat(value("git.example.com", "User")).isEqualTo("me");
    }

    @Test
    void ignoresMissingFiles() throws IOException {
        write("home/.ssh/config", "Include missing nothing/*.conf\nUser me\n");
        assertThat(value("git.example.com", "User")).isEqualTo("me");
    }

    @Test
    void readsTheSystemsFileAfterTheUsers() throws IOException {
        write("home/.ssh/config", "Host git.example.com\n  User mine\n");
        write("etc/ssh_config", "Include ssh_config.d/*.conf\nHost *\n  User system\n");
        write("etc/ssh_config.d/proxy.conf", "Host *\n  Port 443\n");

        assertThat(value("git.example.com", "User")).isEqualTo("mine");
        assertThat(value("git.example.com", "Port")).isEqualTo("443");
        assertThat(value("other.example.com", "User")).isEqualTo("system");
    }

    @ParameterizedTest
    @CsvSource({
        "Match all, true",
        "Match host git.example.com, true",
        "Match host *.example.com, true",
        "'Match host other,git.*', true",
        "Match host other.example.com, false",
        "Match !host other.example.com, true",
        "Match !host git.example.com, false",
        "'Match host *.example.com,!git.example.com', false",
        "Match originalhost git.example.com, true",
        "Match localuser nina, true",
        "Match localuser ned, false",
        "Match host git.example.com localuser ned, false",
        "Match host git.example.com localuser nina, true",
        "Match exec true, false",
        "Match !exec false, false",
        "Match unknown x, false"
    })
    void appliesAMatchWhereItsCriteriaHold(String match, boolean holds) throws IOException {
        write(
                "home/.ssh/config",
                "Host other\n  User other\n" + match + "\n  User matched\nHost *\n  User otherwise\n");

        assertThat(value("git.example.com", "User")).isEqualTo(holds ? "matched" : "otherwise");
    }

    @Test
    void runsNoProgramThatAConfigurationNames() throws IOException {
        Path mark = folder.resolve("mark");
        write("home/.ssh/config", "Match exec \"touch " + mark + "\"\n  User matched\n");

        assertThat(value("git.example.com", "User")).isNotEqualTo("matched");
        assertThat(mark).doesNotExist();
    }

    @Test
    void matchesTheNameThatTheHostIsReachedBy() throws IOException {
        write(
                "home/.ssh/config",
                "Host work\n  HostName git.example.com\nMatch host git.example.com\n  User git\nMatch originalhost work\n"
                        + "  Port 2222\n");

        assertThat(value("work", "User")).isEqualTo("git");
        assertThat(value("work", "Port")).isEqualTo("2222");
    }
}
