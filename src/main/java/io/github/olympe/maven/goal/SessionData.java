package io.github.olympe.maven.goal;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.maven.execution.MavenSession;

/** What the goals of one run of Maven share, in all of its modules and threads. */
final class SessionData {

    private SessionData() {}

    /** The one object of a type, made when it is first asked for. */
    static <T> T of(MavenSession session, Class<T> type, Supplier<T> maker) {
        return of(session, type, type.getName(), maker);
    }

    /** As {@link #of(MavenSession, Class, Supplier)}, where there are several of a type, told apart by a key. */
    static <T> T of(MavenSession session, Class<T> type, String key, Supplier<T> maker) {
        Map<String, Object> data = session.getRequest().getData();
        synchronized (data) {
            return type.cast(data.computeIfAbsent(key, absent -> maker.get()));
        }
    }
}
