package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.MavenDistribution;
import io.github.olympe.maven.testing.ProjectServers;
import io.github.olympe.maven.testing.TestPom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds of several modules: {@code a} and {@code b} push and deploy, {@code c}, the last one, only pushes. No webhook is called before
 * the images of all three are pushed.
 */
class ReactorDeploymentsConformanceTest {

    @TempDir
    Path folder;

    private ProjectServers servers;

    @BeforeEach
    void writeProject() throws IOException {
        servers = ProjectServers.start(folder.toFile());
        StringBuilder properties = new StringBuilder();
        servers.properties().forEach((name, value) -> properties.append("<%1$s>%2$s</%1$s>".formatted(name, value)));
        properties.append("<maven.deploy.skip>true</maven.deploy.skip><maven.install.skip>true</maven.install.skip>");
        TestPom.writeReactor(folder, "all", List.of("a", "b", "c"), properties.toString());
        module("a", "", "<goal>deploy</goal>");
        module("b", "<olympe.registry>${registry.b}</olympe.registry>", "<goal>deploy</goal>");
        module("c", "<olympe.skip>${skip.c}</olympe.skip>", "");
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.9.16", "4.0.0-rc-6"})
    void everyWebhookIsCalledAfterTheLastPush(String version) throws IOException {
        MavenBuild.Result result =
                build().maven(MavenDistribution.home(version)).run(arguments("deploy"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a", "b");
    }

    @Test
    void byTheDefaultGoal() throws IOException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace("</project>", "<build><defaultGoal>deploy</defaultGoal></build></project>"));

        MavenBuild.Result result = build().run(arguments());

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a", "b");
    }

    @Test
    void withThreads() {
        MavenBuild.Result result = build().run(arguments("deploy", "-T", "2"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a", "b");
    }

    @Test
    void withAModuleLeftOut() {
        MavenBuild.Result result = build().run(arguments("deploy", "-pl", "a"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a");
    }

    @Test
    void withAModuleSkipped() {
        MavenBuild.Result result = build().run(arguments("deploy", "-Dskip.c=true"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a", "b");
    }

    @Test
    void byGoalsThatAreCalledByName() {
        assertThat(build().run(arguments("package")).succeeded()).isTrue();
        assertThat(servers.webhook().requests()).isEmpty();

        MavenBuild.Result result = build().run(arguments("olympe:push", "olympe:deploy", "-pl", "a,b"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertDeployed(result, "a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "4.0.0-rc-6"})
    void byGoalsThatAreCalledByNameInTheParentToo(String version) throws IOException {
        managePlugin();
        MavenBuild build = build().maven(MavenDistribution.home(version));

        MavenBuild.Result result = build.run(arguments("olympe:image", "olympe:push", "olympe:deploy", "-pl", "!c"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(result.log()).contains("Skipped: this project has modules, and is not an Olympe project itself.");
        assertDeployed(result, "a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.9.16", "4.0.0-rc-6"})
    void aModuleThatFailsLeavesNoneCalled(String version) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(arguments("deploy", "--fail-at-end")));
        arguments.add("-Dregistry.b=127.0.0.1:1/acme");

        MavenBuild.Result result =
                build().maven(MavenDistribution.home(version)).run(arguments.toArray(String[]::new));

        assertThat(result.succeeded()).isFalse();
        assertThat(servers.registry().tags("acme/a-frontend")).isNotEmpty();
        assertThat(servers.registry().tags("acme/c-frontend")).isNotEmpty();
        assertThat(servers.webhook().requests()).isEmpty();
        assertThat(result.log()).contains("The deployment waits until the images of all modules are pushed; missing: ");
    }

    @Test
    void oneCommandDeploysTheRestAfterAFailedWebhook() throws IOException {
        managePlugin();
        servers.webhook().answer(500, "no");

        MavenBuild.Result result = build().run(arguments("deploy"));

        assertThat(result.succeeded()).isFalse();
        assertThat(servers.webhook().requests()).hasSize(1);
        assertThat(result.log())
                .contains(
                        "The deployment of the module 'a' failed.",
                        "answered 500",
                        "Pushed and not deployed: a, b. Run 'mvn olympe:deploy'");

        servers.webhook().answer(200, "{}").answer(500, "no");
        result = build().run(arguments("olympe:deploy", "-pl", "!c"));

        assertThat(result.succeeded()).isFalse();
        assertThat(result.log()).contains("Pushed and not deployed: b.");

        result = build().run(arguments("olympe:deploy", "-pl", "!c"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(result.log()).contains("this module is deployed, and other modules are not yet");
        assertThat(deployed()).containsExactly("a", "a", "b", "b");
        for (String module : List.of("a", "b")) {
            assertThat(servers.registry().tags("acme/" + module + "-deployments"))
                    .as("the ledger of " + module)
                    .anyMatch(tag -> tag.matches("default-\\d{14}-[0-9a-f]{8}"));
        }
    }

    @Test
    void oneCommandDeploysTheRestAfterAResumedBuild() throws IOException {
        managePlugin();
        assertThat(build().run("deploy", "-Dregistry.b=127.0.0.1:1/acme").succeeded())
                .isFalse();

        MavenBuild.Result result = build().run(arguments("deploy", "-rf", ":b"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(deployed()).containsExactly("b");
        assertThat(result.log())
                .contains(
                        "The module 'a' is not deployed: it was pushed by an earlier build that failed, and is not part of this one. Deploy it with 'mvn olympe:deploy -pl :a'.");

        result = build().run(arguments("olympe:deploy", "-pl", ":a"));

        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(deployed()).containsExactly("b", "a");
    }

    /** Adds the plugin to the parent, so that Maven knows its prefix there. */
    private void managePlugin() throws IOException {
        Path pom = folder.resolve("pom.xml");
        String managed = """
                <build><pluginManagement><plugins><plugin>
                  <groupId>io.github.olympe</groupId>
                  <artifactId>olympe-maven-plugin</artifactId>
                  <version>%s</version>
                </plugin></plugins></pluginManagement></build>
                """.formatted(MavenBuild.pluginVersion());
        Files.writeString(pom, Files.readString(pom).replace("</project>", managed + "</project>"));
    }

    /** Returns the modules whose payloads the webhook received. */
    private List<String> deployed() {
        return servers.webhook().requests().stream()
                .map(request -> request.body().replaceAll("(?s).*/acme/(.)-frontend:main-1a2b3c4d.*", "$1"))
                .toList();
    }

    private MavenBuild build() {
        return MavenBuild.in(folder)
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .with("WEBHOOK_TOKEN", ProjectServers.TOKEN);
    }

    private String[] arguments(String... first) {
        List<String> arguments = new ArrayList<>(List.of(first));
        if (!arguments.contains("--fail-at-end")) {
            arguments.add("-Dregistry.b=" + servers.registry().host() + "/acme");
        }
        return arguments.toArray(String[]::new);
    }

    private void assertDeployed(MavenBuild.Result result, String... modules) {
        assertThat(deployed()).as(result.log()).containsExactlyInAnyOrder(modules);
        assertThat(result.log()).contains("Pushed ");
        assertThat(result.log().indexOf("Sending the payload"))
                .isGreaterThan(result.log().lastIndexOf("Pushed "));
    }

    private void module(String name, String properties, String deployGoal) throws IOException {
        write(name + "/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>com.acme</groupId>
                    <artifactId>all</artifactId>
                    <version>1.0.0</version>
                  </parent>
                  <artifactId>%1$s</artifactId>
                  <packaging>pom</packaging>
                  <properties>
                    %2$s
                  </properties>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>io.github.olympe</groupId>
                        <artifactId>olympe-maven-plugin</artifactId>
                        <version>%3$s</version>
                        <configuration>
                          <codeAsData>
                            <skip>true</skip>
                          </codeAsData>
                        </configuration>
                        <executions>
                          <execution>
                            <goals>
                              <goal>image</goal>
                              <goal>push</goal>
                              %4$s
                            </goals>
                          </execution>
                        </executions>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(name, properties, MavenBuild.pluginVersion(), deployGoal));
        write(
                name + "/package.json",
                "{\"name\": \"" + name + "\", \"version\": \"1.0.0\", \"scripts\": {\"build:draw\": \"true\"}}\n");
        write(name + "/dist/web/index.html", "<!DOCTYPE html><title>" + name + "</title>\n");
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
