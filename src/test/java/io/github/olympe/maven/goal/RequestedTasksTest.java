package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.goal.session.RequestedTasks;
import io.github.olympe.maven.goal.session.RequestedTasks.Call;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedTasksTest {

    @ParameterizedTest
    @CsvSource({
        "olympe:deploy, deploy, default-cli",
        "olympe:npm-publish@release, npm-publish, release",
        "io.github.olympe:olympe-maven-plugin:push, push, default-cli",
        "io.github.olympe:olympe-maven-plugin:0.1.0-SNAPSHOT:push@x:y, push, x:y"
    })
    void knowsTheGoalsOfThisPlugin(String task, String goal, String execution) {
        assertThat(RequestedTasks.call(task)).contains(new Call(goal, execution));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy",
                "deploy:deploy",
                "org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy",
                "before:deploy",
                "deploy[1000]"
            })
    void knowsThoseOfOthers(String task) {
        assertThat(RequestedTasks.call(task)).isEmpty();
    }

    @Test
    void findsAGoalAmongTheTasks(@TempDir Path folder) {
        GoalFixture<CheckMojo> fixture = new GoalFixture<>(new CheckMojo(), folder, "clean", "olympe:push@a");

        assertThat(RequestedTasks.has(fixture.goal.session, "push")).isTrue();
        assertThat(RequestedTasks.has(fixture.goal.session, "deploy")).isFalse();
    }
}
