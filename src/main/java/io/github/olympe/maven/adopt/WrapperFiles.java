package io.github.olympe.maven.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the Maven wrapper, with which a project is built without an installed Maven, and JVM options that make short builds fast.
 */
final class WrapperFiles {

    static final String FOLDER = ".mvn/wrapper/";

    private static final String PROPERTIES = "maven-wrapper.properties";
    private static final String JVM_CONFIG = ".mvn/jvm.config";

    /** Little compilation and the garbage collector with the fastest start, because a build waits for npm and the network, not for Java. */
    private static final String OPTIONS = "-XX:TieredStopAtLevel=1\n-XX:+UseSerialGC\n";

    private WrapperFiles() {}

    /** Returns the files that a project does not have yet. */
    static List<AdoptedFile> of(Path project) {
        List<AdoptedFile> files = new ArrayList<>();
        if (Stream.of("mvnw", "mvnw.cmd", FOLDER).noneMatch(file -> Files.exists(project.resolve(file)))) {
            files.add(new AdoptedFile("mvnw", resource("mvnw"), "", true));
            files.add(new AdoptedFile("mvnw.cmd", resource("mvnw.cmd"), "", false));
            files.add(new AdoptedFile(FOLDER + PROPERTIES, resource(PROPERTIES), "", false));
        }
        if (!Files.exists(project.resolve(JVM_CONFIG))) {
            files.add(new AdoptedFile(JVM_CONFIG, OPTIONS, "", false));
        }
        return files;
    }

    private static String resource(String name) {
        try (InputStream in = WrapperFiles.class.getResourceAsStream("wrapper/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the plugin has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
