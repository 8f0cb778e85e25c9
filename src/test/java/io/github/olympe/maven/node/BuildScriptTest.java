package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildScriptTest {

    @TempDir
    Path project;

    private boolean gathers(String scripts) {
        NodeFixture.write(project, "package.json", "{\"scripts\": {" + scripts.replace('\'', '"') + "}}");
        return new BuildScript(PackageJson.read(project), "build").gathersCodeAsData();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'build': 'webpack', 'postbuild': 'olympe buildCodeAsData -pmd project'",
                "'build': 'webpack && npx olympe buildCodeAsData --codeAsData.mode=project'",
                "'build': 'webpack', 'prebuild': 'npx olympe buildCodeAsData -l warn --codeAsData.mode project && echo gathered'",
                "'build': 'webpack && npm run patches', 'patches': 'olympe buildCodeAsData -pmd project'",
                "'build': 'npm run pack', 'pack': 'npm run build', 'postpack': 'olympe buildCodeAsData -pmd project'",
            })
    void aScriptThatRunsTheToolkitForALibraryGathersTheCodeAsData(String scripts) {
        assertThat(gathers(scripts)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'build': 'webpack'",
                "'test': 'olympe buildCodeAsData -pmd project'",
                "'build': 'webpack', 'patches': 'olympe buildCodeAsData -pmd project'",
                // All of the dependencies too, which have no place in a library.
                "'build': 'webpack', 'postbuild': 'olympe buildCodeAsData'",
                "'build': 'webpack', 'postbuild': 'olympe buildCodeAsData && cp README.md project'",
                // Elsewhere.
                "'build': 'webpack', 'postbuild': 'olympe buildCodeAsData -pwd build/patches -pmd project'",
                "'build': 'webpack', 'postbuild': 'olympe buildCodeAsData -pmd project --codeAsData.workingDir build'",
            })
    void anyOtherDoesNot(String scripts) {
        assertThat(gathers(scripts)).isFalse();
    }
}
