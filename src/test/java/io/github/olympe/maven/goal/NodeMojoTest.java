package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.plan.NodeSession;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMojoTest {

    @TempDir
    Path folder;

    @Test
    void goalsOfABuildKnowWhereItInstalledPackages() {
        GoalFixture<NpmInstallMojo> install = new GoalFixture<>(new NpmInstallMojo(), folder, "validate");
        GoalFixture<SnapshotMojo> snapshot = new GoalFixture<>(new SnapshotMojo(), folder).inBuildOf(install);
        GoalFixture<SnapshotMojo> ofAnotherBuild = new GoalFixture<>(new SnapshotMojo(), folder, "validate");

        session(install).installed().add(folder);

        assertThat(session(snapshot).installed()).containsExactly(folder);
        assertThat(session(ofAnotherBuild).installed()).isEmpty();
    }

    private static NodeSession session(GoalFixture<? extends NodeMojo<?>> fixture) {
        return fixture.goal.nodeSession(fixture.goal.context());
    }
}
