package io.github.olympe.maven.image.dockerfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfiles from {@code src/test/resources/bad/image/dockerfile.cases}, and random mutants of good ones. */
class DockerfileBadInputTest {

    private static final List<String> GOOD = List.of(
            "FROM olympeio/frontend-base:stable\nCOPY --chown=nginx:root $SOURCES_PATH /usr/share/nginx/html\n",
            "# syntax=docker/dockerfile:1\n# escape=`\nARG V=${V:-18}\nFROM --platform=$P a:$V AS b\nENV a=\"b c\" d='e' f=g`\n  h=i\n",
            "FROM a\nADD [\"a b\", \"c/\"]\nLABEL \"x y\"=z\nEXPOSE 80/tcp $p\nVOLUME [\"/v\"]\nSHELL [\"/bin/sh\", \"-c\"]\n",
            "FROM a\nHEALTHCHECK --interval=1m30s --retries=3 CMD curl -f x\nONBUILD RUN chmod 1 a\nSTOPSIGNAL 9\nUSER a:b\n",
            "FROM a\nRUN chmod -R u+rwX,g=u ~/patches && chown -R 1000:1000 \"$HOME\" && ln -s ${A:-b} 'c d'\nMAINTAINER x\n");

    @TempDir
    Path folder;

    @Corpus("image/dockerfile")
    void dockerfile(BadInput input) throws Exception {
        input.check(folder, () -> Readable.dockerfile("docker/frontend.Dockerfile", input.text()));
    }

    @Test
    @Tag("cost")
    @Timeout(120)
    void randomDockerfilesCauseNoUnexpectedError() throws Exception {
        Mutations.survive(20_000, GOOD, Mutations.text(text -> {
            Dockerfile read = Readable.dockerfile("Dockerfile", text);
            for (Instruction instruction : read.instructions()) {
                Expansion expansion = new Expansion(instruction.place(), read.escape(), name -> "v " + name);
                if (instruction instanceof Instruction.Env env) {
                    env.settings()
                            .forEach(setting -> expansion.words(setting.value().orElse("")));
                } else if (instruction instanceof Instruction.Copy copy) {
                    expansion.word(copy.target());
                }
            }
        }));
    }

    /** Counts what is allocated for an input of 1 MiB, including garbage. */
    @ParameterizedTest
    @Tag("cost")
    @ValueSource(
            strings = {
                "USER a\n",
                "x\n",
                "\n",
                "#\n",
                "\\\n",
                "USER a\\\n",
                "--a ",
                "ENV a=b c=d ",
                "'",
                "\"a\" ",
                "COPY a b c ",
                "[",
                "RUN \\\n",
                "<<",
                "LABEL a=\"\\\n",
                "COPY [\"a\",",
                "\r",
                "\u00a0",
                "ARG a ",
                "HEALTHCHECK --a --b "
            })
    @Timeout(60)
    void memoryAndTimeGrowWithTheText(String part) {
        String text = "FROM a\n" + part.repeat((1 << 20) / part.length());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read(text);
        long before = threads.getCurrentThreadAllocatedBytes();

        read(text);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
    }

    private static void read(String text) {
        try {
            Readable.dockerfile("Dockerfile", text);
        } catch (OlympeException e) {
            BadInput.requireSentence(e);
        }
    }
}
