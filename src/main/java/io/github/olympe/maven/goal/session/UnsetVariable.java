package io.github.olympe.maven.goal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Model;
import org.apache.maven.model.ModelBase;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.Profile;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Finds the environment variable that a parameter refers to if the variable is missing or empty, as when a CI does not define a secret.
 * Maven passes such a parameter as if it were not set.
 *
 * @param project the module, with its properties and plugins
 * @param execution the goal's execution
 * @param environment the environment variables of this build
 */
public record UnsetVariable(MavenProject project, MojoExecution execution, Map<String, String> environment) {

    private static final Pattern EXPRESSION = Pattern.compile("\\s*\\$\\{([^}]+)}\\s*");
    private static final String VARIABLE = "env.";

    /** The longest chain of properties that refer to each other. */
    private static final int DEEPEST = 5;

    /**
     * Returns the variable's name; absent if the parameter is not written as {@code ${env.X}} or the variable has a value.
     *
     * @param parameter the parameter's name in a pom's configuration
     * @param property the property that may set it
     */
    public Optional<String> of(String parameter, String property) {
        return Stream.of(property(property), configured(parameter))
                .flatMap(value -> value.flatMap(text -> variable(text, DEEPEST)).stream())
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    /** Returns the variable that a value refers to, directly or through properties. */
    private Optional<String> variable(String value, int deepest) {
        Matcher expression = EXPRESSION.matcher(value);
        if (!expression.matches()) {
            return Optional.empty();
        }
        String name = expression.group(1);
        if (name.startsWith(VARIABLE)) {
            return Optional.of(name.substring(VARIABLE.length()));
        }
        return deepest == 0 ? Optional.empty() : property(name).flatMap(text -> variable(text, deepest - 1));
    }

    /** Returns a property's unresolved value from a pom, or else from settings.xml. */
    private Optional<String> property(String name) {
        return Stream.concat(parts().map(ModelBase::getProperties), Stream.of(project.getProperties()))
                .flatMap(properties -> Stream.ofNullable(properties.getProperty(name)))
                .findFirst();
    }

    /** Returns a parameter's unresolved value in the poms, for this execution or for the plugin. */
    private Optional<String> configured(String parameter) {
        Pattern element = Pattern.compile("<" + parameter + "(?:\\s[^>]*)?(?:/>|>([^<]*)</" + parameter + ">)");
        return Stream.concat(
                        parts().flatMap(UnsetVariable::plugins).filter(this::isOurs),
                        Stream.ofNullable(execution.getPlugin()))
                .flatMap(plugin -> Stream.of(plugin.getExecutionsAsMap().get(execution.getExecutionId()), plugin))
                .filter(Objects::nonNull)
                .map(ConfigurationContainer::getConfiguration)
                .filter(Objects::nonNull)
                .flatMap(xml -> element.matcher(xml.toString()).results())
                .map(result -> Objects.requireNonNullElse(result.group(1), ""))
                .findFirst();
    }

    private boolean isOurs(Plugin plugin) {
        return execution.getPlugin() != null && execution.getPlugin().getKey().equals(plugin.getKey());
    }

    private static Stream<Plugin> plugins(ModelBase part) {
        BuildBase build = part instanceof Model model ? model.getBuild() : ((Profile) part).getBuild();
        return Stream.ofNullable(build)
                .flatMap(some -> Stream.concat(Stream.of(some), Stream.ofNullable(some.getPluginManagement())))
                .map(PluginContainer::getPlugins)
                .flatMap(List::stream);
    }

    /**
     * Returns the unresolved poms with their active profiles, the module's own before its parents'. In Maven's effective pom, the variables
     * are already replaced by their values, even empty ones.
     */
    private Stream<ModelBase> parts() {
        Set<String> active = project.getInjectedProfileIds().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        List<ModelBase> parts = new ArrayList<>();
        for (MavenProject each = project; each != null; each = each.getParent()) {
            Model written = each.getOriginalModel();
            if (written != null) {
                written.getProfiles().stream()
                        .filter(profile -> active.contains(profile.getId()))
                        .forEach(parts::add);
                parts.add(written);
            }
        }
        return parts.stream();
    }
}
