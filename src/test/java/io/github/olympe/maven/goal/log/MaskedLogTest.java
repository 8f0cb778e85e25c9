package io.github.olympe.maven.goal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Secret;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskedLogTest {

    private static final String SECRET = "s3cret-w0rd";
    private static final Throwable ERROR =
            new IllegalStateException(SECRET + " is wrong", new IllegalArgumentException("cause with " + SECRET));

    private final SecretMask mask = new SecretMask();
    private final List<String> warnings = new ArrayList<>();

    /** What Maven's log was given: the level, and each argument. */
    private final List<String> lines = new ArrayList<>();

    private boolean debug = true;

    private final Log maven = (Log) Proxy.newProxyInstance(
            MaskedLogTest.class.getClassLoader(), new Class<?>[] {Log.class}, (proxy, method, arguments) -> {
                if (arguments == null) {
                    return debug;
                }
                lines.add(method.getName() + " " + Arrays.toString(arguments));
                return null;
            });
    private final Log log = new MaskedLog(maven, mask, warnings::add);

    @BeforeEach
    void hide() {
        mask.add(Secret.of(SECRET));
    }

    /** A stack trace is omitted, because the messages of its causes are not masked. */
    @Test
    void noSecretReachesMavensLogAtAnyLevel() {
        log.debug("a " + SECRET);
        log.debug("a " + SECRET, ERROR);
        log.debug(ERROR);
        log.info("a " + SECRET);
        log.info("a " + SECRET, ERROR);
        log.info(ERROR);
        log.warn("a " + SECRET);
        log.warn("a " + SECRET, ERROR);
        log.warn(ERROR);
        log.error("a " + SECRET);
        log.error("a " + SECRET, ERROR);
        log.error(ERROR);

        String error = "java.lang.IllegalStateException: *** is wrong";
        List<String> expected = new ArrayList<>();
        for (String level : List.of("debug", "info", "warn", "error")) {
            expected.add(level + " [a ***]");
            expected.add(level + " [a *** (" + error + ")]");
            expected.add(level + " [" + error + "]");
        }
        assertThat(lines).containsExactlyElementsOf(expected);
        assertThat(warnings).containsExactly("a ***", "a *** (" + error + ")", error);
    }

    @Test
    void noCommandForTheCiReachesMavensLog() {
        log.info("##vso[task.setvariable variable=x]1");

        assertThat(lines).singleElement().asString().doesNotContain("##vso[");
    }

    @Test
    void logsForDebuggingOnlyIfThatIsOn() {
        debug = false;

        log.debug("a line");

        assertThat(lines).isEmpty();
        assertThat(List.of(log.isDebugEnabled(), log.isInfoEnabled(), log.isWarnEnabled(), log.isErrorEnabled()))
                .containsOnly(false);
    }
}
