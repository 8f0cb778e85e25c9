package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the main method of a class in a separate JVM with the locale POSIX, in which Java reads file names as ASCII. */
public final class PosixLocale {

    private PosixLocale() {}

    /**
     * Returns what the class prints, in UTF-8.
     *
     * @throws AssertionError if it fails, with what it printed
     */
    public static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), main, arguments);
    }

    /** Does what {@link #run(Class, String...)} does, with these variables, in UTF-8. */
    public static String run(Map<String, String> variables, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(output);
        }
        return output;
    }
}
