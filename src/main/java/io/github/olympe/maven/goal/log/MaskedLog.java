package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.LogText;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/** Maven's log without secrets and without commands for the CI that reads it. */
public final class MaskedLog implements Log {

    private final Log log;
    private final SecretMask mask;
    private final Consumer<String> warnings;

    /** Creates a log that also passes on each warning. */
    public MaskedLog(Log log, SecretMask mask, Consumer<String> warnings) {
        this.log = log;
        this.mask = mask;
        this.warnings = warnings;
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(CharSequence content) {
        if (isDebugEnabled()) {
            log.debug(masked(content));
        }
    }

    @Override
    public void debug(CharSequence content, Throwable error) {
        debug(told(content, error));
    }

    @Override
    public void debug(Throwable error) {
        debug(String.valueOf(error));
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(CharSequence content) {
        log.info(masked(content));
    }

    @Override
    public void info(CharSequence content, Throwable error) {
        info(told(content, error));
    }

    @Override
    public void info(Throwable error) {
        info(String.valueOf(error));
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(CharSequence content) {
        String line = masked(content);
        log.warn(line);
        warnings.accept(line);
    }

    @Override
    public void warn(CharSequence content, Throwable error) {
        warn(told(content, error));
    }

    @Override
    public void warn(Throwable error) {
        warn(String.valueOf(error));
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(CharSequence content) {
        log.error(masked(content));
    }

    @Override
    public void error(CharSequence content, Throwable error) {
        error(told(content, error));
    }

    @Override
    public void error(Throwable error) {
        error(String.valueOf(error));
    }

    private String masked(CharSequence content) {
        return LogText.of(mask.mask(String.valueOf(content)));
    }

    /** Leaves out the stack trace, because the messages of causes are not masked. */
    private static String told(CharSequence content, Throwable error) {
        return content + " (" + error + ")";
    }
}
