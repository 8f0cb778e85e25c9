package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.goal.session.UnsetVariable;
import java.util.Map;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class UnsetVariableTest {

    private final MavenProject project = new MavenProject();
    private final Plugin plugin = new Plugin();

    private String find(Map<String, String> environment) {
        return new UnsetVariable(project, new MojoExecution(plugin, "deploy", "default-deploy"), environment)
                .of("deployUrl", "olympe.deploy.url")
                .orElse("");
    }

    @Test
    void isNamedWhereverThePomHasIt() {
        assertThat(find(Map.of())).isEmpty();

        plugin.setConfiguration("<configuration>\n  <deployUrl>${env.PLUGIN_URL}</deployUrl>\n</configuration>");
        assertThat(find(Map.of())).isEqualTo("PLUGIN_URL");
        assertThat(find(Map.of("PLUGIN_URL", "https://deploy.example.com"))).isEmpty();

        PluginExecution execution = new PluginExecution();
        execution.setId("default-deploy");
        execution.setConfiguration(
                "<configuration><deployUrl a=\"b\"> ${env.EXECUTION_URL} </deployUrl></configuration>");
        plugin.addExecution(execution);
        plugin.flushExecutionMap();
        assertThat(find(Map.of())).isEqualTo("EXECUTION_URL");

        project.getProperties().setProperty("olympe.deploy.url", "${env.PROPERTY_URL}");
        assertThat(find(Map.of())).isEqualTo("PROPERTY_URL");
    }

    @Test
    void otherParametersAndValuesAreLeftAlone() {
        plugin.setConfiguration("<configuration><deployUrls>${env.A}</deployUrls>"
                + "<deployUrl>https://${env.HOST}/x</deployUrl><payload>${env.PAYLOAD}</payload></configuration>");
        project.getProperties().setProperty("olympe.deploy.url", "${deploy.url}");
        assertThat(find(Map.of())).isEmpty();
    }
}
