package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildRunTest {

    @Test
    void gitLab() {
        assertThat(BuildRun.detect(Map.of(
                        "GITLAB_USER_LOGIN", "jane", "CI_JOB_URL", "https://git.example.com/acme/shop/-/jobs/9")))
                .isEqualTo(new BuildRun("jane", Optional.of("https://git.example.com/acme/shop/-/jobs/9")));
    }

    @Test
    void azure() {
        assertThat(BuildRun.detect(Map.of(
                        "BUILD_REQUESTEDFOR",
                        "Jane Doe",
                        "SYSTEM_COLLECTIONURI",
                        "https://dev.azure.com/acme/",
                        "SYSTEM_TEAMPROJECT",
                        "The Shop",
                        "BUILD_BUILDID",
                        "42")))
                .isEqualTo(new BuildRun(
                        "Jane Doe", Optional.of("https://dev.azure.com/acme/The%20Shop/_build/results?buildId=42")));
    }

    @Test
    void gitHub() {
        assertThat(BuildRun.detect(Map.of(
                        "GITHUB_ACTOR",
                        "jane",
                        "GITHUB_SERVER_URL",
                        "https://github.com",
                        "GITHUB_REPOSITORY",
                        "acme/shop",
                        "GITHUB_RUN_ID",
                        "77")))
                .isEqualTo(new BuildRun("jane", Optional.of("https://github.com/acme/shop/actions/runs/77")));
    }

    @Test
    void bitbucket() {
        assertThat(BuildRun.detect(Map.of(
                                "BITBUCKET_GIT_HTTP_ORIGIN",
                                "https://bitbucket.org/acme/shop",
                                "BITBUCKET_BUILD_NUMBER",
                                "5"))
                        .url())
                .contains("https://bitbucket.org/acme/shop/pipelines/results/5");
    }

    @Test
    void jenkins() {
        assertThat(BuildRun.detect(Map.of("BUILD_USER_ID", "jane", "BUILD_URL", "https://ci.example.com/job/shop/5/")))
                .isEqualTo(new BuildRun("jane", Optional.of("https://ci.example.com/job/shop/5/")));
    }

    @Test
    void outsideOfACiItNamesTheLoggedInUser() {
        assertThat(BuildRun.detect(Map.of()))
                .isEqualTo(new BuildRun(System.getProperty("user.name"), Optional.empty()));
    }

    @Test
    void noPasswordIsInTheUrl() {
        assertThat(BuildRun.detect(Map.of("BUILD_URL", "https://jane:secret@ci.example.com/job/5/?token=x"))
                        .url())
                .contains("https://ci.example.com/job/5/");
    }

    @Test
    void anEmptyVariableNamesNobody() {
        assertThat(BuildRun.detect(Map.of("GITLAB_USER_LOGIN", " ", "GITHUB_ACTOR", "jane"))
                        .by())
                .isEqualTo("jane");
    }

    @Test
    void aNameOfControlCharactersIsUnknown() {
        assertThat(BuildRun.detect(Map.of("BUILD_USER_ID", "\u0001\u001b")).by())
                .isEqualTo("unknown");
    }

    /** Otherwise the link could lead anywhere on that server. */
    @Test
    void aRunWithoutANumberHasNoUrl() {
        assertThat(BuildRun.detect(Map.of(
                                "GITHUB_SERVER_URL",
                                "https://github.com",
                                "GITHUB_REPOSITORY",
                                "acme/shop",
                                "GITHUB_RUN_ID",
                                "7/../8"))
                        .url())
                .isEmpty();
    }
}
