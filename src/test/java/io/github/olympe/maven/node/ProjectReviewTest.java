package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectReviewTest {

    @TempDir
    Path project;

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    private ProjectReview review(String... scripts) {
        StringBuilder members = new StringBuilder();
        for (String script : scripts) {
            members.append(members.isEmpty() ? "" : ", ")
                    .append("\"")
                    .append(script)
                    .append("\": \"x\"");
        }
        write("package.json", "{\"scripts\": {" + members + "}}");
        return ProjectReview.of(PackageJson.read(project));
    }

    private static List<String> scripts(ProjectReview review) {
        return review.scripts("build:draw", "build:node", false);
    }

    @Test
    void aProjectWithTheUsualScriptsIsFine() {
        assertThat(scripts(review("build", "build:draw", "build:node", "test"))).isEmpty();
        assertThat(scripts(review("build:draw"))).isEmpty();
        assertThat(scripts(review())).as("code as data alone").isEmpty();
    }

    @Test
    void aLibraryNeedsItsOwnPackaging() {
        assertThat(scripts(review("build", "test")))
                .containsExactly("The file '" + project.resolve("package.json")
                        + "' has the script 'build' but neither 'build:draw' nor 'build:node', as a library of bricks does; use"
                        + " <packaging>olympe-library</packaging> for one, else set the parameters 'frontendScript' and 'backendScript' to"
                        + " the scripts that build the frontend and the backend.");
    }

    @Test
    void aFrontendsScriptMayHaveAnotherName() {
        assertThat(scripts(review("build", "build:web", "build:node")))
                .containsExactly("The file '" + project.resolve("package.json")
                        + "' has no script 'build:draw', so there is no frontend; if 'build:web' builds it, set the parameter"
                        + " 'frontendScript' (olympe.frontendScript) to 'build:web'.");
        assertThat(review("build:web").scripts("build:web", "build:node", false))
                .isEmpty();
    }

    @Test
    void aBackendsScriptMayHaveAnotherName() {
        assertThat(scripts(review("build", "build:draw", "build:server")))
                .containsExactly("The file '" + project.resolve("package.json")
                        + "' has no script 'build:node', so there is no backend; if 'build:server' builds it, set the parameter"
                        + " 'backendScript' (olympe.backendScript) to 'build:server'.");
    }

    @Test
    void warnsIfTheOtherOfTwoFrontendScriptsMayBeMeant() {
        ProjectReview both = review("build:draw", "build:web");
        assertThat(scripts(both))
                .containsExactly("The file '" + project.resolve("package.json")
                        + "' has the scripts 'build:draw' and 'build:web', of which 'build:draw' builds the frontend; if it is the other one"
                        + " that makes 'dist/web', set the parameter 'frontendScript' (olympe.frontendScript) to it, else set"
                        + " 'frontend/source' to the folder that 'build:draw' makes.");
        assertThat(both.scripts("build:draw", "build:node", true)).isEmpty();
        assertThat(both.scripts("build:web", "build:node", false)).isEmpty();
    }

    @Test
    void aProjectWithoutASnapshotHasNoCodeAsDataOfItsOwn() {
        ProjectReview review = review();
        String finding = "There is no snapshot in '" + project.resolve("snapshot")
                + "', so that the code as data is that of the dependencies alone; save what the project has in Draw by 'mvn"
                + " olympe:snapshot', or leave it out by <codeAsData><skip>true</skip></codeAsData>.";
        assertThat(review.snapshot()).contains(finding);
        write("snapshot/snapshot-config.json", "[]");
        assertThat(review.snapshot()).contains(finding);
        write("snapshot/10000000000000000000/Home/.Home.newInst.json", "{}");
        assertThat(review.snapshot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn.lock", "pnpm-lock.yaml"})
    void npmReadsNoOtherToolsLockFile(String other) {
        ProjectReview review = review();
        assertThat(review.lockFile()).isEmpty();
        write(other, "");
        assertThat(review.lockFile())
                .contains("The file '" + project.resolve(other)
                        + "' says which packages the project has, but npm does not read it and may install other versions; run 'npm install'"
                        + " once and commit the package-lock.json that it writes.");
        write("package-lock.json", "{}");
        assertThat(review.lockFile()).isEmpty();
    }

    @Test
    void aMemberOfAWorkspaceHasTheLockFileOfItsRoot() {
        NodeFixture.initGit(project);
        write("package.json", "{\"workspaces\": [\"shop\"]}");
        write("shop/package.json", "{}");
        write("shop/yarn.lock", "");
        ProjectReview member = ProjectReview.of(PackageJson.read(project.resolve("shop")));
        assertThat(member.lockFile()).isEmpty();
        write("yarn.lock", "");
        assertThat(member.lockFile()).isPresent();
    }
}
