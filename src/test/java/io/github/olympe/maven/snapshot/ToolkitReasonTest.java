package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolkitReasonTest {

    private static final String PREFIX = "[21:48:33] \u001b[32minfo\u001b[39m snapshot ";

    @Test
    void findsTheConnectionAmongStackTraces() {
        ToolkitReason reason = reason(
                PREFIX + "[OLYMPE.COMMUNICATION]: Error: Was not able to open a connection to the orchestrator",
                "    at eval (webpack://x?:477:469)",
                PREFIX
                        + "[OLYMPE.ODS]: \u001b[31mFailed connect to the server within 15000 ms. Please check the console.\u001b[39m",
                PREFIX + "[OLYMPE.ODS]: \u001b[91mHINT: The server may be offline\u001b[39m",
                "Failed to execute snapshot command, reason: Error: Snapshot failed: Error: child process finished with error code: 255");

        assertThat(reason.find()).contains("Failed connect to the server within 15000 ms");
        assertThat(reason.isConnection()).isTrue();
    }

    @Test
    void prefersTheFinalReasonIfItIsMeaningful() {
        assertThat(reason(
                                "npm warn Unknown user config",
                                "some error before",
                                "Failed to execute snapshot command, reason: TypeError: project.snapshooter.rootTags is not iterable")
                        .find())
                .contains("TypeError: project.snapshooter.rootTags is not iterable");
    }

    @Test
    void includesTheLineBeforeIfItEndsInAColon() {
        assertThat(reason(
                                PREFIX + "[OLYMPE.ODS]: Failed to parse JSON config file:",
                                "SyntaxError: Unterminated string in JSON at position 11",
                                "Failed to execute snapshot command, reason: Error: Snapshot failed: Error: child process finished with error code: 255")
                        .find())
                .contains("Failed to parse JSON config file: SyntaxError: Unterminated string in JSON at position 11");
    }

    @Test
    void findsNothingIfThereIsNoReason() {
        assertThat(reason(PREFIX + "[OLYMPE.HC]: HC Manager will execute", "    at eval (x)", "")
                        .find())
                .isEmpty();
        assertThat(reason().find()).isEmpty();
    }

    @Test
    void findsTheReasonHoweverMuchIsPrintedAroundIt() {
        ToolkitReason reason = reason("Error: the first of many");
        for (int i = 0; i < 499; i++) {
            reason.add("line " + i);
        }
        assertThat(reason.find()).contains("Error: the first of many");
        assertThat(reason.isConnection()).isFalse();
        reason.add("one more");
        assertThat(reason.find()).isEmpty();

        reason.add("e".repeat(990) + " failed to print this");
        assertThat(reason.find()).contains("e".repeat(990) + " failed to");
    }

    @Test
    void aFinalReasonWithoutWordsIsNone() {
        assertThat(reason("Cannot read the tag.", "Failed to execute snapshot command, reason: ")
                        .find())
                .contains("Failed to execute snapshot command, reason:");
        assertThat(reason("nothing to see:", "access denied...").find()).contains("nothing to see: access denied");
        assertThat(reason("access denied...").find()).contains("access denied");
    }

    private static ToolkitReason reason(String... lines) {
        ToolkitReason reason = new ToolkitReason();
        for (String line : lines) {
            reason.add(line);
        }
        return reason;
    }
}
