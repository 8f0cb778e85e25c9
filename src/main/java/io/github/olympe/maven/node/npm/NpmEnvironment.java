package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.credential.Credentials;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment that npm and its scripts get: Maven's, without the variables of the plugin's own credentials, and with those of the
 * parameter {@code environmentVariables}. An entry there without a value passes on the credential's variable of that name.
 */
public final class NpmEnvironment {

    private NpmEnvironment() {}

    /**
     * Returns the environment.
     *
     * @param outer Maven's environment
     * @param environmentVariables the parameter of this name; Maven has null for an element without content
     */
    public static Map<String, String> of(
            Map<String, String> outer, @Nullable Map<String, String> environmentVariables) {
        Map<String, String> environment = new TreeMap<>(outer);
        environment.keySet().removeAll(Credentials.OWN_VARIABLES);
        if (environmentVariables != null) {
            environmentVariables.forEach((name, value) -> {
                boolean handedOn = Credentials.OWN_VARIABLES.contains(name) && (value == null || value.isEmpty());
                environment.put(name, handedOn ? outer.getOrDefault(name, "") : value == null ? "" : value);
            });
        }
        return environment;
    }
}
