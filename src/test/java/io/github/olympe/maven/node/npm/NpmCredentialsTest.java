package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpmCredentialsTest {

    private static final Credential TOKEN = Credential.ofToken("server 'npm'", Secret.of("t0ken"));

    @TempDir
    Path project;

    private static NpmRegistry registry(String url) {
        return NpmRegistry.of("the test", url);
    }

    private Set<NpmRegistry> registries(String npmRegistry, Map<String, String> environment) {
        return NpmCredentials.registries(Optional.ofNullable(npmRegistry), PackageJson.read(project), npm(environment));
    }

    /** npm without a user's configuration. */
    private Npm npm(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("HOME", project.resolve("home").toString());
        Npm npm = new NodeFixture().npm(project);
        return new Npm(npm.runtime(), npm.runner(), npm.workspace(), all, npm.timeout(), npm.log());
    }

    private static Map<String, String> revealed(Map<String, Secret> variables) {
        Map<String, String> revealed = new TreeMap<>();
        variables.forEach((name, secret) -> revealed.put(name, secret.reveal()));
        return revealed;
    }

    @Test
    void npmReadsThemFromItsEnvironment() {
        assertThat(revealed(NpmCredentials.variables(Set.of(registry("https://npm.acme.com/repo")), TOKEN)))
                .containsExactly(Map.entry("npm_config_//npm.acme.com/repo/:_authToken", "t0ken"));
        assertThat(revealed(NpmCredentials.variables(
                        Set.of(registry("http://localhost:4873")),
                        Credential.ofUser("server 'npm'", "ann", Secret.of("p:w")))))
                .containsExactly(Map.entry("npm_config_//localhost:4873/:_auth", "YW5uOnA6dw=="));
    }

    /** npm's own {@code nerf-dart} makes these keys. */
    @ParameterizedTest
    @CsvSource({
        "https://NPM.acme.com/repo/, //npm.acme.com/repo/",
        "https://npm.acme.com:443/, //npm.acme.com/",
        "http://npm.acme.com:80/, //npm.acme.com/",
        "http://npm.acme.com:443/, //npm.acme.com:443/",
        "HTTPS://npm.acme.com/a/../repo/./, //npm.acme.com/repo/"
    })
    void areForTheUrlAsNpmWritesIt(String url, String key) {
        assertThat(revealed(NpmCredentials.variables(Set.of(registry(url)), TOKEN)))
                .containsExactly(Map.entry("npm_config_" + key + ":_authToken", "t0ken"));
    }

    @Test
    void aServerWithoutAPasswordIsAnError() {
        Credential none = new Credential(
                "server 'npm' of settings.xml",
                Optional.of("ann"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> NpmCredentials.variables(Set.of(registry("https://x.org")), none))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("names the server 'npm' of settings.xml, which has no password");
    }

    @Test
    void areForTheRegistriesThatTheProjectNames() {
        NodeFixture.write(project, "package.json", "{\"publishConfig\": {\"registry\": \"https://publish.acme.com\"}}");
        NodeFixture.write(project, ".npmrc", """
                # registry=https://comment.acme.com
                registry = "https://all.acme.com/"
                @acme:registry=https://${HOST}/scope
                //all.acme.com/:_authToken=x
                """);
        assertThat(registries(null, Map.of("HOST", "scope.acme.com")))
                .extracting(registry -> registry.url().toString())
                .containsExactly("https://publish.acme.com/", "https://all.acme.com/", "https://scope.acme.com/scope/");
        assertThat(registries("https://one.acme.com", Map.of()))
                .extracting(registry -> registry.url().toString())
                .containsExactly("https://one.acme.com/");
    }

    @Test
    void areNotForThePublicRegistryIfThereAreOthers() {
        NodeFixture.write(project, "package.json", "{}");
        NodeFixture.write(
                project, ".npmrc", "registry=https://registry.npmjs.org/\n@acme:registry=https://npm.acme.com/\n");
        assertThat(registries(null, Map.of()))
                .extracting(registry -> registry.url().toString())
                .containsExactly("https://npm.acme.com/");
        NodeFixture.write(project, ".npmrc", "registry=https://registry.npmjs.org/\n");
        assertThat(registries(null, Map.of()))
                .extracting(registry -> registry.url().toString())
                .containsExactly("https://registry.npmjs.org/");
        NodeFixture.write(
                project, ".npmrc", "@acme:registry=https://registry.npmjs.org/\n@b:registry=https://b.org/\n");
        assertThat(registries(null, Map.of())).hasSize(2);
    }

    @Test
    void areNeverSentToARegistryThatIsNotConfigured() {
        NodeFixture.write(project, "package.json", "{}");
        assertThatThrownBy(() -> registries(null, Map.of()))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("no setting names the registry that it is for. Set the parameter 'npmRegistry'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"npm.acme.com", "ftp://npm.acme.com", "https://", "", " ", "https://a b/", "file:///x"})
    void aRegistryIsAUrl(String url) {
        assertThatThrownBy(() -> registry(url))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("in the test is not one. Write one such as 'https://npm.example.com/'.");
    }

    @Test
    void aRegistryHasNoPasswordInItsUrl() {
        assertThatThrownBy(() -> registry("https://ann:s3cr3t@npm.acme.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("npmServerId")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void proxiesOfSettingsApplyUnlessTheEnvironmentHasOne() {
        HttpProxies proxies = new HttpProxies(List.of(
                new HttpProxy(
                        "https",
                        "proxy",
                        3128,
                        Optional.of(Credential.ofUser("proxy", "ann", Secret.of("p@w d"))),
                        List.of("localhost", "*.acme.com")),
                new HttpProxy("http", "other", 3128, Optional.empty(), List.of())));
        Map<String, String> some = Map.of("HTTP_PROXY", "x");
        assertThat(revealed(new NpmProxies(proxies, npm(some)).secrets()))
                .containsExactly(Map.entry("https_proxy", "http://ann:p%40w%20d@proxy:3128"));
        assertThat(new NpmProxies(proxies, npm(some)).variables())
                .containsExactly(Map.entry("no_proxy", "localhost,127.0.0.1,[::1],::1,.acme.com"));
        assertThat(new NpmProxies(proxies, npm(Map.of())).variables()).containsEntry("http_proxy", "http://other:3128");
    }

    @Test
    void usesAProxyForHttpForHttpsIfThereIsNoOther() {
        HttpProxies proxies =
                new HttpProxies(List.of(new HttpProxy("http", "proxy", 3128, Optional.empty(), List.of())));
        assertThat(new NpmProxies(proxies, npm(Map.of())).variables())
                .containsEntry("http_proxy", "http://proxy:3128")
                .containsEntry("https_proxy", "http://proxy:3128");
        assertThat(new NpmProxies(proxies, npm(Map.of("HTTPS_PROXY", "x"))).variables())
                .containsEntry("http_proxy", "http://proxy:3128")
                .doesNotContainKey("https_proxy");
    }

    /** Maven's pattern also matches 10.1.2.3; npm has no pattern for that. */
    @Test
    void npmReachesItsHostsLikeMaven() {
        NodeFixture.write(project, "package.json", "{}");
        NodeFixture.write(project, ".npmrc", "registry=http://10.1.2.3:4873/\n@acme:registry=http://npm.acme.com/\n");
        NodeFixture.write(project, "package-lock.json", """
                {"lockfileVersion": 3, "packages": {"": {}, "node_modules/one": {"resolved": "http://10.9.9.9/one.tgz"}}}
                """);
        HttpProxies proxies = new HttpProxies(
                List.of(new HttpProxy("http", "proxy", 3128, Optional.empty(), List.of("10.*", "*.corp.example.com"))));
        assertThat(new NpmProxies(proxies, npm(Map.of())).variables())
                .containsEntry("no_proxy", "localhost,127.0.0.1,[::1],::1,10.1.2.3,10.9.9.9,.corp.example.com");
    }

    @Test
    void aPatternMayMatchARegistryThatNpmKnowsByItself() {
        NodeFixture.write(project, "package.json", "{}");
        NodeFixture.write(
                project, ".npmrc", "@acme:registry=http://npm.acme.com/\ninit.author.url=http://npm.ann.com/\n");
        HttpProxies proxies = new HttpProxies(
                List.of(new HttpProxy("http", "proxy", 3128, Optional.empty(), List.of("npm.a*", "registry.npmjs.*"))));
        assertThat(new NpmProxies(proxies, npm(Map.of())).variables())
                .containsEntry("no_proxy", "localhost,127.0.0.1,[::1],::1,npm.acme.com,registry.npmjs.org");
    }

    /** A build's log may show npm's configuration. */
    @Test
    void thoseOfNpmsOwnConfigurationAreHidden() {
        NodeFixture.write(project, "package.json", "{}");
        NodeFixture.write(project, ".npmrc", """
                //a.acme.com/:_authToken=t0ken-of-a-registry
                //b.acme.com/:_auth=YW5uOnBhc3N3b3JkLW9mLWFubg==
                //c.acme.com/:_password=cGFzc3dvcmQtb2YtYm9i
                _auth=no base64 at all
                //d.acme.com/:_auth=YW5uOg==
                //e.acme.com/:_authToken=${NOT_SET}
                //f.acme.com/:_authToken=
                //g.acme.com/:username=a-name-is-no-secret
                """);
        SecretMask mask = new SecretMask();
        NpmCredentials.hide(npm(Map.of("npm_config_//h.acme.com/:_authToken", "t0ken-of-a-variable")), mask);
        for (String secret : List.of(
                "t0ken-of-a-registry",
                "t0ken-of-a-variable",
                "YW5uOnBhc3N3b3JkLW9mLWFubg==",
                "password-of-ann",
                "cGFzc3dvcmQtb2YtYm9i",
                "password-of-bob",
                "no base64 at all")) {
            assertThat(mask.mask("npm says " + secret + " here")).isEqualTo("npm says *** here");
        }
        for (String text : List.of("a-name-is-no-secret", "${NOT_SET}", "ann:")) {
            assertThat(mask.mask(text)).isEqualTo(text);
        }
    }

    @Test
    void aRegistryIsReachedWithItsCredentialAndProxyAndWithoutALogOnDisk() {
        NodeFixture.write(project, "package.json", "{}");
        HttpProxies proxies = new HttpProxies(List.of(
                new HttpProxy(
                        "https",
                        "proxy",
                        3128,
                        Optional.of(Credential.ofUser("proxy", "ann", Secret.of("proxy-password"))),
                        List.of()),
                new HttpProxy("http", "other", 3128, Optional.empty(), List.of())));
        RegistryAccess access = new RegistryAccess(
                proxies,
                Optional.of(Credential.ofToken("server 'npm'", Secret.of("t0ken-of-npm"))),
                Optional.of("https://npm.acme.com"));
        SecretMask mask = new SecretMask();
        Npm npm = access.open(npm(Map.of()), PackageJson.read(project), mask);
        assertThat(revealed(npm.secrets()))
                .containsExactly(
                        Map.entry("https_proxy", "http://ann:proxy-password@proxy:3128"),
                        Map.entry("npm_config_//npm.acme.com/:_authToken", "t0ken-of-npm"));
        assertThat(npm.environment())
                .containsEntry("npm_config_logs_max", "0")
                .containsEntry("http_proxy", "http://other:3128")
                .containsKey("no_proxy");
        assertThat(mask.mask("t0ken-of-npm")).isEqualTo("***");

        RegistryAccess none = new RegistryAccess(new HttpProxies(List.of()), Optional.empty(), Optional.empty());
        Npm logging = none.open(npm(Map.of("NPM_CONFIG_LOGS_MAX", "5")), PackageJson.read(project), mask);
        assertThat(logging.secrets()).isEmpty();
        assertThat(logging.environment()).doesNotContainKey("npm_config_logs_max");
    }

    @Test
    void aUrlThatMayHoldAPasswordIsNotShown() {
        assertThatThrownBy(() -> registry("https://jane:s3^cret@npm.example.com/"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The registry's URL (not shown, since it may contain a password) in the test");
    }

    @Test
    void theProjectsNpmrcIsReadLikeNpm() {
        NodeFixture.write(project, "package.json", "{}");
        NodeFixture.write(project, ".npmrc", """
                registry=http://127.0.0.1:4873/ # our mirror
                @acme:registry = 'http://127.0.0.1:4873/npm/'
                @b:registry=http://127.0.0.1:4873/${NAME?}b ; for our own
                ;@c:registry=http://127.0.0.1:4873/c
                """);
        assertThat(registries(null, Map.of()))
                .extracting(registry -> registry.url().toString())
                .contains("http://127.0.0.1:4873/", "http://127.0.0.1:4873/b/");
    }

    @Test
    void anInvalidRegistryIsAnErrorAboutItsParameterWithoutThePassword() {
        assertThatThrownBy(() -> NpmRegistry.ofParameter("npm"))
                .hasMessage(
                        "Invalid value for 'npmRegistry' (olympe.npmRegistry): 'npm'. It is not a URL. Write one such as"
                                + " 'https://npm.example.com/'.");
        for (String url : List.of("https://jane:s3cret@npm.example.com/", "https://jane:s3^cret@npm.example.com/")) {
            assertThatThrownBy(() -> NpmRegistry.ofParameter(url))
                    .hasMessageStartingWith("Invalid value for 'npmRegistry' (olympe.npmRegistry) (not shown, since")
                    .hasMessageNotContaining("cret@");
        }
    }
}
