package io.github.olympe.maven.goal;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.MavenExecutionPlan;
import org.apache.maven.lifecycle.internal.ExecutionPlanItem;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;

/** A planner for tests: what Maven is going to run in each module, whatever it was asked for. */
final class PlannedGoals {

    private PlannedGoals() {}

    /** Plans goals of this plugin, by the artifactId of the module. */
    static LifecycleExecutor of(Map<String, List<String>> goals) {
        return (LifecycleExecutor) Proxy.newProxyInstance(
                LifecycleExecutor.class.getClassLoader(),
                new Class<?>[] {LifecycleExecutor.class},
                (proxy, method, arguments) -> {
                    String module =
                            ((MavenSession) arguments[0]).getCurrentProject().getArtifactId();
                    return new MavenExecutionPlan(
                            goals.getOrDefault(module, List.of()).stream()
                                    .map(goal -> new ExecutionPlanItem(execution(goal)))
                                    .toList(),
                            null);
                });
    }

    static MojoExecution execution(String goal) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.olympe");
        plugin.setArtifactId("olympe-maven-plugin");
        plugin.setVersion("1");
        return new MojoExecution(plugin, goal, "default-" + goal);
    }
}
