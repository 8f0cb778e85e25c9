package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders above a project may decide where npm runs and which registry it uses. */
class WorkspaceTest {

    @TempDir
    Path above;

    private Path project;

    @BeforeEach
    void writeProject() {
        project = above.resolve("shop");
        NodeFixture.write(project, "package.json", "{\"name\": \"shop\", \"version\": \"1.0.0\"}");
        NodeFixture.write(above, "package.json", "{\"workspaces\": [\"shop\"]}");
    }

    private void isIgnored() {
        Workspace workspace = Workspace.of(project);
        assertThat(workspace.root()).isEqualTo(project);
        assertThat(workspace.ignored()).contains(above);
    }

    @Test
    void aFolderInTheSameWorkTreeIsTheRoot() {
        NodeFixture.initGit(above);
        assertThat(Workspace.of(project)).isEqualTo(new Workspace(project, above, Optional.empty()));
    }

    @Test
    void aFolderAboveIsIgnoredWithoutGit() {
        isIgnored();
    }

    @Test
    void aFolderAboveTheWorkTreeIsIgnored() {
        NodeFixture.initGit(project);
        isIgnored();
    }

    @Test
    void aFolderAboveASubmoduleIsIgnored() {
        NodeFixture.initGit(above);
        NodeFixture.write(project, ".git", "gitdir: ../.git/modules/shop\n");
        NodeFixture.initGit(above.resolve(".git/modules/shop"));
        isIgnored();
    }

    /** Only root can give away a file; for other users only the rule is tested. */
    @Test
    void theFileOfAnotherUserIsIgnored() throws IOException {
        NodeFixture.initGit(above);
        assertThat(Workspace.isTrusted("mallory", false, "ann", Optional.of("ann")))
                .isFalse();
        assertThat(Workspace.isTrusted("root", true, "ann", Optional.empty())).isTrue();
        assertThat(Workspace.isTrusted("ann", false, "ann", Optional.empty())).isTrue();
        assertThat(Workspace.isTrusted("ci", false, "root", Optional.of("ci"))).isTrue();
        if (System.getProperty("user.name").equals("root")) {
            Path file = above.resolve("package.json");
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("12345"));
            isIgnored();
            Files.setOwner(project.resolve("package.json"), Files.getOwner(file));
            assertThat(Workspace.of(project).root())
                    .as("both are of the same user")
                    .isEqualTo(above);
        }
    }

    /** Then nothing is known of the work tree that it is in. */
    @Test
    void aFolderThatDoesNotExistTrustsNoFolderAbove() {
        NodeFixture.initGit(above);
        NodeFixture.write(above, "package.json", "{\"workspaces\": [\"missing\"]}");
        assertThat(Workspace.of(above.resolve("missing")).ignored()).contains(above);
    }

    @Test
    void aBrokenFileAboveDoesNotAffectTheProject() {
        NodeFixture.write(above, "package.json", "{ broken");
        assertThat(Workspace.of(project)).isEqualTo(new Workspace(project, project, Optional.empty()));
    }

    @Test
    void aBrokenPatternAboveDoesNotAffectTheProject() {
        NodeFixture.write(above, "package.json", "{\"workspaces\": [\"[\", \"{{a,b},c}\", \"shop\"]}");
        isIgnored();
    }

    @Test
    void theParameterNamesARootAnywhere() {
        assertThat(Workspace.of(project, Optional.of(above)).root()).isEqualTo(above);
        assertThat(Workspace.of(project, Optional.of(Path.of(".."))).root()).isEqualTo(above);
        assertThat(Workspace.of(project, Optional.of(project)).ignored()).isEmpty();
        NodeFixture.write(above, "package.json", "{\"workspaces\": [\"other\"]}");
        assertThatThrownBy(() -> Workspace.of(project, Optional.of(above)))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'npmWorkspace' (olympe.npmWorkspace): '" + above
                        + "'. Name a folder above '" + project
                        + "' whose package.json has this project among its 'workspaces'.");
    }

    /** npm itself would go to the folder above and use its registry. */
    @Test
    void npmStaysInAProjectWhoseWorkspaceIsIgnored() throws IOException {
        Files.writeString(above.resolve(".npmrc"), "registry=http://127.0.0.1:1/\n");
        Npm npm = new NodeFixture().npm(project);
        List<String> registry = new ArrayList<>();
        npm.ask(List.of("config", "get", "registry"), registry::add);
        assertThat(registry).hasSize(1).doesNotContain("http://127.0.0.1:1/");
        assertThat(npm.configuration().registry()).isNotEqualTo("http://127.0.0.1:1/");
        npm.run("install", "--package-lock-only");
        assertThat(project.resolve("package-lock.json")).exists();
        assertThat(above.resolve("package-lock.json")).doesNotExist();
    }

    /** npm finds members by patterns that Java does not have. */
    @ParameterizedTest
    @ValueSource(strings = {"+(shop)", "@(shop|other)", ".//shop", "shop/.", "*/../shop"})
    void npmStaysInAProjectThatOnlyNpmWouldFind(String pattern) {
        NodeFixture.write(above, "package.json", "{\"workspaces\": [\"" + pattern + "\"]}");
        assertThat(prefix(new NodeFixture().npm(project))).isEqualTo(project);
    }

    @Test
    void npmStaysInAWorkspaceThatAnOuterOneContains() {
        NodeFixture.write(project, "package.json", "{\"workspaces\": [\"packages/*\"]}");
        NodeFixture.initGit(project);
        Path member = project.resolve("packages/web");
        NodeFixture.write(member, "package.json", "{\"name\": \"web\", \"version\": \"1.0.0\"}");
        Npm npm = new NodeFixture().npm(member);
        assertThat(npm.workspace().root()).isEqualTo(project);
        assertThat(prefix(npm)).isEqualTo(project);
        assertThat(prefix(npm.in(project))).isEqualTo(project);
    }

    @Test
    void packagesMayBeInAnyFolderUpToTheRoot() {
        Path member = above.resolve("apps/shop");
        assertThat(new Workspace(member, above, Optional.empty()).folders())
                .containsExactly(member, above.resolve("apps"), above);
        assertThat(new Workspace(member, member, Optional.empty()).folders()).containsExactly(member);
    }

    /** Returns what npm gets besides its arguments. */
    private static List<String> added(Path folder, Npm npm) {
        new NpmStandIn(folder).does("for argument; do echo \"$argument\"; done");
        List<String> arguments = new ArrayList<>();
        npm.ask(List.of("ci"), arguments::add);
        assertThat(arguments.remove(arguments.size() - 1)).isEqualTo("ci");
        return arguments;
    }

    /** A user may have set {@code prefix} for npm, so it is not set without need. */
    @Test
    void npmIsKeptInTheProjectOnlyWhereAnotherFolderCouldBeItsWorkspace(@TempDir Path folder) throws IOException {
        NpmStandIn node = new NpmStandIn(folder);
        List<String> prefix = List.of("--prefix=" + project);
        assertThat(added(folder, node.npm(project))).isEqualTo(prefix);
        NodeFixture.write(above, "package.json", "{ broken");
        assertThat(added(folder, node.npm(project))).as("npm may read it").isEqualTo(prefix);
        NodeFixture.write(above, "package.json", "{\"name\": \"no workspace\"}");
        assertThat(added(folder, node.npm(project))).isEmpty();
        Files.delete(above.resolve("package.json"));
        assertThat(added(folder, node.npm(project))).isEmpty();
    }

    @Test
    void npmFindsTheRootThatIsTrusted(@TempDir Path folder) {
        NpmStandIn node = new NpmStandIn(folder);
        NodeFixture.write(project, "package.json", "{\"workspaces\": [\"packages/*\"]}");
        NodeFixture.initGit(project);
        Path member = project.resolve("packages/web");
        NodeFixture.write(member, "package.json", "{}");
        Npm npm = node.npm(member);
        assertThat(added(folder, npm)).isEmpty();
        assertThat(added(folder, npm.in(project))).containsExactly("--prefix=" + project);
    }

    /** Returns the folder that npm works in. */
    private static Path prefix(Npm npm) {
        List<String> prefix = new ArrayList<>();
        npm.ask(List.of("prefix"), prefix::add);
        return Path.of(prefix.get(0));
    }
}
