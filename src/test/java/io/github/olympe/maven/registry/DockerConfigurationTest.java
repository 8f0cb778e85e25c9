package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigurationTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void setHome() {
        environment.put("HOME", home.toString());
        environment.put("PATH", home + ":/bin:/usr/bin");
    }

    private DockerConfiguration configuration() {
        return new DockerConfiguration(environment, Duration.ofSeconds(2), warnings::add);
    }

    private void write(String json) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), json);
    }

    private void helper(String name, String script) throws IOException {
        Path file = home.resolve("docker-credential-" + name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String found(String registry) {
        return configuration()
                .find(registry)
                .map(credential -> credential.username().orElse("") + ":"
                        + credential.secret().map(Secret::reveal).orElse(""))
                .orElse("nothing");
    }

    @Test
    void isEmptyWithoutAFile() {
        assertThat(found("reg.example.com")).isEqualTo("nothing");
    }

    @Test
    void readsAuths() throws IOException {
        write("{\"auths\":{\"reg.example.com\":{\"auth\":\"" + base64("ci:pass:with:colons") + "\"},"
                + "\"https://other.example.com:5000/v2/\":{\"username\":\"u\",\"password\":\"p\"},"
                + "\"azure.example.com\":{\"auth\":\"" + base64("0000:") + "\",\"identitytoken\":\"refresh\"},"
                + "\"null.example.com\":{\"auth\":\"" + base64("a:b") + "\",\"identitytoken\":null},"
                + "\"empty.example.com\":{\"auth\":null}},\"credsStore\":null}");

        assertThat(found("reg.example.com")).isEqualTo("ci:pass:with:colons");
        assertThat(found("other.example.com:5000")).isEqualTo("u:p");
        assertThat(found("azure.example.com")).isEqualTo("<token>:refresh");
        assertThat(found("null.example.com")).isEqualTo("a:b");
        assertThat(found("empty.example.com")).isEqualTo("nothing");
        assertThat(found("example.com")).isEqualTo("nothing");
        assertThat(configuration().find("reg.example.com").map(Credential::source))
                .contains(home.resolve(".docker/config.json").toString());
    }

    @Test
    void knowsDockerHubByItsNames() throws IOException {
        write("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + base64("hub:secret") + "\"}}}");

        assertThat(found("docker.io")).isEqualTo("hub:secret");
    }

    @Test
    void readsTheFolderThatDockerConfigNames() throws IOException {
        Path folder = Files.createDirectories(home.resolve("other"));
        Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"r.example.com\":{\"auth\":\"" + base64("a:b") + "\"}}}");
        environment.put("DOCKER_CONFIG", folder.toString());

        assertThat(found("r.example.com")).isEqualTo("a:b");
    }

    @Test
    void readsTheTextOfDockerAuthConfigAndThenPodmansFile() throws IOException {
        environment.put("DOCKER_AUTH_CONFIG", "{\"auths\":{\"one.example.com\":{\"auth\":\"" + base64("a:b") + "\"}}}");
        Files.createDirectories(home.resolve("run/containers"));
        Files.writeString(
                home.resolve("run/containers/auth.json"),
                "{\"auths\":{\"two.example.com\":{\"auth\":\"" + base64("c:d") + "\"}}}");
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());

        assertThat(found("one.example.com")).isEqualTo("a:b");
        assertThat(found("two.example.com")).isEqualTo("c:d");
    }

    @Test
    void asksTheHelperOfARegistryBeforeTheStore() throws IOException {
        write("{\"credsStore\":\"store\",\"credHelpers\":{\"reg.example.com\":\"own\"}}");
        helper("own", "read server || true\necho \"{\\\"Username\\\":\\\"own\\\",\\\"Secret\\\":\\\"$server\\\"}\"");
        helper(
                "store",
                "read server || true\necho \"{\\\"Username\\\":\\\"store\\\",\\\"Secret\\\":\\\"$server\\\"}\"");

        assertThat(found("reg.example.com")).isEqualTo("own:reg.example.com");
        assertThat(found("other.example.com")).isEqualTo("store:other.example.com");
        assertThat(found("docker.io")).isEqualTo("store:https://index.docker.io/v1/");
        assertThat(warnings).isEmpty();
    }

    @Test
    void findsHelpersOnThePathAsWindowsHasIt() throws IOException {
        write("{\"credsStore\":\"store\"}");
        helper("store", "echo '{\"Username\":\"a\",\"Secret\":\"b\"}'");
        environment.remove("PATH");
        environment.put("Path", "\"" + home + "\":/bin:/usr/bin");

        assertThat(found("reg.example.com")).isEqualTo("a:b");
        assertThat(warnings).isEmpty();
    }

    @Test
    void goesOnWithoutAHelperThatDoesNotKnowTheRegistry() throws IOException {
        write("{\"credsStore\":\"store\",\"auths\":{\"reg.example.com\":{\"auth\":\"" + base64("a:b") + "\"}}}");
        helper("store", "echo 'credentials not found in native keychain'\nexit 1");

        assertThat(found("reg.example.com")).isEqualTo("a:b");
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOfAHelperThatFailsAndShowsNothingOfWhatItPrints() throws IOException {
        write("{\"credsStore\":\"bad\",\"credHelpers\":{\"gone.example.com\":\"gone\",\"odd.example.com\":\"odd\"}}");
        helper("bad", "echo leaked-secret\necho leaked-secret >&2\nexit 3");
        helper("odd", "echo 'leaked-secret is not JSON'");

        assertThat(found("reg.example.com")).isEqualTo("nothing");
        assertThat(found("gone.example.com")).isEqualTo("nothing");
        assertThat(found("odd.example.com")).isEqualTo("nothing");
        assertThat(warnings).hasSize(3).noneMatch(warning -> warning.contains("leaked"));
        assertThat(warnings.get(0)).contains("exit code 3", "docker-credential-bad");
        assertThat(warnings.get(1)).contains("There is no command 'docker-credential-gone' on the PATH");
    }

    @Test
    void doesNotWaitForeverForAHelper() throws IOException {
        write("{\"credsStore\":\"slow\"}");
        helper("slow", "sleep 60");

        long start = System.nanoTime();
        assertThatThrownBy(() -> found("reg.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("No answer came in 2 seconds")
                .hasMessageContaining("docker-credential-slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aHelpersNameIsNotAPath() throws IOException {
        write("{\"credsStore\":\"../../tmp/x\"}");

        assertThatThrownBy(() -> found("reg.example.com")).hasMessageContaining("which is not a name");
    }

    @Test
    void aFileThatIsNotJsonIsNotQuoted() throws IOException {
        write("{\"auths\": secret-password");

        assertThatThrownBy(() -> found("reg.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(home.resolve(".docker/config.json").toString())
                .hasMessageNotContaining("secret-password")
                .hasNoCause();
    }
}
