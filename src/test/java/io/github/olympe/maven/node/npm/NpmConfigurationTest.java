package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.process.ProgramSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of npm's settings count, from its files and the environment. */
class NpmConfigurationTest {

    @TempDir
    Path folder;

    @TempDir
    Path project;

    private NpmStandIn node;

    @BeforeEach
    void writeProject() {
        node = new NpmStandIn(folder);
        NodeFixture.write(project, "package.json", "{}");
    }

    private NpmConfiguration configuration(Map<String, String> variables) {
        return node.npm(project).with(variables).configuration();
    }

    private String registry() {
        return configuration(Map.of()).registry();
    }

    @Test
    void theNearestFileCounts() {
        assertThat(registry()).isEqualTo("https://registry.npmjs.org/");
        NodeFixture.write(folder, "lib/node_modules/npm/npmrc", "registry=built in");
        assertThat(registry()).isEqualTo("built in");
        NodeFixture.write(folder, "etc/npmrc", "registry=global");
        assertThat(registry()).isEqualTo("global");
        NodeFixture.write(folder, ".npmrc", "registry=user");
        assertThat(registry()).isEqualTo("user");
        NodeFixture.write(project, ".npmrc", "registry=project");
        assertThat(registry()).isEqualTo("project");
        NpmConfiguration configuration = configuration(Map.of("npm_config_registry", "environment"));
        assertThat(configuration.registry()).isEqualTo("environment");
        assertThat(configuration.effective()).containsExactly(Map.entry("registry", "environment"));
        assertThat(configuration.all().map(Npmrc.Entry::value))
                .containsExactlyInAnyOrder("built in", "global", "user", "project", "environment");
        assertThat(configuration.projectRegistries().map(Npmrc.Entry::value)).containsExactly("project");
    }

    @Test
    void theFilesMayBeElsewhere() {
        NodeFixture.write(folder, "my.npmrc", "registry=mine");
        NodeFixture.write(folder, "our.npmrc", "registry=ours");
        NodeFixture.write(folder, "other/etc/npmrc", "registry=of another prefix");
        String mine = folder.resolve("my.npmrc").toString();
        String other = folder.resolve("other").toString();
        assertThat(configuration(Map.of("npm_config_userconfig", mine)).registry())
                .isEqualTo("mine");
        assertThat(configuration(Map.of(
                                "NPM_CONFIG_GLOBALCONFIG",
                                folder.resolve("our.npmrc").toString()))
                        .registry())
                .isEqualTo("ours");
        assertThat(configuration(Map.of("npm_config_prefix", other)).registry()).isEqualTo("of another prefix");
        NodeFixture.write(folder, "lib/node_modules/npm/npmrc", "prefix=" + other);
        assertThat(registry()).as("as Debian has it").isEqualTo("of another prefix");
    }

    /** On Windows, {@code node.exe} is in the folder that global packages are installed into. */
    @Test
    void theGlobalFileIsBesideNodeOnWindows() {
        NodeFixture.write(folder, "bin/etc/npmrc", "registry=windows");
        NodeFixture.write(folder, "etc/npmrc", "registry=linux");
        NodeRuntime runtime = node.runtime("20.1.2");
        NodeRuntime windows =
                new NodeRuntime(runtime.node(), runtime.version(), runtime.npm(), new ProgramSearch(true));
        assertThat(node.npm(project, windows).configuration().registry()).isEqualTo("windows");
        assertThat(registry()).isEqualTo("linux");
    }

    @Test
    void withoutAHomeTheUsersFileIsInJavasHome() {
        Map<String, String> environment = new TreeMap<>(node.environment());
        environment.remove("HOME");
        NpmConfiguration configuration = NpmConfiguration.of(project, node.runtime("20.1.2"), environment);
        assertThat(configuration.user())
                .isEqualTo(Npmrc.read(Path.of(System.getProperty("user.home"), ".npmrc"), environment));
    }

    @ParameterizedTest
    @CsvSource({
        "npm_config_omit, omit",
        "NPM_CONFIG_OMIT, omit",
        "npm_config_install_strategy, install-strategy",
        "NPM_CONFIG_Install_Links, install-links",
        "npm_config__auth, _auth",
        "npm_config_//Npm.acme.com/a_b/:_authToken, //Npm.acme.com/a_b/:_authToken"
    })
    void aVariableIsASetting(String variable, String key) {
        assertThat(configuration(Map.of(variable, "x")).variables().entries())
                .containsExactly(new Npmrc.Entry(key, "x"));
    }

    @ParameterizedTest
    @CsvSource({"npm_config_omit, ''", "npm_config_, x", "npm_package_name, x", "my_npm_config_omit, x"})
    void otherVariablesAreNone(String variable, String value) {
        assertThat(configuration(Map.of(variable, value)).variables().entries()).isEmpty();
    }

    @Test
    void onlyWhatChangesPackagesIsEffective() {
        NodeFixture.write(project, ".npmrc", """
                loglevel=verbose
                cache=/tmp/cache
                strict-ssl=false
                fetch-retries=9
                _auth=x
                //npm.acme.com/:_authToken=x
                omit[]=dev
                omit[]=optional
                @acme:registry=https://npm.acme.com/
                """);
        NodeFixture.write(folder, ".npmrc", "omit=peer\nsave-exact=true\n");
        assertThat(configuration(Map.of("npm_config_fund", "false")).effective())
                .containsExactly(
                        Map.entry("@acme:registry", "https://npm.acme.com/"),
                        Map.entry("omit", "dev,optional"),
                        Map.entry("save-exact", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "registry=https://a.org/", "@acme:registry=https://a.org/", "nodedir=/usr", "progress=false"
            })
    void theseGiveTheSamePackages(String setting) {
        NodeFixture.write(project, ".npmrc", setting);
        assertThat(configuration(Map.of()).changesNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "omit=dev",
                "install-strategy=nested",
                "registry=https://a.org/\nlegacy-peer-deps=true",
                "os=darwin"
            })
    void theseMayGiveOthers(String setting) {
        NodeFixture.write(project, ".npmrc", setting);
        assertThat(configuration(Map.of()).changesNothing()).isFalse();
    }

    @Test
    void aScopeMayHaveItsOwnRegistry() {
        NodeFixture.write(project, ".npmrc", "@acme:registry=https://npm.acme.com/\nregistry=https://all.acme.com/\n");
        NpmConfiguration configuration = configuration(Map.of());
        assertThat(configuration.registryOf("@acme/bricks")).isEqualTo("https://npm.acme.com/");
        assertThat(configuration.registryOf("@other/bricks")).isEqualTo("https://all.acme.com/");
        assertThat(configuration.registryOf("bricks")).isEqualTo("https://all.acme.com/");
        assertThat(configuration.projectRegistries()).hasSize(2);
        NodeFixture.write(project, ".npmrc", "@acme:omit=dev\nx:registry=https://a.org/\nomit=dev\n");
        assertThat(configuration(Map.of()).projectRegistries()).isEmpty();
    }

    @Test
    void theWorkspacesFileCountsForItsMembers() throws IOException {
        NodeFixture.initGit(project);
        NodeFixture.write(project, "package.json", "{\"workspaces\": [\"apps/*\"]}");
        NodeFixture.write(project, ".npmrc", "registry=workspace");
        Path member = project.resolve("apps/shop");
        NodeFixture.write(member, "package.json", "{}");
        NodeFixture.write(member, ".npmrc", "registry=member");
        assertThat(node.npm(member).configuration().registry()).isEqualTo("workspace");
        assertThat(node.npm(member).settings()).containsExactly(Map.entry("registry", "workspace"));
        Files.delete(project.resolve(".npmrc"));
        assertThat(node.npm(member).settings()).isEmpty();
    }

    @Test
    void npmDoesNotSeeThePluginsCredentialsUnlessTheyAreHandedOn() {
        Map<String, String> outer = new TreeMap<>(Map.of("PATH", "/bin"));
        String own = Credentials.OWN_VARIABLES.iterator().next();
        outer.put(own, "s3cret");
        assertThat(NpmEnvironment.of(outer, null)).doesNotContainKey(own).containsEntry("PATH", "/bin");
        Map<String, String> set = new TreeMap<>(Map.of("NODE_ENV", "production", own, "other"));
        set.put("EMPTY", null);
        assertThat(NpmEnvironment.of(outer, set))
                .containsEntry("NODE_ENV", "production")
                .containsEntry("EMPTY", "")
                .containsEntry(own, "other")
                .containsEntry("PATH", "/bin");
        set.put(own, null);
        assertThat(NpmEnvironment.of(outer, set)).containsEntry(own, "s3cret");
        set.put(own, "");
        assertThat(NpmEnvironment.of(outer, set)).containsEntry(own, "s3cret");
        outer.remove(own);
        assertThat(NpmEnvironment.of(outer, set)).containsEntry(own, "");
    }
}
