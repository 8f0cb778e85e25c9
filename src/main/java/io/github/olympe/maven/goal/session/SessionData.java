package io.github.olympe.maven.goal.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.maven.execution.MavenSession;

/**
 * Data that the goals of one Maven run share, in all modules and threads. Maven may load the plugin several times, once for each set of
 * {@code <dependencies>} and {@code <extensions>}. The plugin's own types are shared within one class loader, types of the JDK by all.
 */
public final class SessionData {

    private static final String PREFIX = "io.github.olympe:olympe-maven-plugin/";

    private SessionData() {}

    /** Returns the one object of a type, creating it on first use. */
    public static <T> T of(MavenSession session, Class<T> type, Supplier<T> maker) {
        return type.cast(
                SessionData.<Class<?>, Object>shared(session, "types").computeIfAbsent(type, absent -> maker.get()));
    }

    /** Returns the one object of a type for a key, creating it on first use. */
    public static <T> T of(MavenSession session, Class<T> type, String key, Supplier<T> maker) {
        return type.cast(SessionData.<Class<?>, Map<String, Object>>shared(session, "keyed")
                .computeIfAbsent(type, absent -> new ConcurrentHashMap<>())
                .computeIfAbsent(key, absent -> maker.get()));
    }

    /**
     * Returns a map that all class loaders of the plugin share. Put only types of the JDK or of Maven into it, or types together with their
     * class.
     */
    @SuppressWarnings("unchecked")
    public static <K, V> Map<K, V> shared(MavenSession session, String name) {
        Map<String, Object> data = session.getRequest().getData();
        synchronized (data) {
            return (Map<K, V>) data.computeIfAbsent(PREFIX + name, absent -> new ConcurrentHashMap<K, V>());
        }
    }
}
