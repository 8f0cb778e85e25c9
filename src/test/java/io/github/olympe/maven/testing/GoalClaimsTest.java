package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim about goals that is not true fails its project. */
class GoalClaimsTest {

    private static final String SCANNING = "[INFO] Scanning for projects...";

    @TempDir
    Path project;

    @Test
    void aGoalThatRanSucceeded() throws IOException {
        verify("olympe.succeeds = image, npm-test", begun("image"), begun("npm-test"));
    }

    @Test
    void aGoalThatFailedOnceAndRanTwiceSucceededAndFailed() throws IOException {
        verify(
                "olympe.succeeds = push\nolympe.fails = push",
                begun("push"),
                "[ERROR] Failed to execute goal io.github.olympe:olympe-maven-plugin:1.0:push (default-push) on project shop: no",
                begun("push"));
    }

    @Test
    void aGoalThatIsSkippedDidNotSucceed() {
        for (String message : new String[] {"Skipped (olympe.skip).", "Skipping vet: there is no image."}) {
            assertThatThrownBy(() -> verify("olympe.succeeds = vet", begun("vet"), "[INFO] " + message, begun("push")))
                    .as(message)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aGoalWhoseStepIsSkippedDidNotSucceed() {
        assertThatThrownBy(() -> verify(
                        "olympe.succeeds = build-code-as-data",
                        begun("build-code-as-data"),
                        "[INFO] Skipping code as data: nothing changed."))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aGoalOfWhichCheckSaysThatItIsSkippedDidNotSucceed() {
        for (String message : new String[] {"Tests are skipped.", "Skipping test: nothing changed."}) {
            assertThatThrownBy(() -> verify(
                            "olympe.succeeds = npm-test", begun("check"), "[INFO] " + message, begun("npm-test")))
                    .as(message)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aGoalThatIsSkippedInOneOfTwoBuildsSucceeded() throws IOException {
        verify(
                "olympe.succeeds = build-frontend",
                SCANNING,
                begun("build-frontend"),
                SCANNING,
                begun("build-frontend"),
                "[INFO] Skipping frontend: nothing changed.");
    }

    @Test
    void aGoalThatSaysThatAnotherWillBeSkippedSucceeded() throws IOException {
        verify("olympe.succeeds = check", begun("check"), "[INFO] Skipping push: no registry.", begun("push"));
    }

    @Test
    void aGoalThatFailedWithoutAClaimIsFound() {
        assertThatThrownBy(
                        () -> verify(
                                "olympe.succeeds = check",
                                begun("check"),
                                "[ERROR] Failed to execute goal io.github.olympe:olympe-maven-plugin:1.0:push (default-push) on project shop: no"))
                .isInstanceOf(AssertionError.class);
    }

    private void verify(String claims, String... log) throws IOException {
        Files.writeString(project.resolve("invoker.properties"), claims);
        Files.writeString(project.resolve("build.log"), String.join("\n", log) + "\n");
        GoalClaims.verify(project.toFile());
    }

    private static String begun(String goal) {
        return "[INFO] --- olympe:1.0:" + goal + " (default-" + goal + ") @ shop ---";
    }
}
