package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import java.nio.file.Path;
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
}
