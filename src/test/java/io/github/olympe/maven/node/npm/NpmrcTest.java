package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin reads npm's configuration files like the real npm. */
class NpmrcTest {

    private static final Map<String, String> VARIABLES = Map.of("HOST", "npm.acme.com", "EMPTY", "");

    /** Values as they are written after {@code @s1:registry}, {@code @s2:registry} and so on. */
    private static final List<String> WRITTEN = List.of(
            "=https://a.acme.com/",
            " = https://b.acme.com/  ",
            "=\"https://c.acme.com/\"",
            "='https://d.acme.com/'",
            "=https://e.acme.com/ ; a comment",
            "=https://f.acme.com/ # a comment",
            "=https://g.acme.com/#fragment",
            "=https://h.acme.com/\\#fragment",
            "=\"https://i.acme.com/#fragment\"",
            "=https://${HOST}/j",
            "=https://${NOT_SET}/k",
            "=https://\\${HOST}/l",
            "=https://m.acme.com/?a=b",
            "='https://${HOST}/n'",
            "",
            " = a\\\\b\\;c\\xd\\",
            "=\"a \\\" and \\\\ b\"",
            "='a \\\\ b'",
            "='\\\\${HOST}'",
            "=\"",
            "=''",
            "=${NOT_SET?}x${EMPTY}");

    @TempDir
    Path project;

    @Test
    void commentsAndWhatHasNoKeySetNothing() {
        assertThat(Npmrc.parse("", VARIABLES).entries()).isEmpty();
        assertThat(Npmrc.parse("; a=b\n# a=b\n \t\n=b\n ;a\n[a]\nc=d\n", VARIABLES)
                        .entries())
                .isEmpty();
    }

    @Test
    void aListHasItsValuesInOrder() {
        Npmrc npmrc = Npmrc.parse("omit[]=dev\r\nomit[] = peer\n", VARIABLES);
        assertThat(npmrc.entries()).containsExactly(new Npmrc.Entry("omit", "dev"), new Npmrc.Entry("omit", "peer"));
        assertThat(npmrc.last("omit")).contains("peer");
        assertThat(npmrc.last("other")).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorThatSaysWhatToDo() throws IOException {
        Path file = project.resolve(".npmrc");
        assertThat(Npmrc.read(file, VARIABLES).entries()).isEmpty();
        Files.write(file, new byte[] {'a', '=', (byte) 0xff});
        assertThatThrownBy(() -> Npmrc.read(file, VARIABLES))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + file + "' cannot be used (")
                .hasMessageEndingWith("). Correct it, or delete it if it is not needed.");
    }

    @Test
    void isReadLikeNpm() throws IOException {
        StringBuilder text = new StringBuilder("; a comment\n# another\n\n@s0:registry=https://first.acme.com/\n");
        List<String> question = new ArrayList<>(List.of("config", "get", "@s0:registry"));
        for (int i = 0; i < WRITTEN.size(); i++) {
            text.append("@s")
                    .append(i + 1)
                    .append(":registry")
                    .append(WRITTEN.get(i))
                    .append(i % 2 == 0 ? "\n" : "\r\n");
            question.add("@s" + (i + 1) + ":registry");
        }
        text.append("@s0:registry=https://last.acme.com/\n[section]\n@s0:registry=https://section.acme.com/\n");
        Files.writeString(project.resolve("package.json"), "{}");
        Files.writeString(project.resolve(".npmrc"), text.toString());
        Npm npm = new NodeFixture().npm(project).with(VARIABLES);
        List<String> answer = new ArrayList<>();
        assertThat(npm.ask(question, answer::add).succeeded()).isTrue();

        Npmrc npmrc = Npmrc.read(project.resolve(".npmrc"), npm.environment());
        assertThat(question.stream()
                        .skip(2)
                        .map(key -> key + "=" + npmrc.last(key).orElseThrow()))
                .containsExactlyElementsOf(answer);
        assertThat(answer).contains("@s0:registry=https://last.acme.com/", "@s10:registry=https://npm.acme.com/j");
    }
}
