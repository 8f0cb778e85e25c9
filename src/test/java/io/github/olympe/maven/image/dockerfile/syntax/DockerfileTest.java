package io.github.olympe.maven.image.dockerfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.From;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Healthcheck;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.HealthcheckDuration;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Setting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {

    /** The lines of a Dockerfile after its FROM. */
    private static List<Instruction> after(String from, String text) {
        return parse(from + "\n" + text).instructions().stream().skip(1).toList();
    }

    private static Dockerfile parse(String text) {
        return Readable.dockerfile("docker/backend.Dockerfile", text);
    }

    private static Instruction one(String text) {
        List<Instruction> instructions = after("FROM x", text);
        assertThat(instructions).hasSize(1);
        return instructions.get(0);
    }

    private static Setting setting(String name, String value) {
        return new Setting(name, Optional.of(value));
    }

    @Test
    void theDocumentedDockerfiles() {
        Dockerfile read = parse(
                "FROM olympeio/codeasdata-base:stable\nCOPY --chown=1000:1000 $SOURCES_PATH /root/patches\nRUN chmod 775 ~/patches\n");

        assertThat(read.instructions())
                .extracting(instruction -> instruction.place().line())
                .containsExactly(1, 2, 3);
        From from = (From) read.instructions().get(0);
        assertThat(from.image()).isEqualTo("olympeio/codeasdata-base:stable");
        Copy copy = (Copy) read.instructions().get(1);
        assertThat(copy.owner()).contains("1000:1000");
        assertThat(copy.sources()).containsExactly("$SOURCES_PATH");
        assertThat(copy.target()).isEqualTo("/root/patches");
        Instruction.Run run = (Instruction.Run) read.instructions().get(2);
        assertThat(run.command()).isEqualTo(new CommandForm(false, List.of("chmod 775 ~/patches")));
    }

    @Test
    void commentsAndEmptyLinesAreSkippedAndKeywordsMayHaveAnyCase() {
        assertThat(after("# c\n\n  # d\nfrom x", "# e\n\n \t\n  uSeR a\n#f").stream()
                        .map(i -> i.place().line()))
                .containsExactly(8);
    }

    @Test
    void aLineIsContinuedAcrossCommentsAndEmptyLines() {
        Instruction.Env env = (Instruction.Env) one("ENV a=1 \\  \n  # a comment\n\n    b=2 \\\n\n   c=3");

        assertThat(env.settings()).containsExactly(setting("a", "1"), setting("b", "2"), setting("c", "3"));
        assertThat(env.place().line()).isEqualTo(2);
    }

    @Test
    void aWordIsContinuedWithoutASpace() {
        assertThat(((Instruction.User) one("USER ab\\\ncd")).user()).isEqualTo("abcd");
        assertThat(((Instruction.User) one("USER ab\\")).user()).isEqualTo("ab");
    }

    @Test
    void twoEscapeCharactersDoNotContinue() {
        assertThat(after("FROM x", "USER a\\\\\nUSER b")).hasSize(2);
    }

    @Test
    void windowsLineEndsAndAByteOrderMark() {
        List<Instruction> read = after("\ufeffFROM x\r", "USER a\\\r\nb\r\nWORKDIR /c\r\n");

        assertThat(((Instruction.User) read.get(0)).user()).isEqualTo("ab");
        assertThat(((Instruction.Workdir) read.get(1)).path()).isEqualTo("/c");
    }

    @Test
    void theEscapeCharacterMayBeChanged() {
        Dockerfile read = parse("# syntax=docker/dockerfile:1\n#  Escape = `\nFROM x\nUSER a`\nb\\\nENV c=d\\\n");

        assertThat(read.escape()).isEqualTo('`');
        assertThat(((Instruction.User) read.instructions().get(1)).user()).isEqualTo("ab\\");
    }

    /** An odd number of escape characters, more than one, ends a line too. The last one then escapes nothing. */
    @Test
    void theLastEscapeCharacterMayEscapeNothing() {
        assertThat(((Instruction.Env) one("ENV a=b\\\\\\")).settings()).containsExactly(setting("a", "b\\\\"));
        assertThat(Dockerfile.parse("d", "FROM x\nCOPY --chown=a\\\\\\\nUSER b").mistakes())
                .containsExactly(new Mistake(
                        2,
                        "d:2: 'COPY --chown=a\\\\\\': it needs what to copy and where to; write COPY source target."));
    }

    @Test
    void aDirectiveAfterACommentIsAComment() {
        assertThat(parse("# a\n# escape=`\nFROM x").escape()).isEqualTo('\\');
        assertThat(parse("\n# escape=`\nFROM x").escape()).isEqualTo('\\');
        assertThat(parse("# other=`\n# escape=`\nFROM x").escape()).isEqualTo('\\');
    }

    @Test
    void stagesAndArgumentsBeforeThem() {
        Dockerfile read = parse("ARG v=1 w\nFROM --platform=$p a:$v AS Build\nFROM build");

        assertThat(((Instruction.Arg) read.instructions().get(0)).settings())
                .containsExactly(setting("v", "1"), new Setting("w", Optional.empty()));
        From from = (From) read.instructions().get(1);
        assertThat(from.platform()).contains("$p");
        assertThat(from.image()).isEqualTo("a:$v");
        assertThat(from.name()).contains("build");
        assertThat(((From) read.instructions().get(2)).name()).isEmpty();
    }

    @Test
    void copiesInBothForms() {
        Copy words = (Copy) one("COPY --from=0 --chmod=\"7 55\" --link a  b\tc/");
        Copy json = (Copy) one("ADD --chown='a b' -- [\"a b\", \"c\"]");

        assertThat(words.from()).contains("0");
        assertThat(words.mode()).contains("7 55");
        assertThat(words.link()).isTrue();
        assertThat(words.sources()).containsExactly("a", "b");
        assertThat(words.target()).isEqualTo("c/");
        assertThat(json.isAdd()).isTrue();
        assertThat(json.link()).isFalse();
        assertThat(json.owner()).contains("a b");
        assertThat(json.sources()).containsExactly("a b");
        assertThat(((Copy) one("COPY --link=false a b")).link()).isFalse();
        assertThat(((Copy) one("COPY --link=TRUE a b")).link()).isTrue();
        assertThat(((Copy) one("COPY --chown=a\\ b=\\\"c --chmod= d e")).owner())
                .contains("a b=\"c");
        assertThat(((Copy) one("COPY --chown= --chmod= d e")).owner()).isEmpty();
        assertThat(((Copy) one("COPY [\"a\" b]")).sources()).containsExactly("[\"a\"");
    }

    @Test
    void environmentInBothForms() {
        assertThat(((Instruction.Env) one("ENV a=\"b c\" d='e f' g=h\\ i j=")).settings())
                .containsExactly(
                        setting("a", "\"b c\""), setting("d", "'e f'"), setting("g", "h\\ i"), setting("j", ""));
        assertThat(((Instruction.Env) one("ENV a   b = c  ")).settings()).containsExactly(setting("a", "b = c"));
        assertThat(((Instruction.Env) one("ENV a=1\rb=2\u0085c=3\u00a0d=4")).settings())
                .containsExactly(setting("a", "1"), setting("b", "2"), setting("c", "3"), setting("d", "4"));
        assertThat(((Instruction.Label) one("LABEL \"a b\"=c x.y=\"=\"")).settings())
                .containsExactly(setting("\"a b\"", "c"), setting("x.y", "\"=\""));
    }

    @Test
    void commandsInBothForms() {
        assertThat(((Instruction.Cmd) one("CMD [\"a\", \"b c\"]")).command())
                .isEqualTo(new CommandForm(true, List.of("a", "b c")));
        assertThat(((Instruction.Cmd) one("CMD ['a']")).command()).isEqualTo(new CommandForm(false, List.of("['a']")));
        assertThat(((Instruction.Entrypoint) one("ENTRYPOINT []")).command())
                .isEqualTo(new CommandForm(true, List.of()));
        assertThat(((Instruction.Shell) one("SHELL [\"/bin/sh\",\"-c\"]")).words())
                .containsExactly("/bin/sh", "-c");
        assertThat(((Instruction.Volume) one("VOLUME [\"/a b\"]")).paths()).containsExactly("/a b");
        assertThat(((Instruction.Volume) one("VOLUME /a /b")).paths()).containsExactly("/a", "/b");
    }

    @Test
    void healthChecks() {
        Healthcheck check = (Healthcheck)
                one("HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1.5h --retries=3 CMD curl -f x");

        assertThat(check.test()).containsExactly("CMD-SHELL", "curl -f x");
        assertThat(check.durations())
                .containsExactly(
                        new HealthcheckDuration("Interval", 90_000_000_000L),
                        new HealthcheckDuration("Timeout", 500_000_000L),
                        new HealthcheckDuration("StartPeriod", 5_400_000_000_000L));
        assertThat(check.retries()).isEqualTo(3);
        assertThat(((Healthcheck) one("HEALTHCHECK CMD [\"a\"]")).test()).containsExactly("CMD", "a");
        assertThat(((Healthcheck) one("HEALTHCHECK none")).test()).containsExactly("NONE");
        assertThat(((Healthcheck) one("HEALTHCHECK --interval=0s --timeout=0 CMD a")).durations())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, 1000000",
        "1000us, 1000000",
        "1000µs, 1000000",
        "1000000ns, 1000000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "1h2m3s4ms5us6ns, 3723004005006",
        "1000000.9ns, 1000000",
        "9223372036.854775807s, 9223372036854775807"
    })
    void timesOfHealthChecks(String written, long nanoseconds) {
        assertThat(((Healthcheck) one("HEALTHCHECK --start-interval=" + written + " CMD a")).durations())
                .containsExactly(new HealthcheckDuration("StartInterval", nanoseconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"999us", "999999ns", "9223372036.854775808s", "9999999h", "1", "s", "1.5", "-1s", "1 s", "1d"})
    void timesOfHealthChecksThatAreNone(String written) {
        assertThat(Dockerfile.parse("d", "FROM x\nHEALTHCHECK --timeout=\"" + written + "\" CMD a")
                        .mistakes())
                .extracting(Mistake::sentence)
                .containsExactly("d:2: 'HEALTHCHECK --timeout=\"" + written
                        + "\" CMD a': the flag '--timeout' needs a time such as 30s, 1m30s or 500ms, at least 1ms.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARG --x a",
                "CMD --x a",
                "ENTRYPOINT --x a",
                "ENV --x a=b",
                "EXPOSE --x 80",
                "LABEL --x a=b",
                "MAINTAINER --x a",
                "ONBUILD --x USER a",
                "RUN --x true",
                "SHELL --x [\"a\"]",
                "STOPSIGNAL --x 9",
                "USER --x a",
                "VOLUME --x /a",
                "WORKDIR --x /a"
            })
    void whatTakesNoFlagsSaysSo(String instruction) {
        assertThat(Dockerfile.parse("d", "FROM y\n" + instruction).mistakes())
                .containsExactly(new Mistake(2, "d:2: '" + instruction + "': it takes no flags; remove '--x'."));
    }

    @Test
    void aFlagNeedsWhatItIsFor() {
        assertThat(Dockerfile.parse("d", "FROM y\nCOPY --link\nHEALTHCHECK --retries=1\nCOPY --chown a b")
                        .mistakes())
                .extracting(Mistake::sentence)
                .containsExactly(
                        "d:2: 'COPY --link': it needs what to copy and where to; write COPY source target.",
                        "d:3: 'HEALTHCHECK --retries=1': write HEALTHCHECK CMD and a command, or HEALTHCHECK NONE.",
                        "d:4: 'COPY --chown a b': the flag '--chown' needs a value; write --chown=….");
    }

    @Test
    void readingEndsAfterManyMistakes() {
        assertThat(Dockerfile.parse("d", "FROM x\n" + "USER\n".repeat(30)).mistakes())
                .hasSize(21);
    }

    @Test
    void otherInstructions() {
        assertThat(((Instruction.Expose) one("EXPOSE 80 443/tcp $p")).ports()).containsExactly("80", "443/tcp", "$p");
        assertThat(((Instruction.StopSignal) one("STOPSIGNAL SIGQUIT")).signal())
                .isEqualTo("SIGQUIT");
        assertThat(((Instruction.Maintainer) one("MAINTAINER A B <c>")).name()).isEqualTo("A B <c>");
        assertThat(((Instruction.OnBuild) one(" ONBUILD   COPY --chown=1 a  b")).trigger())
                .isEqualTo("COPY --chown=1 a  b");
    }

    @Test
    void whatFollowsAMistakeIsRead() {
        Dockerfile read =
                Dockerfile.parse("docker/d", "FROM x\nUSER\nFOO a\n\nRUN --mount=type=cache,target=/c ls\nUSER b\n");

        assertThat(read.mistakes())
                .containsExactly(
                        new Mistake(2, "docker/d:2: 'USER': it has no arguments; write USER and a user."),
                        new Mistake(3, "docker/d:3: 'FOO a': there is no instruction 'FOO'; correct it."));
        assertThat(read.instructions()).hasSize(3);
        assertThat(((Instruction.NotFollowed) read.instructions().get(1)).refusal())
                .isEqualTo(
                        "docker/d:5: 'RUN --mount=type=cache,target=/c ls': the plugin cannot follow this instruction, since it has"
                                + " the flag '--mount'. Move it into the base image, set <dockerfile>none</dockerfile> for this image, or build"
                                + " the image with Docker and give its reference to 'deploy'.");
        assertThat(((Instruction.User) read.instructions().get(2)).user()).isEqualTo("b");
    }

    @Test
    void whereAFromIsWrongNothingIsKnownOfTheStages() {
        Dockerfile read = Dockerfile.parse("d", "FROM a\nUSER x\nFROM b c d\nUSER\n");

        assertThat(read.instructions()).isEmpty();
        assertThat(read.mistakes()).extracting(Mistake::line).containsExactly(3, 4);
    }

    @Test
    void theLinesOfAHereDocumentAreNoInstructions() {
        Dockerfile read = Dockerfile.parse(
                "d",
                "FROM x\nCOPY <<EOF <<-\"T W\" /a/\nUSER\n EOF\nEOF\n# no comment\n\t\t\n\t\tT W\nUSER a\nRUN <<E\nFROM y\nE\r\nWORKDIR\n");

        assertThat(read.mistakes()).extracting(Mistake::line).containsExactly(13);
        assertThat(read.instructions())
                .extracting(instruction -> instruction.place().line())
                .containsExactly(1, 2, 9, 10);
        assertThat(((Instruction.NotFollowed) read.instructions().get(1)).refusal())
                .contains("d:2: 'COPY <<EOF <<-\"T W\" /a/'")
                .contains("here-document");
    }

    @Test
    void nothingIsReadAfterWhatMayBeAHereDocument() {
        Dockerfile read = Dockerfile.parse("d", "FROM x\nRUN cat << EOF\nUSER\nEOF\nFROM y\nUSER\n");

        assertThat(read.instructions()).isEmpty();
        assertThat(read.mistakes()).extracting(Mistake::line).containsExactly(2);
    }

    @Test
    void signsWithoutAWordAfterThemAreNoHereDocument() {
        Dockerfile read = Dockerfile.parse("d", "FROM x\nRUN cat <<\nUSER a\n");

        assertThat(read.mistakes()).isEmpty();
        assertThat(read.instructions())
                .extracting(instruction -> (Object) instruction.getClass())
                .containsExactly(From.class, Instruction.Run.class, Instruction.User.class);
    }
}
