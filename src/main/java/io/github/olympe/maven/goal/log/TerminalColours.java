package io.github.olympe.maven.goal.log;

import java.io.Console;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether commands print in colour. They do if Maven itself does: on a terminal, but neither in batch mode nor into a log file
 * ({@code -l}), unless {@code -Dstyle.color=always|never} says otherwise.
 */
public final class TerminalColours {

    /** The classes that know Maven's decision: in Maven 3.6 to 3.9, and in 3.10 and 4. */
    private static final List<String> MESSAGES =
            List.of("org.apache.maven.shared.utils.logging.MessageUtils", "org.apache.maven.jline.MessageUtils");

    private TerminalColours() {}

    public static boolean wanted(MavenSession session) {
        return wanted(
                session.getUserProperties(),
                session.getRequest().isInteractiveMode() && isMavenColoured(),
                isTerminal(System.console()));
    }

    public static boolean wanted(Properties userProperties, boolean coloured, boolean terminal) {
        return switch (userProperties.getProperty("style.color", "auto")) {
            case "always" -> true;
            case "never" -> false;
            default -> coloured && terminal;
        };
    }

    /** Adds to the environment the variables that npm and most Node.js tools follow. */
    public static Map<String, String> apply(boolean colours, Map<String, String> environment) {
        Map<String, String> changed = new TreeMap<>(environment);
        // Node.js warns if both are set.
        changed.remove(colours ? "NO_COLOR" : "FORCE_COLOR");
        changed.put(colours ? "FORCE_COLOR" : "NO_COLOR", "1");
        changed.keySet().removeIf("npm_config_color"::equalsIgnoreCase);
        changed.put("npm_config_color", colours ? "always" : "false");
        return changed;
    }

    private static boolean isMavenColoured() {
        for (String messages : MESSAGES) {
            try {
                return Boolean.TRUE.equals(Class.forName(messages, true, MavenSession.class.getClassLoader())
                        .getMethod("isColorEnabled")
                        .invoke(null));
            } catch (ReflectiveOperationException e) {
                // The class belongs to another Maven.
            }
        }
        return true;
    }

    /** Since Java 22 there is a console even without a terminal. Its method {@code isTerminal} distinguishes the two. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
