package io.github.olympe.maven.snapshot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotConfigTest {

    /** The first example of "Saving Code as Data in git", unchanged. */
    private static final String DOCUMENTED = """
            [
            {
            "snapshooter": {
            "name": "My Projects",
            "rootTags": ["10000000000000000000"],
            "exclude": ["10000000000000000001"],
            "outputDir": "snapshot"
            }
            }
            ]
            """;

    /** The second example, with the content of the first one where it omits it. */
    private static final String DOCUMENTED_WITH_GIT = """
            [
            {
            "snapshooter": {
            "name": "My Projects",
            "rootTags": ["10000000000000000000"],
            "exclude": ["10000000000000000001"],
            "outputDir": "snapshot"
            },
            "git": {
            "repo": "https://<token>@<repository_url>.git",
            "branch": "master",
            "commitMessage": "Snapshot at {date} in {folder}"
            }
            }
            ]
            """;

    @TempDir
    Path project;

    private final List<Secret> hidden = new ArrayList<>();

    @Test
    void readsTheDocumentedExample() throws IOException {
        write("snapshot/snapshot-config.json", DOCUMENTED);

        SnapshotEntry entry = read().entries().get(0);

        assertThat(entry.name()).isEqualTo("My Projects");
        assertThat(entry.rootTags()).containsExactly("10000000000000000000");
        assertThat(entry.exclude()).containsExactly("10000000000000000001");
        assertThat(entry.outputDirectory().path()).isEqualTo("snapshot");
        assertThat(entry.git()).isEmpty();
        assertThat(read().needsGit()).isFalse();
    }

    @Test
    void readsTheDocumentedExampleWithGit() throws IOException {
        write(
                "res/snapshot-config.json",
                DOCUMENTED_WITH_GIT
                        .replace("<token>", "glpat-1")
                        .replace("<repository_url>", "git.example.com/acme/shop"));

        SnapshotEntry.GitTarget git = read().entries().get(0).git().orElseThrow();

        assertThat(git.remote()).hasToString("https://git.example.com/acme/shop.git");
        assertThat(git.remote().secret()).contains(Secret.of("glpat-1"));
        assertThat(hidden).containsExactly(Secret.of("glpat-1"));
        assertThat(git.branch()).isEqualTo("master");
        assertThat(git.commitMessage()).isEqualTo("Snapshot at {date} in {folder}");
    }

    @Test
    void reportsTheDocumentedPlaceholdersAsNoAddress() throws IOException {
        write("res/snapshot-config.json", DOCUMENTED_WITH_GIT);

        fails("res/snapshot-config.json, entry 1 ('My Projects'): the key 'git.repo' ");
    }

    @Test
    void hasTheToolkitsDefaults() throws IOException {
        write(
                "res/snapshot-config.json",
                "[" + entry("'name':'a','rootTags':['1']", "'repo':'git@host:group/repo.git'") + "]");

        SnapshotEntry entry = read().entries().get(0);

        assertThat(entry.outputDirectory()).isEqualTo(new OutputDirectory("./snapshot", List.of("snapshot")));
        assertThat(entry.git().orElseThrow().branch()).isEqualTo("develop");
        assertThat(entry.git().orElseThrow().commitMessage()).isEqualTo("Snapshot at {date} in {folder}");
        assertThat(entry.git().orElseThrow().remote().isSsh()).isTrue();
    }

    @Test
    void readsASingleEntryWithoutAnArray() throws IOException {
        write("res/snapshot-config.json", entry("'name':'a','rootTags':['1']", ""));

        assertThat(read().entries()).hasSize(1);
        assertThat(read().entries().get(0).source()).isEqualTo("res/snapshot-config.json ('a')");

        write("res/snapshot-config.json", entry("'name':'a','rootTags':[]", ""));

        fails("res/snapshot-config.json ('a'): the key 'snapshooter.rootTags' is empty; give an array of tags");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'rootTag': '017840fd586db904fdf1', 'outputDir': 'dumps', 'name': 'olympe.core'}"
                        + "| {'snapshooter':{'name':'olympe.core','rootTags':['017840fd586db904fdf1'],'outputDir':'dumps'}}",
                "{'rootTag': '017d57e759b3e7ec670c'}"
                        + "| {'snapshooter':{'name':'My Projects','rootTags':['017d57e759b3e7ec670c']}}",
                "{'rootTag': '1', 'name': ' ', 'outputDir': '', 'path': 'dumps'}"
                        + "| {'snapshooter':{'name':'My Projects','rootTags':['1'],'outputDir':'dumps'}}",
                "{'rootTags': [1, '../x', {}], 'name': 7}"
                        + "| {'snapshooter':{'name':'My Projects','rootTags':['10000000000000000000']}}",
            })
    void showsHowAnOlderEntryHasToBeWritten(String older, String entry) throws IOException {
        String written = entry.replace('\'', '"');
        write("res/snapshot-config.json", older.replace('\'', '"'));

        fails("res/snapshot-config.json: has the format of older tools; write " + written + ".");

        write("res/snapshot-config.json", "[" + older.replace('\'', '"') + "]");

        fails("res/snapshot-config.json, entry 1: has the format of older tools; write " + written + ".");

        write("res/snapshot-config.json", written);

        assertThat(read().entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'https://glpat-1@git.example.com/acme/shop.git'",
                "{'repo': 'https://glpat-1@git.example.com/acme/shop.git', 'branch': 'master'}",
                "{'url': 'https://nina:glpat-1@git.example.com/acme/shop.git'}",
            })
    void showsAnOlderEntryWithGitWithoutItsToken(String git) throws IOException {
        String branch = git.contains("master") ? "master" : "develop";
        write(
                "res/snapshot-config.json",
                "[{'name': 'Shop', 'rootTags': ['1', '2'], 'path': 'snapshot', 'server': 'draw.example.com', 'git': %s}]"
                        .formatted(git)
                        .replace('\'', '"'));

        fails(("res/snapshot-config.json, entry 1: has the format of older tools; write {'snapshooter':{'name':'Shop',"
                        + "'rootTags':['1','2'],'outputDir':'snapshot'},'git':{'repo':'https://git.example.com/acme/shop.git',"
                        + "'branch':'" + branch + "'}}, and name the server by the parameter")
                .replace('\'', '"'));
        assertThat(hidden).contains(Secret.of("glpat-1"));
    }

    @Test
    void readsAllFilesOfAFolder() throws IOException {
        write("configs/b.json", "[" + entry("'name':'b','rootTags':['1'],'outputDir':'b'", "") + "]");
        write("configs/a/a.json", "[" + entry("'name':'a','rootTags':['1'],'outputDir':'a'", "") + "]");
        write("configs/README.md", "no configuration");

        assertThat(SnapshotConfig.read(Optional.of("configs"), project, hidden::add)
                        .entries())
                .extracting(SnapshotEntry::name)
                .containsExactly("a", "b");
    }

    @Test
    void anEmptyPathIsNoFolder() {
        List<String> problems = new ArrayList<>();
        assertThat(OutputDirectory.of(" ", problems::add)).isEmpty();
        assertThat(problems).containsExactly("is empty; give a folder of the repository, such as 'snapshot'");
    }

    @Test
    void prefersResToSnapshot() throws IOException {
        write("snapshot/snapshot-config.json", "[]");
        write("res/snapshot-config.json", DOCUMENTED);

        assertThat(read().entries().get(0).source()).isEqualTo("res/snapshot-config.json, entry 1 ('My Projects')");
    }

    @Test
    void reportsAMissingConfiguration() {
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::read)
                .withMessageContaining("neither 'res/snapshot-config.json' nor 'snapshot/snapshot-config.json'");
        for (String missing : List.of("nowhere.json", "empty")) {
            project.resolve("empty").toFile().mkdir();
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> SnapshotConfig.read(Optional.of(missing), project, hidden::add))
                    .withMessageStartingWith(
                            "Invalid value for 'snapshotConfig' (olympe.snapshot.config): '" + missing + "'. ");
        }
    }

    @Test
    void saysWhereTheSnapshotsGo() throws IOException {
        assertThat(SnapshotConfig.isThere(Optional.empty(), project)).isFalse();
        assertThat(SnapshotConfig.isThere(Optional.of("missing.json"), project)).isTrue();
        write(
                "res/snapshot-config.json",
                "[" + entry("'name':'one','rootTags':['1','2']", "") + ","
                        + entry("'name':'two','rootTags':['3']", "'repo':'https://t0ken@host/g/r.git'") + ","
                        + entry("'name':'three','rootTags':['4']", "'repo':'git@host:g/s.git','branch':'main'") + ","
                        + entry("'name':'four','rootTags':['5'],'outputDir':'.'", "'repo':'file:///srv/r.git'") + "]");

        assertThat(SnapshotConfig.isThere(Optional.empty(), project)).isTrue();
        SnapshotConfig config = read();
        assertThat(config.needsGit()).isTrue();
        assertThat(config.gitHosts()).containsExactly("host");
        assertThat(config.outputDirectories()).containsExactly("./snapshot", ".");
        assertThat(config.describe())
                .containsExactly(
                        "snapshot 'one' of 1, 2 to './snapshot' of the project",
                        "snapshot 'two' of 3 to './snapshot' on branch 'develop' of https://host/g/r.git",
                        "snapshot 'three' of 4 to './snapshot' on branch 'main' of git@host:g/s.git",
                        "snapshot 'four' of 5 to '.' on branch 'develop' of file:///srv/r.git");
        assertThat(config.entries().get(1).outputDirectory().path("1")).isEqualTo("snapshot/1");
        assertThat(config.entries().get(3).outputDirectory().path("5")).isEqualTo("5");
    }

    @Test
    void takesOnlyFilesOfAFolder() throws IOException {
        write("configs/a.json", "[" + entry("'name':'a','rootTags':['1']", "") + "]");
        write("configs/folder.json/README.md", "no configuration");
        Files.createSymbolicLink(project.resolve("configs/link.json"), write("b.json", "[]"));

        assertThat(SnapshotConfig.read(Optional.of("configs"), project, hidden::add)
                        .entries())
                .hasSize(1);
    }

    /** Nobody reads a thousand sentences. */
    @Test
    void endsAfterAHundredMistakes() throws IOException {
        String wrong = "{'snapshooter':{'name':'a','rootTags':[" + "'?',".repeat(150) + "'?']}}";
        String unknown = "{" + "'%s':1,".repeat(150).formatted((Object[]) numbers(150)) + "'x':1}";
        for (String content : List.of("[" + wrong + "]", "[" + unknown + "]", "[" + "[],".repeat(150) + "[]]")) {
            write("res/snapshot-config.json", content.replace('\'', '"'));
            List<String> mistakes = new ArrayList<>();
            new ConfigurationReader(
                            project.resolve("res/snapshot-config.json"), "shown", project, mistakes, hidden::add)
                    .read(new ArrayList<>());
            // The one more is that of the missing 'snapshooter'.
            assertThat(mistakes).as(content.substring(0, 20)).hasSize(content.contains("k149") ? 101 : 100);
        }
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    @Test
    void readsAThousandEntries() throws IOException {
        String entries = IntStream.range(0, 1000)
                .mapToObj(i -> entry("'name':'a','rootTags':['1'],'outputDir':'d" + i + "'", ""))
                .collect(Collectors.joining(","));
        write("res/snapshot-config.json", "[" + entries + "]");
        assertThat(read().entries()).hasSize(1000);

        write("res/snapshot-config.json", "[" + entries + ",{}]");
        fails("The snapshot configuration res/snapshot-config.json has 1001 entries; write at most 1000.");
    }

    /** Each is one entry, and what the one sentence on it says after the file and the entry. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'snapshooter':{'rootTags':['1']}}                                       | : the key 'snapshooter.name' is missing; give
            {'snapshooter':{'name':'  ','rootTags':['1']}}                           | ('  '): the key 'snapshooter.name' is empty; give
            {'snapshooter':{'name':7,'rootTags':['1']}}                              | : the key 'snapshooter.name' is a number; give
            {'snapshooter':{'name':'a'}}                                             | ('a'): the key 'snapshooter.rootTags' is missing; give an array
            {'snapshooter':{'name':'a','rootTags':[]}}                               | ('a'): the key 'snapshooter.rootTags' is empty; give an array
            {'snapshooter':{'name':'a','rootTags':'1'}}                              | ('a'): the key 'snapshooter.rootTags' is
            {'snapshooter':{'name':'a','rootTags':[1]}}                              | ('a'): the key 'snapshooter.rootTags' holds 1, which is not a tag
            {'snapshooter':{'name':'a','rootTags':['../x']}}                         | ('a'): the key 'snapshooter.rootTags' holds "../x", which is not a tag
            {'snapshooter':{'name':'a','rootTags':['']}}                             | ('a'): the key 'snapshooter.rootTags' holds "", which is not a tag
            {'snapshooter':{'name':'a','rootTags':[['1']]}}                          | ('a'): the key 'snapshooter.rootTags' holds an array, which is not a tag
            {'snapshooter':{'name':'a','rootTags':['1'],'exclude':['é']}}            | ('a'): the key 'snapshooter.exclude' holds "é", which is not a tag
            {'snapshooter':{'name':'a','rootTags':['1'],'exclude':'1'}}              | ('a'): the key 'snapshooter.exclude' is
            {'snapshooter':{'name':'a','rootTags':['1'],'outputdir':'b'}}            | ('a'): the key 'snapshooter.outputdir' is unknown; the keys there are name, rootTags, exclude, outputDir.
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'/tmp'}}         | ('a'): the key 'snapshooter.outputDir' has the value '/tmp', which is an absolute path
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'C:/tmp'}}       | ('a'): the key 'snapshooter.outputDir' has the value 'C:/tmp', which is an absolute path
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'../x'}}         | ('a'): the key 'snapshooter.outputDir' has the value '../x', which leads out of the repository
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'a/../../x'}}    | ('a'): the key 'snapshooter.outputDir' has the value 'a/../../x', which leads out of the repository
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'.git/hooks'}}   | ('a'): the key 'snapshooter.outputDir' has the value '.git/hooks', which leads into git's own folder
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'aux/x'}}        | ('a'): the key 'snapshooter.outputDir' has the value 'aux/x', which cannot be a path in a git repository (
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'git@h:r','commitMessage':'\\u0000'}} | ('a'): the key 'git.commitMessage' has a NUL character in it
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':''}}             | ('a'): the key 'snapshooter.outputDir' is empty
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'link/x'}}       | ('a'): the key 'snapshooter.outputDir' has the value 'link/x', which passes through the symbolic link 'link'
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'tags'}}         | ('a'): the key 'snapshooter.outputDir' has the value 'tags', which passes through the symbolic link 'tags/1'
            {'snapshooter':{'name':'a','rootTags':['1'],'outputDir':'file/x'}}       | ('a'): the key 'snapshooter.outputDir' has the value 'file/x', which passes through 'file', which is a file
            {'snapshooter':{'name':'a','rootTags':['json'],'outputDir':'snap'}}      | ('a'): the key 'snapshooter.outputDir' has the value 'snap', so that the snapshot of root tag 'json' would replace this very file
            {'snapshooter':{'name':'a','rootTags':['1']},'svn':{}}                   | ('a'): the key 'svn' is unknown; the keys there are snapshooter, git.
            {'snapshooter':{'name':'a','rootTags':['1']},'git':'x'}                  | ('a'): the key 'git' is a text
            {'snapshooter':{'name':'a','rootTags':['1']},'git':null}                 | ('a'): the key 'git' is null
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{}}                   | ('a'): the key 'git.repo' is missing
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'x'}}         | ('a'): the key 'git.repo' is not the address of a git repository
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'ftp://h/r'}} | ('a'): the key 'git.repo' is not the address of a git repository
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'https://h'}} | ('a'): the key 'git.repo' names no repository on its host
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'ssh://u:p@h/r'}} | ('a'): the key 'git.repo' contains a password for SSH
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'git@h:r','branch':'a b'}} | ('a'): the key 'git.branch' has the value 'a b', which is not the name of a branch
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'git@h:r','branch':'--x..'}} | ('a'): the key 'git.branch' has the value '--x..', which is not the name of a branch
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'git@h:r','commitMessage':''}} | ('a'): the key 'git.commitMessage' is empty
            {'snapshooter':{'name':'a','rootTags':['1']},'git':{'repo':'git@h:r','token':'t'}} | ('a'): the key 'git.token' is unknown; the keys there are repo, branch, commitMessage.
            {}                                                                       | : the key 'snapshooter' is missing
            {'snapshooter':[]}                                                       | : the key 'snapshooter' is empty
            []                                                                       | : is an array where an object belongs
            """)
    void namesFileEntryAndKeyInOneSentence(String entry, String sentence) throws IOException {
        Files.createSymbolicLink(project.resolve("link"), project);
        Files.createDirectories(project.resolve("tags"));
        Files.createSymbolicLink(project.resolve("tags/1"), project);
        write("file", "");
        String fine = entry("'name':'fine','rootTags':['2'],'outputDir':'fine'", "");
        Path file = write("snap/json/config.json", ("[" + fine + "," + entry + "]").replace('\'', '"'));

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> SnapshotConfig.read(Optional.of(file.toString()), project, hidden::add))
                .withMessageStartingWith(
                        "snap/json/config.json, entry 2" + (sentence.startsWith(":") ? sentence : " " + sentence))
                .satisfies(e ->
                        assertThat(String.valueOf(e.getMessage())).endsWith(".").hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource({
        "snapshot, snapshot",
        "./snapshot/, snapshot",
        "a, a/b",
        "a/b/../c/d, a/c",
        "'.', a",
        "Snapshot, snapshot"
    })
    void letsNoTwoEntriesWriteToOnePlace(String first, String second) throws IOException {
        for (String git : List.of("", "'repo':'https://host/group/repo.git'")) {
            write(
                    "res/snapshot-config.json",
                    "[" + entry("'name':'one','rootTags':['1'],'outputDir':'" + first + "'", git) + ","
                            + entry(
                                    "'name':'two','rootTags':['2'],'outputDir':'" + second + "'",
                                    git.replace(".git", ""))
                            + "]");

            fails(
                    "res/snapshot-config.json, entry 2 ('two'): the key 'snapshooter.outputDir' has the value '"
                            + second
                            + "', where res/snapshot-config.json, entry 1 ('one') writes too; give each entry a folder of its own.");
        }
    }

    @Test
    void entriesMayWriteToTheSameFolderOfDifferentBranches() throws IOException {
        write(
                "res/snapshot-config.json",
                "[" + entry("'name':'one','rootTags':['1']", "") + ","
                        + entry("'name':'two','rootTags':['1']", "'repo':'git@h:g/r','branch':'a'") + ","
                        + entry("'name':'three','rootTags':['1']", "'repo':'git@h:g/r','branch':'b'") + "]");

        assertThat(read().entries()).hasSize(3);
    }

    @Test
    void reportsAllMistakesAtOnce() throws IOException {
        write(
                "res/snapshot-config.json",
                "[" + entry("'name':'','rootTags':[1,2],'outputDir':'..'", "'branch':''") + "," + entry("", "") + "]");

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::read)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[{]",
                "nonsense",
                "[1] [2]",
                "[{'a':1,'a':2}]",
                "[\u0000]",
                "// c\n[]",
                "[,]",
                "'x'",
                "7"
            })
    void saysWhereInvalidJsonIsWrong(String content) throws IOException {
        write("res/snapshot-config.json", content);

        fails("The snapshot configuration res/snapshot-config.json ");
    }

    @Test
    void refusesOtherEncodingsAndHugeFiles() throws IOException {
        Files.createDirectories(project.resolve("res"));
        Path file = project.resolve("res/snapshot-config.json");
        Files.write(file, DOCUMENTED.getBytes(StandardCharsets.UTF_16));
        fails("The snapshot configuration res/snapshot-config.json cannot be used (it is not written in UTF-8)");
        Files.writeString(file, " ".repeat(5_000_000));
        fails("The snapshot configuration res/snapshot-config.json cannot be used (it is larger than 4 MiB)");
        Files.writeString(file, "[".repeat(1_000_000));
        fails("The snapshot configuration res/snapshot-config.json is not valid JSON");
        Files.writeString(file, "\uFEFF" + DOCUMENTED);
        assertThat(read().entries()).hasSize(1);
    }

    /** Truncated, flipped and doubled bytes: either they are read, or there is a sentence, never with a token in it. */
    @Test
    void survivesRandomContent() throws IOException {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        byte[] good = DOCUMENTED_WITH_GIT
                .replace("<token>", "t0k3nT0k3n")
                .replace("<repository_url>", "host/group/repo")
                .getBytes(StandardCharsets.UTF_8);
        int token = new String(good, StandardCharsets.UTF_8).indexOf("t0k3nT0k3n");
        Path file = write("res/snapshot-config.json", "");
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                int flipped = random.nextInt(bad.length);
                // The token stays in the form that is searched for.
                if (flipped < token || flipped >= token + "t0k3nT0k3n".length()) {
                    bad[flipped] = (byte) random.nextInt(256);
                }
            }
            Files.write(file, random.nextInt(3) == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            try {
                read();
            } catch (OlympeException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("seed " + seed + ", case " + i)
                        .doesNotContain("t0k3nT0k3n")
                        .contains("res/snapshot-config.json");
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ", case " + i + ": " + Files.readString(file, StandardCharsets.ISO_8859_1), e);
            }
        }
        assertThat(refused).as("refused, seed " + seed).isGreaterThan(100);
    }

    private void fails(String sentence) {
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(sentence)
                .satisfies(e ->
                        assertThat(String.valueOf(e.getMessage())).endsWith(".").hasLineCount(1));
    }

    private SnapshotConfig read() {
        return SnapshotConfig.read(Optional.empty(), project, hidden::add);
    }

    private static String entry(String snapshooter, String git) {
        return ("{'snapshooter':{" + snapshooter + "}" + (git.isEmpty() ? "" : ",'git':{" + git + "}") + "}")
                .replace('\'', '"');
    }

    private Path write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
