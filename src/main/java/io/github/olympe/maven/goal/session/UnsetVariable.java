package io.github.olympe.maven.goal.session;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Finds the environment variable that a parameter was to come from, where this build does not have it. Maven hands such a parameter over as
 * if nobody had written it.
 *
 * @param project the module, with its properties and plugins
 * @param execution the goal's execution
 * @param environment the environment variables of this build
 */
public record UnsetVariable(MavenProject project, MojoExecution execution, Map<String, String> environment) {

    private static final String EXPRESSION = "\\s*\\$\\{env\\.([^}]+)}\\s*";
    private static final Pattern VALUE = Pattern.compile(EXPRESSION);

    /**
     * Returns the variable's name; absent where the parameter is not written as {@code ${env.X}}, or the variable is set.
     *
     * @param parameter the parameter as a pom's configuration has it
     * @param property the property that it may be set by
     */
    public Optional<String> of(String parameter, String property) {
        String text = project.getProperties().getProperty(property, "");
        Pattern element = Pattern.compile("<" + parameter + "(?:\\s[^>]*)?>" + EXPRESSION + "</" + parameter + ">");
        return Stream.concat(
                        VALUE.matcher(text).matches() ? VALUE.matcher(text).results() : Stream.of(),
                        configurations().flatMap(xml -> element.matcher(xml).results()))
                .map(result -> result.group(1))
                .filter(name -> !environment.containsKey(name))
                .findFirst();
    }

    /** What the pom has for this execution, and for the plugin, as XML: parameters have no values there yet. */
    private Stream<String> configurations() {
        Plugin plugin = execution.getPlugin();
        if (plugin == null) {
            return Stream.of();
        }
        PluginExecution own = plugin.getExecutionsAsMap().get(execution.getExecutionId());
        return Stream.of(own, plugin)
                .filter(Objects::nonNull)
                .map(ConfigurationContainer::getConfiguration)
                .filter(Objects::nonNull)
                .map(Object::toString);
    }
}
