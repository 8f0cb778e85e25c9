package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
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

    private SshConfiguration configuration() {
        return new SshConfiguration(
                folder.resolve("home"), folder.resolve("home/.ssh/config"), folder.resolve("etc/ssh_config"), "nina");
    }

    private String value(String host, String key) {
        String value = configuration().lookup(host, -1, null).getValue(key);
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
        "Match user nina, true",
        "Match user git, false",
        "Match host, false",
        "'Match ', false",
        "Match !all, true",
        "'Match host \"git.example.com\" localuser \"nina\"', true",
        "Match all # and nothing else, true",
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

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "other git.example.com, true",
        "other # git.example.com, false",
        "*.example.com !git.example.com, false",
        "!git.example.com *, false",
        "!other *, true",
        "git.example.co?, true",
        "git.example.com?, false",
        "[, false",
        "'\"git.example.com\"', true"
    })
    void aHostIsNamedByPatterns(String patterns, boolean holds) throws IOException {
        write("home/.ssh/config", "# first\n\nhost=" + patterns + "\n  User = matched\nHost *\n  User otherwise\n");

        assertThat(value("git.example.com", "User")).isEqualTo(holds ? "matched" : "otherwise");
    }

    @Test
    void knowsTheUserThatTheAddressNames() throws IOException {
        write("home/.ssh/config", "Match user git\n  Port 2222\n");
        assertThat(configuration().lookup("git.example.com", -1, "git").getValue("Port"))
                .isEqualTo("2222");
        assertThat(configuration().lookup("git.example.com", -1, "ned").getValue("Port"))
                .isNotEqualTo("2222");
        assertThat(configuration().lookupDefault("git.example.com", -1, "git").getValue("Port"))
                .isEqualTo("2222");
    }

    @Test
    void readsEachIncludedFileThatAPatternNames() throws IOException {
        write("elsewhere/x1/config", "Host one\n  Port 1\n");
        write("elsewhere/x2/config", "Host two\n  Port 2\n");
        write("elsewhere/y1/config", "Host three\n  Port 3\n");
        write("elsewhere/.x3/config", "Host three\n  Port 3\n");
        write("home/with space", "Host four\n  Port 4\n");
        write("home/.ssh/.hidden1", "Host five\n  Port 5\n");
        write("home/.ssh/file6", "Host six\n  Port 6\n");
        write("home/.ssh/file", "");
        write(
                "home/.ssh/config",
                "Include " + folder + "/elsewhere/x?/config file/*\nInclude \"~/with space\" .hidden* . ?ile6\n");

        assertThat(value("one", "Port")).isEqualTo("1");
        assertThat(value("two", "Port")).isEqualTo("2");
        assertThat(value("three", "Port")).isNotEqualTo("3");
        assertThat(value("four", "Port")).isEqualTo("4");
        assertThat(value("five", "Port")).isEqualTo("5");
        assertThat(value("six", "Port")).isEqualTo("6");
    }

    /** As ssh does. */
    @Test
    void readsSixteenFilesInEachOther() throws IOException {
        write("home/.ssh/config", "Include i1\n");
        for (int i = 1; i <= 17; i++) {
            write(
                    "home/.ssh/i" + i,
                    "Host h" + i + "\n  Port " + (1000 + i) + "\nHost *\n  Include i" + (i + 1) + "\n");
        }
        assertThat(value("h1", "Port")).isEqualTo("1001");
        assertThat(value("h16", "Port")).isEqualTo("1016");
        assertThat(value("h17", "Port")).isNotEqualTo("1017");
    }

    @Test
    void leavesNoCopyOfTheConfiguration() throws IOException {
        String user = "me-" + UUID.randomUUID();
        write("home/.ssh/config", "User " + user + "\n");
        assertThat(value("git.example.com", "User")).isEqualTo(user);

        try (Stream<Path> paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(paths.filter(path -> path.getFileName().toString().startsWith("olympe-ssh")))
                    .noneMatch(path -> text(path).contains(user));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // Another test has deleted its own.
        }
    }
}
