package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.io.NativeVariables;
import io.github.olympe.maven.testing.PosixLocale;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch with letters that the locale cannot represent. */
class PosixLocaleTest {

    @TempDir
    Path directory;

    @Test
    void readsTheBranchFromGit() throws Exception {
        String commit;
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("feature/größe")
                .call()) {
            commit = git.commit()
                    .setMessage("first")
                    .setAllowEmpty(true)
                    .setSign(false)
                    .call()
                    .name();
        }

        assertThat(PosixLocale.run(Detection.class, directory.toString()))
                .endsWith("git: feature/größe, " + commit + "\n");
        try (Git git = Git.open(directory.toFile())) {
            git.packRefs().setAll(true).call();
        }
        assertThat(PosixLocale.run(Detection.class, directory.toString()))
                .endsWith("git: feature/größe, " + commit + "\n");
    }

    @Test
    void readsTheBranchFromTheCi() throws Exception {
        Map<String, String> variables = Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "größe/日本");

        assertThat(PosixLocale.run(variables, Detection.class, directory.toString()))
                .endsWith("GitLab CI: größe/日本, none\n");
    }

    @Test
    void lostLettersAreAnError() {
        assertThatThrownBy(() -> BuildContext.detect(
                        Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "gr\ufffd\ufffde"), directory))
                .hasMessage(
                        "The variable CI_COMMIT_BRANCH of this build has the value 'gr\ufffd\ufffde', in which letters"
                                + " are lost. Set it to a text in UTF-8.");
        assertThatThrownBy(() -> BuildContext.detect(Map.of(), directory, Optional.of("gr\ufffd\ufffde")))
                .hasMessageStartingWith("Invalid value for 'branch' (olympe.branch): 'gr\ufffd\ufffde'");
    }

    @Test
    void aLostFirstLetterIsAnErrorToo() {
        assertThatThrownBy(() ->
                        BuildContext.detect(Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "\ufffdlbild"), directory))
                .hasMessageContaining("in which letters are lost");
        assertThatThrownBy(() -> BuildContext.detect(Map.of(), directory, Optional.of("\ufffdlbild")))
                .hasMessageStartingWith("Invalid value for 'branch' (olympe.branch): '\ufffdlbild'");
    }

    static final class Detection {

        private Detection() {}

        public static void main(String[] arguments) {
            BuildContext build = BuildContext.detect(NativeVariables.of(System.getenv()), Path.of(arguments[0]));
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println(build.system() + ": " + build.branch().orElse("none") + ", "
                            + build.commit().orElse("none"));
        }
    }
}
