package io.github.olympe.maven.adopt;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pom of an Olympe project. Default values are left out.
 *
 * @param groupId the group
 * @param artifactId the artifact, which is the first part of image names
 * @param version the version
 * @param packaging {@code olympe} or {@code olympe-library}
 * @param properties the settings that a command line can change, by property
 * @param configuration the other settings
 * @param goals the goals that the packaging does not bind
 */
record Pom(
        String groupId,
        String artifactId,
        String version,
        String packaging,
        Map<String, String> properties,
        List<Element> configuration,
        List<String> goals) {

    private static final String PROJECT = String.join(
            "\n",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xsi:schemaLocation=\"http://maven.apache.org/POM/4.0.0"
                    + " https://maven.apache.org/xsd/maven-4.0.0.xsd\">",
            "  <modelVersion>4.0.0</modelVersion>",
            "");
    private static final String PLUGIN = """

              <build>
                <plugins>
                  <plugin>
                    <groupId>io.github.olympe</groupId>
                    <artifactId>olympe-maven-plugin</artifactId>
            """;
    private static final String END = """
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    /** Returns the content of {@code pom.xml}. */
    String xml(String pluginVersion) {
        return PROJECT
                + Element.of("groupId", groupId).xml("  ")
                + Element.of("artifactId", artifactId).xml("  ")
                + Element.of("version", version).xml("  ")
                + Element.of("packaging", packaging).xml("  ")
                + propertiesXml()
                + PLUGIN
                + Element.of("version", pluginVersion).xml("        ")
                + "        <extensions>true</extensions>\n"
                + (configuration.isEmpty()
                        ? ""
                        : Element.of("configuration", configuration).xml("        "))
                + executionsXml()
                + END;
    }

    private String propertiesXml() {
        return properties.isEmpty()
                ? ""
                : "\n"
                        + Element.of(
                                        "properties",
                                        properties.entrySet().stream()
                                                .map(property -> Element.of(property.getKey(), property.getValue()))
                                                .collect(Collectors.toList()))
                                .xml("  ");
    }

    private String executionsXml() {
        return goals.isEmpty()
                ? ""
                : Element.of(
                                "executions",
                                List.of(Element.of(
                                        "execution",
                                        List.of(Element.of(
                                                "goals",
                                                goals.stream()
                                                        .map(goal -> Element.of("goal", goal))
                                                        .toList())))))
                        .xml("        ");
    }
}
