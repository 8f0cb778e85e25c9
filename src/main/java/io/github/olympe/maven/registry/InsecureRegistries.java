package io.github.olympe.maven.registry;

import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registries for which plain HTTP and untrusted certificates are allowed: the parameter {@code allowInsecureRegistries}. A registry on
 * this machine needs no permission for plain HTTP.
 *
 * @param hosts registries as in image references, in lower case; one without a port means any port
 */
public record InsecureRegistries(Set<String> hosts) {

    /** The parameter's name. */
    public static final String PARAMETER = "allowInsecureRegistries";

    public InsecureRegistries {
        hosts = Set.copyOf(hosts);
    }

    /** Allows only registries on this machine. */
    public static InsecureRegistries none() {
        return new InsecureRegistries(Set.of());
    }

    /**
     * Returns the registries that the parameter allows.
     *
     * @param value {@code true} for the registry that images are pushed to, {@code false} for none, or hosts separated by commas
     * @param registry the host (with port) of the registry that images are pushed to; empty if there is none
     * @throws io.github.olympe.maven.OlympeException if the value is none of these
     */
    public static InsecureRegistries of(@Nullable String value, String registry) {
        Set<String> hosts = new LinkedHashSet<>();
        if (value == null) {
            return none();
        }
        for (String part : value.split(",", -1)) {
            String host = part.strip().toLowerCase(Locale.ROOT);
            if (host.equals("true")) {
                hosts.add(registry.toLowerCase(Locale.ROOT));
            } else if (!host.isEmpty() && !host.equals("false")) {
                hosts.add(host(value, host));
            }
        }
        hosts.remove("");
        return new InsecureRegistries(hosts);
    }

    private static String host(String value, String host) {
        if (!ImageReference.isRegistry(host)) {
            throw InvalidParameter.of(
                    PARAMETER,
                    value,
                    "Use true, false, or hosts such as 'registry.internal:5000', separated by commas.");
        }
        return host;
    }

    /** Returns whether this registry, as an image reference names it, may be insecure. */
    public boolean allows(String registry) {
        String host = registry.toLowerCase(Locale.ROOT);
        return hosts.contains(host) || hosts.contains(ImageReference.withoutPort(host));
    }

    /** Returns whether a credential may be sent to this host without TLS. */
    public boolean allowsPlain(String host, int port) {
        return Loopback.is(host) || allows(host + ":" + port);
    }
}
