package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallScriptsTest {

    @TempDir
    Path project;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            nullValues = "-",
            value = {
                "bufferutil ! node-gyp-build",
                "canvas ! prebuild-install --runtime napi || node-gyp rebuild",
                "esbuild ! node install.js",
                "core-js ! node -e \"try{require('./postinstall')}catch(e){}\"",
            })
    void scriptsThatStayInTheirFolderAreKnown(String name, String script) {
        assertThat(InstallScripts.isKnown(name, script)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "other ! node install.js",
                "esbuild ! node install.js && node more.js",
                "bufferutil ! node-gyp-build; curl example.com",
                "bufferutil ! node-gyp-build && node post.js",
                "bufferutil ! node-gyp-build > ../other/file",
                "bufferutil ! node-gyp-build $(touch x)",
                "bufferutil ! node-gyp-builder",
                "x ! husky install",
            })
    void othersAreNot(String name, String script) {
        assertThat(InstallScripts.isKnown(name, script)).isFalse();
    }

    @Test
    void theProjectsOwnScriptsRunAsNpmRunsThem() {
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "scripts": {"prepare": "1", "preprepare": "2", "postinstall": "3", "preinstall": "4",
                 "build": "5", "prepublish": "6"}}
                """);
        assertThat(InstallScripts.own(PackageJson.read(project)))
                .containsExactly("preinstall", "postinstall", "prepublish", "prepare");
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "scripts": {"install": "1", "postinstall": "2"}}
                """);
        assertThat(InstallScripts.own(PackageJson.read(project)))
                .as("npm run runs the other one after it")
                .containsExactly("install");
    }

    /** Other scripts may change without an install. */
    @Test
    void onlyTheScriptsOfAnInstallAreRemembered() {
        NodeFixture.write(project, "package.json", """
                {"scripts": {"postprepare": "1", "build": "2", "install": "3", "prepack": "4", "prepublish": "5"}}
                """);
        assertThat(InstallScripts.all(PackageJson.read(project).content()))
                .isEqualTo(Map.of("install", "3", "prepublish", "5", "postprepare", "1"));
        NodeFixture.write(project, "other.json", "{\"scripts\": {\"install\": 1, \"prepare\": null}}");
        assertThat(InstallScripts.all(LockFile.read(project.resolve("other.json"))))
                .isEmpty();
    }

    @Test
    void scriptsRunUnlessTheyAreSwitchedOff(@TempDir Path folder) {
        Npm npm = new NpmStandIn(folder).npm(project);
        assertThat(InstallScripts.areWanted(npm, List.of("--omit=dev"))).isTrue();
        assertThat(InstallScripts.areWanted(npm, List.of("--ignore-scripts"))).isFalse();
        assertThat(InstallScripts.areWanted(npm, List.of("--ignore-scripts=true")))
                .isFalse();
        assertThat(InstallScripts.areWanted(npm.with(Map.of("npm_config_ignore_scripts", "true")), List.of()))
                .isFalse();
        assertThat(InstallScripts.areWanted(npm.with(Map.of("npm_config_ignore_scripts", "false")), List.of()))
                .isTrue();
    }

    /** Returns what keeps the packages {@code one}, without a script, and {@code two} from other folders. */
    private Optional<String> unknown(String two) {
        NodeFixture.write(project, "node_modules/.package-lock.json", """
                {"packages": {"apps/shop": {"hasInstallScript": true}, "node_modules/one": {},
                  "node_modules/two": {"hasInstallScript": true, "scripts": {"install": "of the lock file"}}}}
                """);
        NodeFixture.write(project, "node_modules/one/package.json", "{\"scripts\": {\"install\": \"unknown\"}}");
        if (!two.isEmpty()) {
            NodeFixture.write(project, "node_modules/two/package.json", two);
        }
        return InstallScripts.unknown(LockFile.installed(project).orElseThrow());
    }

    @Test
    void aPackageWhoseScriptsAreKnownCanBeCopied() {
        assertThat(unknown("""
                {"name": "two", "scripts": {"install": "node-gyp-build", "prepare": "anything", "test": "anything"}}
                """)).isEmpty();
        assertThat(unknown("{\"name\": \"esbuild\", \"scripts\": {\"postinstall\": \"node install.js\"}}"))
                .as("known by its own name, whatever its folder is called")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"preinstall", "install", "postinstall"})
    void aPackageWithAnotherScriptIsNamed(String script) {
        assertThat(unknown("{\"name\": \"two\", \"scripts\": {\"" + script + "\": \"node x.js\"}}"))
                .contains("node_modules/two has the " + script
                        + " script 'node x.js', which may do something outside of its folder");
    }

    @Test
    void ifAPackageIsGoneTheLockFileNamesItsScripts() {
        assertThat(unknown("")).hasValueSatisfying(reason -> assertThat(reason).contains("'of the lock file'"));
    }

    @ParameterizedTest
    @CsvSource({"build/config.gypi", "build/CMakeCache.txt"})
    void aPackageThatWasCompiledStaysOnThisMachine(String file) {
        NodeFixture.write(project, "node_modules/two/" + file, "");
        assertThat(unknown("{\"name\": \"two\", \"scripts\": {\"install\": \"node-gyp-build\"}}"))
                .contains("node_modules/two was compiled on this machine");
    }
}
