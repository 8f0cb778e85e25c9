package io.github.olympe.maven.goal;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.converters.lookup.ConverterLookup;
import org.codehaus.plexus.component.configurator.converters.lookup.DefaultConverterLookup;
import org.codehaus.plexus.component.configurator.expression.DefaultExpressionEvaluator;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.eclipse.aether.RepositorySystemSession;

/** A goal in a folder, with the default values from the plugin's descriptor, as Maven would run it for these tasks. */
final class GoalFixture<T extends GoalMojo<?>> {

    private static final ConverterLookup CONVERTERS = new DefaultConverterLookup();

    final T goal;
    final RecordingLog log = new RecordingLog();

    @SuppressWarnings("deprecation") // there is no other constructor that a test can call
    GoalFixture(T goal, Path folder, String... tasks) {
        this.goal = goal;
        MojoDescriptor descriptor = ParameterDocumentationTest.plugin().getMojos().stream()
                .filter(mojo -> isOf(mojo, goal.getClass()))
                .findFirst()
                .orElseThrow()
                .clone();
        for (Parameter parameter : descriptor.getParameters()) {
            if (parameter.isEditable() && parameter.getDefaultValue() != null) {
                set(parameter.getName(), parameter.getDefaultValue());
            }
        }
        goal.setLog(log);
        goal.setPluginContext(new HashMap<>());
        goal.project = new MavenProject();
        goal.project.setVersion("1.0.0");
        goal.session = new MavenSession(
                null,
                (RepositorySystemSession) null,
                new DefaultMavenExecutionRequest()
                        .setLocalRepositoryPath(folder.resolve("repository").toFile())
                        .setStartTime(new Date())
                        .setGoals(List.of(tasks)),
                new DefaultMavenExecutionResult());
        goal.session.setProjects(List.of(goal.project));
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.setVersion("0.1.0");
        descriptor.setPluginDescriptor(plugin);
        goal.mojoExecution = new MojoExecution(descriptor);
        goal.settingsDecrypter = Decrypted::of;
        goal.projectDirectory = folder.toFile();
        goal.outputDirectory = folder.resolve("target/olympe").toFile();
    }

    /** Puts the goal into the build of another one. */
    GoalFixture<T> inBuildOf(GoalFixture<?> other) {
        goal.session = other.goal.session;
        goal.project = other.goal.project;
        goal.setLog(other.log);
        return this;
    }

    private static boolean isOf(MojoDescriptor descriptor, Class<?> type) {
        return descriptor.getImplementation().equals(type.getName())
                || type.getSuperclass() != null && isOf(descriptor, type.getSuperclass());
    }

    /** Returns whether the goal has this parameter. */
    boolean has(String parameter) {
        return field(goal.getClass(), parameter) != null;
    }

    /** Sets a parameter as Maven would from a text. */
    void set(String parameter, String text) {
        set(parameter, (Object) text.replace("${project.artifactId}", "shop"));
    }

    /** Sets a parameter; a text is converted to its type. */
    void set(String parameter, Object value) {
        Field field = field(goal.getClass(), parameter);
        try {
            field.setAccessible(true);
            field.set(goal, value instanceof String text ? converted(text, field.getType()) : value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(parameter, e);
        }
    }

    private static Field field(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseGet(() -> type.getSuperclass() == null ? null : field(type.getSuperclass(), name));
    }

    /** Converts a text as Maven does. */
    private static Object converted(String text, Class<?> type) {
        try {
            return CONVERTERS
                    .lookupConverterForType(type)
                    .fromConfiguration(
                            CONVERTERS,
                            new DefaultPlexusConfiguration("parameter", text),
                            type,
                            null,
                            GoalFixture.class.getClassLoader(),
                            new DefaultExpressionEvaluator());
        } catch (ComponentConfigurationException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Makes the project one that has modules. */
    void addModule() {
        MavenProject module = new MavenProject();
        goal.project.setPackaging("pom");
        goal.project.setCollectedProjects(List.of(module));
        goal.session.setProjects(List.of(goal.project, module));
    }

    void addServer(String id, String password) {
        addServer(id, null, password);
    }

    void addServer(String id, String username, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(username);
        server.setPassword(password);
        goal.session.getSettings().addServer(server);
    }

    static DeployEnvironment environment(String name, String url) {
        DeployEnvironment environment = new DeployEnvironment();
        environment.name = name;
        environment.url = url;
        return environment;
    }
}
