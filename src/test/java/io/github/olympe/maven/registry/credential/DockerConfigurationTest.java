package io.github.olympe.maven.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigurationTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void setHome() {
        environment.put("HOME", home.toString());
        environment.put("PATH", home + ":/bin:/usr/bin");
    }

    private DockerConfiguration configuration() {
        return new DockerConfiguration(environment, home.resolve("run"), Duration.ofSeconds(2), warnings::add);
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
                .find(registry, "acme/shop")
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
        assertThat(configuration().find("reg.example.com", "acme/shop").map(Credential::source))
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

    private String found(String registry, String repository) {
        return configuration()
                .find(registry, repository)
                .flatMap(Credential::username)
                .orElse("nothing");
    }

    private static String auths(String... keys) {
        return Stream.of(keys)
                .map(key -> "\"" + key + "\":{\"auth\":\"" + base64(key + ":secret") + "\"}")
                .collect(Collectors.joining(",", "{\"auths\":{", "}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "r.io/acme,                              r.io,            acme/shop,     r.io/acme",
        "r.io/acme/shop,                         r.io,            acme/shop,     r.io/acme/shop",
        "r.io/acme/shop,                         r.io,            acme/shops,    nothing",
        "r.io/acme,                              r.io,            other/shop,    nothing",
        "r.io,                                   r.io,            acme/shop,     r.io",
        "https://r.io/artifactory/api/docker,    r.io,            acme/shop,     https",
        "https://r.io:5000/v2/,                  r.io:5000,       acme/shop,     https",
        "http://R.io/,                           r.io,            acme/shop,     http",
        "r.io/v2/,                               r.io,            acme/shop,     r.io/v2/",
        "r.io:443,                               r.io,            acme/shop,     r.io",
        "r.io,                                   r.io:443,        acme/shop,     r.io",
        "r.io:5000,                              r.io,            acme/shop,     nothing",
        "r.io.evil.com,                          r.io,            acme/shop,     nothing",
        "docker.io/acme,                         docker.io,       acme/shop,     docker.io/acme",
        "https://index.docker.io/v1/,            docker.io,       library/nginx, https",
    })
    void readsTheKeysOfDockerAndPodman(String key, String registry, String repository, String user) throws IOException {
        write(auths(key));

        assertThat(found(registry, repository)).isEqualTo(user);
    }

    @Test
    void prefersTheLongestKey() throws IOException {
        write(auths("r.io", "r.io/acme", "r.io/acme/shop"));

        assertThat(found("r.io", "acme/shop")).isEqualTo("r.io/acme/shop");
        assertThat(found("r.io", "acme/desk")).isEqualTo("r.io/acme");
        assertThat(found("r.io", "other")).isEqualTo("r.io");
    }

    @Test
    void readsPodmansFilesWherePodmanWritesThem() throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Map<String, Path> places = Map.of(
                "variable.io", home.resolve("somewhere.json"),
                "runtime.io", home.resolve("runtime/containers/auth.json"),
                "run.io", home.resolve("run/containers/" + user + "/auth.json"),
                "config.io", home.resolve(".config/containers/auth.json"));
        for (Map.Entry<String, Path> place : places.entrySet()) {
            Files.createDirectories(place.getValue().getParent());
            Files.writeString(place.getValue(), auths(place.getKey()));
        }
        environment.put("REGISTRY_AUTH_FILE", places.get("variable.io").toString());
        environment.put("XDG_RUNTIME_DIR", home.resolve("runtime").toString());

        assertThat(places.keySet())
                .allSatisfy(registry -> assertThat(found(registry, "a")).isEqualTo(registry));
    }

    @Test
    void readsAnAuthThatIsPadded() throws IOException {
        write("{\"auths\":{\"zeros.io\":{\"auth\":\"" + base64("ci:word\u0000\u0000") + "\"},"
                + "\"spaces.io\":{\"auth\":\" " + base64("ci:word") + "\\n\"},"
                + "\"short.io\":{\"auth\":\"" + base64("ci:wor") + "\"},"
                + "\"unpadded.io\":{\"auth\":\"" + base64("ci:wor").replace("=", "") + "\"}}}");

        assertThat(found("zeros.io")).isEqualTo("ci:word");
        assertThat(found("spaces.io")).isEqualTo("ci:word");
        assertThat(found("short.io")).isEqualTo("ci:wor");
        assertThat(found("unpadded.io")).isEqualTo("ci:wor");
    }

    @Test
    void asksAHelperOnceForAllRepositories() throws IOException {
        write("{\"credsStore\":\"store\"}");
        helper("store", "echo asked >> '" + home.resolve("asked") + "'; echo 'credentials not found'; exit 1");
        DockerConfiguration configuration = configuration();

        configuration.find("r.io", "acme/shop");
        configuration.find("r.io", "acme/desk");

        assertThat(home.resolve("asked")).hasContent("asked");
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
    void findsHelpersOnThePathLikeWindows() throws IOException {
        write("{\"credsStore\":\"store\"}");
        helper("store", "echo '{\"Username\":\"a\",\"Secret\":\"b\"}'");
        environment.remove("PATH");
        environment.put("ALLUSERSPROFILE", "C:\\ProgramData");
        environment.put("Path", "\"" + home + "\":/bin:/usr/bin");

        assertThat(found("reg.example.com")).isEqualTo("a:b");
        assertThat(warnings).isEmpty();
    }

    @Test
    void continuesIfAHelperDoesNotKnowTheRegistry() throws IOException {
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

    /** As a CI system sets variables that a project leaves empty. */
    @Test
    void blankVariablesAreNone() throws IOException {
        write("{\"auths\":{\"reg.example.com\":{\"auth\":\"" + base64("a:b") + "\"}}}");
        for (String variable :
                List.of("DOCKER_AUTH_CONFIG", "DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_CONFIG_HOME")) {
            environment.put(variable, " ");
        }

        assertThat(found("reg.example.com")).isEqualTo("a:b");
        assertThat(warnings).isEmpty();
    }

    @Test
    void doesNotWaitForeverForAHelper() throws IOException {
        write("{\"credsStore\":\"slow\"}");
        helper("slow", "sleep 60 & echo $! > '" + home.resolve("child") + "'; wait");

        long start = System.nanoTime();
        assertThatThrownBy(() -> found("reg.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("No answer came in 2 seconds")
                .hasMessageContaining("docker-credential-slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        long child = Long.parseLong(Files.readString(home.resolve("child")).strip());
        Waiting.until(
                "the helper's child has ended",
                () -> ProcessHandle.of(child)
                        .flatMap(process -> process.info().command())
                        .isEmpty());
    }

    /** It gets the build's environment, not that of the JVM, and no secret of the plugin. */
    @Test
    void aHelperSeesTheEnvironmentWithoutThePluginsOwnSecrets() throws IOException {
        write("{\"credsStore\":\"env\"}");
        helper("env", "/usr/bin/env > '" + home.resolve("seen") + "'; echo '{\"Username\":\"a\",\"Secret\":\"b\"}'");
        environment.put("AWS_PROFILE", "shop");
        environment.put("OLYMPE_DEPLOY_TOKEN", "secret");

        assertThat(found("reg.example.com")).isEqualTo("a:b");
        assertThat(Files.readAllLines(home.resolve("seen")))
                .contains("AWS_PROFILE=shop", "HOME=" + home)
                .noneMatch(line -> line.startsWith("OLYMPE_DEPLOY_TOKEN"))
                .allMatch(line -> environment.containsKey(line.replaceFirst("=.*", ""))
                        // The shell sets these.
                        || line.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
    }

    @Test
    void aHelperThatCannotBeRunIsAWarning() throws IOException {
        write("{\"credsStore\":\"broken\"}");
        helper("broken", "");
        Files.writeString(home.resolve("docker-credential-broken"), "#!/missing/interpreter\n");

        assertThat(found("reg.example.com")).isEqualTo("nothing");
        assertThat(warnings)
                .containsExactly("Cannot run the credential helper 'docker-credential-broken' of "
                        + home.resolve(".docker/config.json") + "; its credentials are not used.");
    }

    @Test
    void anInterruptedBuildStopsWaitingForAHelper() throws IOException {
        write("{\"credsStore\":\"slow\"}");
        helper("slow", "sleep 60 & echo $! > '" + home.resolve("child") + "'; wait");

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> found("reg.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The build was interrupted while it waited for the credential helper");
        assertThat(Thread.interrupted()).isTrue();
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
