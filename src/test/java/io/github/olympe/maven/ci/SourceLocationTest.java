package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLocationTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://gitlab.example.com/acme/shop.git,              https://gitlab.example.com/acme/shop.git",
        "https://user:token@gitlab.example.com/acme/shop,       https://gitlab.example.com/acme/shop",
        "https://token@gitlab.example.com:8443/shop?x=secret#y, https://gitlab.example.com:8443/shop",
        "git@gitlab.example.com:acme/shop.git,                  ssh://gitlab.example.com/acme/shop.git",
        "ssh://git@gitlab.example.com:22/acme/shop.git,         ssh://gitlab.example.com:22/acme/shop.git",
        "/srv/git/shop,",
        "file:///srv/git/shop,",
    })
    void saysNothingOfUsers(String url, String expected) {
        assertThat(SourceLocation.withoutUser(url).orElse(null)).isEqualTo(expected);
    }

    @Test
    void theCisVariableComesFirst() {
        assertThat(SourceLocation.detect(Map.of("CI_PROJECT_URL", "https://gitlab.example.com/acme/shop"), folder))
                .contains("https://gitlab.example.com/acme/shop");
        assertThat(SourceLocation.detect(
                        Map.of("GITHUB_SERVER_URL", "https://github.com", "GITHUB_REPOSITORY", "acme/shop"), folder))
                .contains("https://github.com/acme/shop");
    }

    @Test
    void withoutItTheRepositorysOriginIsUsed() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), """
                [core]
                \tbare = false
                [remote "other"]
                \turl = https://other.example.com/x
                [remote "origin"]
                \tfetch = +refs/heads/*:refs/remotes/origin/*
                \turl = https://me:token@git.example.com/acme/shop.git
                """);
        Path below = Files.createDirectories(folder.resolve("a/b"));
        assertThat(SourceLocation.detect(Map.of(), below)).contains("https://git.example.com/acme/shop.git");
    }

    @Test
    void aRepositoryWithoutAnOriginHasNone() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "[core]\n\tbare = false\n");
        assertThat(SourceLocation.detect(Map.of(), folder)).isEmpty();
    }

    @Test
    void aWorktreeHasTheOriginOfItsRepository() throws IOException {
        Path main = Files.createDirectories(folder.resolve("main/.git"));
        Files.writeString(
                main.resolve("config"), "[remote \"origin\"]\n\turl = https://git.example.com/acme/shop.git\n");
        Path git = Files.createDirectories(main.resolve("worktrees/next"));
        Files.writeString(git.resolve("commondir"), "../..\n");
        Path worktree = Files.createDirectories(folder.resolve("next"));
        Files.writeString(worktree.resolve(".git"), "gitdir: " + git + "\n");

        assertThat(SourceLocation.detect(Map.of(), worktree)).contains("https://git.example.com/acme/shop.git");
    }

    @Test
    void aSubmoduleHasItsOwnOrigin() throws IOException {
        Path git = Files.createDirectories(folder.resolve(".git/modules/shop"));
        Files.writeString(
                git.resolve("config"), "[remote \"origin\"]\n\turl = https://git.example.com/acme/shop.git\n");
        Path submodule = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(submodule.resolve(".git"), "gitdir: ../.git/modules/shop\n");

        assertThat(SourceLocation.detect(Map.of(), submodule)).contains("https://git.example.com/acme/shop.git");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CI_PROJECT_URL", "BUILD_REPOSITORY_URI", "BITBUCKET_GIT_HTTP_ORIGIN", "GIT_URL"})
    void everyCiNamesItsRepository(String variable) {
        assertThat(SourceLocation.detect(Map.of(variable, " https://git.example.com/acme/shop "), folder))
                .contains("https://git.example.com/acme/shop");
    }

    /** GitLab sets some variables for every job, to nothing if they do not apply. */
    @Test
    void anEmptyVariableNamesNone() {
        assertThat(SourceLocation.detect(
                        Map.of("CI_PROJECT_URL", " ", "GIT_URL", "https://git.example.com/acme/shop"), folder))
                .contains("https://git.example.com/acme/shop");
    }

    /** It becomes a label of every image. */
    @Test
    void aUrlOfMoreThan2000CharactersIsNone() {
        String url = "https://git.example.com/" + "x".repeat(1976);

        assertThat(SourceLocation.withoutUser(url)).contains(url);
        assertThat(SourceLocation.withoutUser(url + "x")).isEmpty();
    }
}
