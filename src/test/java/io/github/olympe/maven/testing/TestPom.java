package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The pom of a test's project, with the plugin that is being built. Its packaging is {@code pom}, and nothing is configured, unless the
 * test says otherwise.
 */
public final class TestPom {

    private final String artifactId;
    private String packaging = "pom";
    private String properties = "";
    private String configuration = "";
    private String executions = "";

    private TestPom(String artifactId) {
        this.artifactId = artifactId;
    }

    public static TestPom of(String artifactId) {
        return new TestPom(artifactId);
    }

    /** Sets one of the plugin's own packagings. */
    public TestPom packaging(String name) {
        packaging = name;
        return this;
    }

    /** XML in {@code <properties>}. */
    public TestPom properties(String xml) {
        properties = xml;
        return this;
    }

    /** XML in the plugin's {@code <configuration>}. */
    public TestPom configuration(String xml) {
        configuration = xml;
        return this;
    }

    /** XML in the plugin's {@code <executions>}. */
    public TestPom executions(String xml) {
        executions = xml;
        return this;
    }

    /** Writes it into a folder, which is created if it is missing. */
    public void writeTo(Path folder) throws IOException {
        write(folder, artifactId, packaging, properties, """
                <build>
                    <plugins>
                      <plugin>
                        <groupId>io.github.olympe</groupId>
                        <artifactId>olympe-maven-plugin</artifactId>
                        <version>%s</version>
                        <extensions>%s</extensions>
                        <configuration>
                          %s
                        </configuration>
                        <executions>
                          %s
                        </executions>
                      </plugin>
                    </plugins>
                  </build>""".formatted(
                        MavenBuild.pluginVersion(), !packaging.equals("pom"), configuration, executions));
    }

    /** Writes the pom of a project that only has modules, with properties for them. */
    public static void writeReactor(Path folder, String artifactId, Collection<String> modules, String properties)
            throws IOException {
        StringBuilder list = new StringBuilder();
        modules.forEach(module -> list.append("<module>").append(module).append("</module>"));
        write(folder, artifactId, "pom", properties, "<modules>" + list + "</modules>");
    }

    private static void write(Path folder, String artifactId, String packaging, String properties, String content)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>%s</artifactId>
                  <version>1.0.0</version>
                  <packaging>%s</packaging>
                  <properties>
                    %s
                  </properties>
                  %s
                </project>
                """.formatted(artifactId, packaging, properties, content));
    }
}
