package io.github.olympe.maven.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a Dockerfile before any file is read. */
class DockerfileMistakesTest {

    @Test
    void unsupportedInstructionsAreFoundWithoutFiles() {
        String text = "FROM base\nRUN npm ci\nCOPY a b\nADD http://a/b c\nRUN chmod 9 x\nRUN chmod $x y\nRUN $x\n";

        assertThatThrownBy(() -> check(text))
                .isInstanceOfSatisfying(
                        OlympeException.class,
                        e -> assertThat(e.getMessage().lines())
                                .satisfiesExactly(
                                        line -> assertThat(line).startsWith("x:2: 'RUN npm ci'"),
                                        line -> assertThat(line).startsWith("x:4: 'ADD http://a/b c'"),
                                        line -> assertThat(line).startsWith("x:5: 'RUN chmod 9 x': '9' is not a mode"),
                                        line -> assertThat(line)
                                                .startsWith("x:7: 'RUN $x'")
                                                .contains("name of a command is a variable")));
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        String text = """
                ARG A="b
                FROM base AS a
                RUN --mount=type=cache,target=/c npm ci
                USER
                FROM base
                RUN npm run build
                COPY --chmod=9 b c
                FOO
                COPY <<E /a
                RUN this is no instruction
                E
                ENV A="b
                ENV B=${A#b}
                COPY --from=7 b c
                WORKDIR "/a
                EXPOSE 80:80 $P
                STOPSIGNAL SIGNO
                ADD vendor/app.tar.gz /a
                ADD https://example.com/$V /a
                SHELL ["pwsh", "-c"]
                RUN touch /a
                RUN --mount=type=cache,target=/c npm ci
                COPY docker/../../x /a
                COPY $D/../../x /a
                """;

        List<String> expected = List.of(
                "1 a double quote is not closed",
                "4 it has no arguments",
                "6 'npm' is not one of the commands",
                "7 '9' is not a mode",
                "8 there is no instruction 'FOO'",
                "9 it has a here-document",
                "12 a double quote is not closed",
                "13 '${A#' is not one of the forms",
                "14 there is no stage 7 before this one",
                "15 a double quote is not closed",
                "16 '80:80' is not a port",
                "17 'SIGNO' is not a signal",
                "18 ADD would unpack 'vendor/app.tar.gz'",
                "19 'https://example.com/$V' is not a file of the project",
                "21 its shell is 'pwsh -c'",
                "22 it has the flag '--mount'",
                "23 'docker/../../x' is not in the project's folder");
        assertThatThrownBy(() -> check(text))
                .isInstanceOfSatisfying(
                        OlympeException.class,
                        e -> assertThat(e.getMessage().lines())
                                .zipSatisfy(
                                        expected,
                                        (line, part) -> assertThat(line)
                                                .startsWith("x:" + part.substring(0, part.indexOf(' ')) + ": '")
                                                .contains(part.substring(part.indexOf(' ') + 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADD a${B#b} c",
                "ARG ${B#b}",
                "ARG A=${B#b}",
                "COPY a ${B#b}",
                "COPY --chown=${B#b} a c",
                "COPY --chmod=${B#b} a c",
                "ENV ${B#b}=a",
                "ENV A=${B#b}",
                "EXPOSE ${B#b}",
                "LABEL ${B#b}=a",
                "LABEL a=${B#b}",
                "STOPSIGNAL ${B#b}",
                "USER ${B#b}",
                "VOLUME ${B#b}",
                "WORKDIR ${B#b}"
            })
    void variablesAreReadEverywhereWithoutFiles(String instruction) {
        assertThatThrownBy(() -> check("FROM base\n" + instruction))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "x:2: '" + instruction
                                + "': the plugin cannot follow this instruction, since '${B#' is not one of the forms ${x}, ${x:-y}, ${x:+y} and ${x:?y}. Move");
    }

    @Test
    void theOnlyStageCopiesFromNoOther() {
        assertThatThrownBy(() -> check("FROM base\nCOPY --from=3 a b\n"))
                .hasMessage("x:2: 'COPY --from=3 a b': there is no stage 3 before this one; name one of those above.");
    }

    @Test
    void theValuesOfVariablesAreNotKnownWithoutFiles() {
        assertThat(check(
                                "FROM base\nENV B=${A:?needed}\nUSER $A\nEXPOSE $A\nSTOPSIGNAL $A\nCOPY --chmod=$A $A/../.. /a\n")
                        .notes())
                .isEmpty();
    }

    @Test
    void reportsAtMostTwentyMistakes() {
        assertThatThrownBy(() -> check("FROM base\n" + "RUN npm ci\n".repeat(15) + "USER\n".repeat(15)))
                .isInstanceOfSatisfying(
                        OlympeException.class,
                        e -> assertThat(e.getMessage().lines())
                                .hasSize(21)
                                .last()
                                .asString()
                                .contains("more mistakes"));
    }

    @Test
    @Tag("cost")
    @Timeout(30)
    void stagesMayFormALongChain() {
        int stages = 20_000;
        String text = "FROM base AS s0\n"
                + IntStream.range(1, stages)
                        .mapToObj(i -> "FROM s" + (i - 1) + " AS s" + i + "\n")
                        .collect(Collectors.joining());

        assertThat(check(text).base().map(BaseRequest::reference)).contains("base");
    }

    private static DockerfileBuild check(String text) {
        return DockerfileBuild.of(Dockerfile.parse("x", text), BuildSettings.of("dist", "linux/amd64"));
    }

    /** Docker leaves it out as well, whatever is in it. */
    @Test
    void unneededStagesMayHaveUnsupportedInstructions() {
        DockerfileBuild build = check("""
                FROM node:24 AS build
                RUN --mount=type=cache,target=/root/.npm npm ci
                COPY <<EOF /a
                FROM no
                EOF
                ENV A=${B#x}
                FROM base
                RUN touch /f
                """);

        assertThat(build.notes())
                .containsExactly("x:1: the stage 'build' is left out, since the image does not need it");
    }
}
