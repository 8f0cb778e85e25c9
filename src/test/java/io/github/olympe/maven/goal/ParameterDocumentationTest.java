package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfigurationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the descriptor and docs/ say of goals and parameters. */
class ParameterDocumentationTest {

    private static final PluginDescriptor PLUGIN = readPlugin();

    @TestFactory
    List<DynamicTest> everyGoalAndParameterIsExplained() {
        String pages = pages();
        List<DynamicTest> tests = new ArrayList<>();
        for (MojoDescriptor mojo : PLUGIN.getMojos()) {
            tests.add(DynamicTest.dynamicTest(mojo.getGoal(), () -> {
                assertThat(mojo.getDescription()).isNotBlank();
                assertThat(mojo.isThreadSafe()).as("thread-safe").isTrue();
                for (Parameter parameter : mojo.getParameters()) {
                    if (parameter.isEditable() && !mojo.getGoal().equals("help")) {
                        assertThat(parameter.getDescription())
                                .as(parameter.getName())
                                .isNotBlank();
                        assertThat(pages.contains("`" + parameter.getName() + "`"))
                                .as("docs/ explains `%s` of the goal %s", parameter.getName(), mojo.getGoal())
                                .isTrue();
                    }
                }
            }));
        }
        return tests;
    }

    @Test
    void hasTheGoalsOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(PLUGIN.getMojos())
                .extracting(MojoDescriptor::getGoal)
                .allSatisfy(goal ->
                        assertThat(readme).contains(goal.equals("help") ? "olympe:help" : "| `" + goal + "` |"));
    }

    private static String pages() {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return docs.filter(path -> path.toString().endsWith(".md"))
                    .map(ParameterDocumentationTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plugin as Maven knows it. */
    static PluginDescriptor plugin() {
        return PLUGIN;
    }

    private static PluginDescriptor readPlugin() {
        try (Reader reader = Files.newBufferedReader(Path.of("target/classes/META-INF/maven/plugin.xml"))) {
            return new PluginDescriptorBuilder().build(reader);
        } catch (IOException | PlexusConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
