package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address of a repository, whoever wrote it in whatever way. */
class GitRemoteTest {

    private static Optional<GitRemote> remote(String address) {
        return GitRemote.of(address, problem -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "https://host:65535/r.git, true",
        "https://host:65536/r.git, false",
        "https://host:99999999999/r.git, false",
        "https:///r.git, false",
        "https://host/, false",
        "file:///srv/r.git, true",
        "ftp://host/r.git, false",
        "ext::sh, false",
        "git@host:r.git, true"
    })
    void isOneThatGitKnowsAndThatStartsNoProgram(String address, boolean taken) {
        assertThat(remote(address).isPresent()).isEqualTo(taken);
    }

    @Test
    void isNotEndless() {
        String address = "https://host/" + "r".repeat(2000 - "https://host/".length());
        assertThat(remote(address)).isPresent();
        assertThat(remote(address + "r")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://Host/g/r.git, host:g/r",
        "https://host:8443/g/r, host:g/r",
        "git@host:g/r.git, host:g/r",
        "ssh://git@host//g/r/, host:g/r",
        "file:///srv/r.git, :srv/r"
    })
    void isTheSameInEachSpelling(String address, String identity) {
        assertThat(remote(address).map(GitRemote::identity)).contains(identity);
    }

    @ParameterizedTest
    @CsvSource({
        "git@host:g/r.git, git@HOST:other, true",
        "git@host:g/r.git, git@evil:g/r.git, false",
        "https://host/r.git, host:r.git, true",
        "https://host/r.git, evil:r.git, false"
    })
    void isOnTheServerOfAnotherWithTheSameHost(String address, String other, boolean same) throws Exception {
        assertThat(remote(address).orElseThrow().isServerOf(new URIish(other))).isEqualTo(same);
    }
}
