package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.goal.session.UnsetVariable;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Profile;
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
    void isNamedWhereverThePomUsesIt() {
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

    /** In Maven's effective pom, the empty variable has already been replaced. */
    @Test
    void isNamedIfItIsEmpty() {
        plugin.setGroupId("io.github.olympe");
        plugin.setArtifactId("olympe-maven-plugin");
        plugin.setConfiguration("<configuration><deployUrl></deployUrl></configuration>");
        Model written = written("<configuration><deployUrl>${deploy.url}</deployUrl></configuration>");
        written.getProperties().setProperty("deploy.url", "${env.EMPTY_URL}");
        project.setOriginalModel(written);
        project.getProperties().setProperty("deploy.url", "");

        assertThat(find(Map.of("EMPTY_URL", " "))).isEqualTo("EMPTY_URL");
        assertThat(find(Map.of("EMPTY_URL", "https://deploy.example.com"))).isEmpty();
    }

    @Test
    void comesFromTheNearestPomAndActiveProfiles() {
        plugin.setGroupId("io.github.olympe");
        plugin.setArtifactId("olympe-maven-plugin");
        MavenProject parent = new MavenProject();
        parent.setOriginalModel(written("<configuration><deployUrl>${env.PARENTS_URL}</deployUrl></configuration>"));
        project.setParent(parent);
        assertThat(find(Map.of())).isEqualTo("PARENTS_URL");

        project.setOriginalModel(written("<configuration><deployUrl/></configuration>"));
        assertThat(find(Map.of())).isEmpty();

        Profile profile = new Profile();
        profile.setId("production");
        profile.addProperty("olympe.deploy.url", "${env.PROFILES_URL}");
        project.getOriginalModel().addProfile(profile);
        assertThat(find(Map.of())).isEmpty();
        project.setInjectedProfileIds("com.acme:shop:1.0.0", List.of("production"));
        assertThat(find(Map.of())).isEqualTo("PROFILES_URL");
    }

    private static Model written(String configuration) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.olympe");
        plugin.setArtifactId("olympe-maven-plugin");
        plugin.setConfiguration(configuration);
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return model;
    }

    @Test
    void otherParametersAndValuesAreLeftAlone() {
        plugin.setConfiguration("<configuration><deployUrls>${env.A}</deployUrls>"
                + "<deployUrl>https://${env.HOST}/x</deployUrl><payload>${env.PAYLOAD}</payload></configuration>");
        project.getProperties().setProperty("olympe.deploy.url", "${deploy.url}");
        assertThat(find(Map.of())).isEmpty();
    }
}
