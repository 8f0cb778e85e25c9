package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.LifecycleNotFoundException;
import org.apache.maven.lifecycle.LifecyclePhaseNotFoundException;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.InvalidPluginDescriptorException;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoNotFoundException;
import org.apache.maven.plugin.PluginConfigurationException;
import org.apache.maven.plugin.PluginContainerException;
import org.apache.maven.plugin.PluginDescriptorParsingException;
import org.apache.maven.plugin.PluginManagerException;
import org.apache.maven.plugin.PluginNotFoundException;
import org.apache.maven.plugin.PluginResolutionException;
import org.apache.maven.plugin.prefix.NoPluginFoundForPrefixException;
import org.apache.maven.plugin.version.PluginVersionResolutionException;
import org.apache.maven.project.MavenProject;

/**
 * The goals of this plugin in a build, as Maven plans them: which ones run in a module, and with which configuration.
 *
 * @param session the Maven session
 * @param lifecycle Maven's planner
 */
public record BuildGoals(MavenSession session, LifecycleExecutor lifecycle) {

    private static final String GROUP = "io.github.olympe";
    private static final String ARTIFACT = "olympe-maven-plugin";

    /** Returns the executions of this plugin that this build runs in a module, in order. */
    public List<MojoExecution> running(MavenProject module) {
        return planned(module, false, RequestedTasks.of(session));
    }

    /** Returns the executions of this plugin that {@code mvn deploy} runs in a module, in order. */
    public List<MojoExecution> bound(MavenProject module) {
        return planned(module, false, List.of("deploy"));
    }

    /** Returns goals of this plugin as Maven runs them when they are called by name. */
    public List<MojoExecution> called(MavenProject module, String version, List<String> goals) {
        return planned(
                module,
                false,
                goals.stream()
                        .map(goal -> String.join(":", GROUP, ARTIFACT, version, goal))
                        .toList());
    }

    /**
     * Returns a goal with the parameters of an execution.
     *
     * @throws OlympeException if a parameter has a value that Maven cannot convert
     */
    public Mojo configured(
            MavenProject module, MojoExecution execution, BuildPluginManager plugins, MavenPluginManager mojos) {
        // Calling it by name configures a single execution without resolving those of other plugins.
        String call = String.join(":", GROUP, ARTIFACT, execution.getVersion(), execution.getGoal()) + "@"
                + execution.getExecutionId();
        MojoExecution configured = planned(module, true, List.of(call)).get(0);
        try {
            // Uses the plugin as the module has it, so that the goal comes from the same class loader.
            configured.setMojoDescriptor(plugins.getMojoDescriptor(
                    execution.getPlugin(),
                    execution.getGoal(),
                    module.getRemotePluginRepositories(),
                    session.getRepositorySession()));
            mojos.setupPluginRealm(configured.getMojoDescriptor().getPluginDescriptor(), of(module), null, null, null);
            return mojos.getConfiguredMojo(Mojo.class, of(module), configured);
        } catch (PluginConfigurationException | PluginContainerException e) {
            throw new OlympeException(String.valueOf(e.getMessage()), e);
        } catch (PluginNotFoundException
                | PluginResolutionException
                | PluginDescriptorParsingException
                | MojoNotFoundException
                | InvalidPluginDescriptorException e) {
            throw cannotPlan(module, e);
        }
    }

    private List<MojoExecution> planned(MavenProject module, boolean complete, List<String> tasks) {
        List<MojoExecution> own = new ArrayList<>();
        if (tasks.isEmpty()) {
            return own;
        }
        try {
            for (MojoExecution execution : lifecycle
                    .calculateExecutionPlan(of(module), complete, tasks.toArray(String[]::new))
                    .getMojoExecutions()) {
                if (GROUP.equals(execution.getGroupId()) && ARTIFACT.equals(execution.getArtifactId())) {
                    own.add(execution);
                }
            }
            return own;
        } catch (PluginNotFoundException
                | PluginResolutionException
                | PluginDescriptorParsingException
                | MojoNotFoundException
                | NoPluginFoundForPrefixException
                | InvalidPluginDescriptorException
                | PluginManagerException
                | LifecyclePhaseNotFoundException
                | LifecycleNotFoundException
                | PluginVersionResolutionException e) {
            throw cannotPlan(module, e);
        }
    }

    private static OlympeException cannotPlan(MavenProject module, Exception e) {
        return new OlympeException(
                "Maven cannot say which goals it will run in '" + module.getArtifactId() + "' (" + e.getMessage()
                        + "); correct the plugins of its pom.",
                e);
    }

    private MavenSession of(MavenProject module) {
        MavenSession own = session.clone();
        own.setCurrentProject(module);
        return own;
    }
}
