package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that git, Windows or macOS would not accept are found, and normal names of bricks are not. */
class GitPathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                "Home/.git",
                "Home/.GIT/hooks/post-checkout",
                "Home/.gi\u200ct/config",
                "GIT~1/config",
                "Home/.git./config",
                "Home/.git /config",
                "../a.json",
                "Home/../../a.json",
                "Home/./a.json",
                "/etc/passwd",
                "Home//a.json",
                "Home/",
                "Home/aux",
                "Home/CON.json",
                "Home/lpt1.json",
                "Home/a\\b.json",
                "Home/a:b.json",
                "Home/what?.json",
                "Home/a\nb.json",
                "Home/a\0b.json",
                "Home /a.json",
                "Home/a.json."
            })
    void findsWhatIsWrongWithAPath(String path) {
        assertThat(GitPaths.problem(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Home/.Home.newInst.json",
                "Home/My Bricks/B\u00fccher (alt).json",
                "Home/auxiliary.json",
                "Home/.gitignore",
                "Home/git/a.json",
                "\u65e5\u672c\u8a9e/\ud83d\ude00.json",
                "Home/-rf.json"
            })
    void letsOtherNamesPass(String path) {
        assertThat(GitPaths.problem(path)).isEmpty();
    }

    @Test
    void findsFilesThatAreTheSameOnWindowsOrMacOs() {
        assertThat(GitPaths.collision(List.of("a/b.json", "A/B.json"))).contains(Map.entry("a/b.json", "A/B.json"));
        assertThat(GitPaths.collision(List.of("B\u00fccher.json", "Bu\u0308cher.json")))
                .isPresent();
        assertThat(GitPaths.collision(List.of("home", "Home/a.json"))).contains(Map.entry("home", "Home/a.json"));
        assertThat(GitPaths.collision(List.of("Home/a.json", "home/b.json", "homes", "a.json")))
                .isEmpty();
    }
}
