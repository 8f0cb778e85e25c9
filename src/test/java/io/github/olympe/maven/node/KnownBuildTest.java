package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.webpack.BuiltFolders;
import io.github.olympe.maven.node.webpack.KnownInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are skipped by default: no change of anything that they read may go unnoticed. */
class KnownBuildTest {

    private static final String SKIPPED = "frontend skipped: nothing changed since it last succeeded";

    @TempDir
    Path folder;

    private final NodeFixture fixture = new NodeFixture();
    private final Map<String, String> environment = new TreeMap<>(NodeFixture.ENVIRONMENT);
    private KnownInputs.Tool tool = KnownInputs.Tool.WEBPACK;
    private Path project;

    @BeforeEach
    void writeProject() {
        project = folder.resolve("shop");
        NodeFixture.write(project, "package.json", "{\"name\": \"shop\"}");
        NodeFixture.initGit(project);
        write(".gitignore", "dist/\ntarget/\nnode_modules/\nres/oConfig.json\n");
        write("src/a/b.js", "import './c.js';\nimport '../a/d.css';\nconst all = [...list, '1..2'];\n");
        write("res/oConfig.json", "{}");
        write("node_modules/webpack/package.json", "{\"version\": \"5.94.0\"}");
        write("node_modules/@olympeio/toolkit/package.json", "{\"version\": \"1.2.3\"}");
        write("node_modules/one/index.js", "one");
        environment.remove("NODE_OPTIONS");
        environment.remove("NODE_PATH");
    }

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    private List<String> build() {
        Path output = project.resolve("dist/web");
        Path code = project.resolve("dist/codeAsData");
        Path target = project.resolve("target");
        BuildStep step = new BuildStep(
                "frontend",
                "npm run build:draw",
                npm -> write("dist/web/main.js", "built"),
                List.of(new BuildOutput(project, output, "frontend.source", List.of(), false)));
        Npm npm = fixture.npm(project);
        new IncrementalBuild(
                        target.resolve("olympe/build"),
                        List.of(output, code, target),
                        Map.of(),
                        Optional.of(new KnownInputs(
                                tool, new BuiltFolders(project, List.of(output), List.of(code, target)))))
                .run(
                        step,
                        new Npm(
                                npm.runtime(),
                                npm.runner(),
                                Workspace.of(project),
                                environment,
                                npm.timeout(),
                                npm.log()));
        return fixture.said();
    }

    @Test
    void isSkippedIfNothingChanged() {
        assertThat(build()).containsExactly("frontend runs: there is no record of a run that succeeded");
        write("target/classes/other.txt", "not read");
        write("dist/codeAsData/import_order.json", "not read");
        write("node_modules/.cache/webpack/0.pack", "not read");
        write("node_modules/.olympe-install", "not read");
        assertThat(build()).containsExactly(SKIPPED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            src/a/b.js                    | src/a/b.js changed
            res/oConfig.json              | res/oConfig.json changed
            .env                          | .env added
            .browserslistrc               | .browserslistrc added
            node_modules/one/index.js     | set of files in node_modules changed
            node_modules/one/new.js       | set of files in node_modules changed
            src/node_modules/own/index.js | set of files in node_modules changed
            dist/web/main.js              | dist/web/main.js changed
            """)
    void runsAfterAChangeOf(String file, String reason) {
        build();
        write(file, "changed content");
        assertThat(build()).containsExactly("frontend runs: " + reason);
        assertThat(build()).containsExactly(SKIPPED);
    }

    @Test
    void runsIfNpmsConfigurationChanged() {
        build();
        environment.put("npm_config_omit", "optional");
        assertThat(build()).containsExactly("frontend runs: npm's configuration changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            src/a/e.js          | import x from '../../../shared/x.js'     | src/a/e.js has '../../../shared/x.js'
            src/e.js            | require.context('../../shared', true)    | src/e.js has '../../shared'
            src/e.js            | import '..\\..\\shared\\x.js'               | src/e.js has '../../shared/x.js'
            src/e.ts            | /// <reference path="../../x.d.ts" />    | src/e.ts has '../../x.d.ts'
            src/e.js            | import '/opt/shared/x.js'                | src/e.js has '/opt/shared/x.js'
            src/e.js            | const x = require("file:///opt/x.js")    | src/e.js has 'file:///opt/x.js'
            src/e.js            | import x from '!!raw-loader!./x.txt'     | src/e.js has '!!raw-loader!./x.txt'
            src/e.js            | import x from '../target/generated/x.js' | src/e.js has '../target/generated/x.js'
            e.js                | import x from './target/generated/x.js'  | e.js has './target/generated/x.js'
            src/e.js            | import x from '@/target/generated/x.js'  | src/e.js has '@/target/generated/x.js'
            src/e.js            | import x from '../dist/codeAsData/x.json'| src/e.js has '../dist/codeAsData/x.json'
            src/e.css           | a { background: url(../../x.png) }       | src/e.css has '../../x.png'
            src/e.css           | a { background: url(/x.png) }            | src/e.css has a file by its full path
            src/e.css           | @import "../../x.css";                   | src/e.css has '../../x.css'
            tsconfig.json       | {"extends": "../tsconfig.base.json"}     | tsconfig.json has '../tsconfig.base.json'
            tsconfig.json       | {"extends": "./config/base.json"}        | tsconfig.json has './config/base.json'
            tsconfig.json       | {"files": ["/opt/x.d.ts"]}               | tsconfig.json has a file by its full path
            src/index.ejs       | <%= process.env.BUILD %>                 | src/index.ejs has Node.js in a template
            src/page.html       | <% const a = 7 % 2; %><%= process.pid %>  | src/page.html has Node.js in a template
            src/e.vue           | import x from '../../x.js'                | src/e.vue has '../../x.js'
            src/e.js            | new URL('/opt/x.png', import.meta.url)    | src/e.js has '/opt/x.png'
            src/a/e.js          | require('..' + '/../x.js')                | src/a/e.js has '/../x.js'
            babel.config.js     | module.exports = {}                      | babel.config.js is a program
            src/.babelrc.cjs    | module.exports = {}                      | src/.babelrc.cjs is a program
            .babelrc            | {"plugins": ["macros"]}                  | .babelrc has 'macros' for Babel
            .babelrc            | {"extends": "./a.json"}                  | .babelrc has 'extends' for Babel
            ../tsconfig.json    | {}                                       | there is 'tsconfig.json' in
            ../.browserslistrc  | chrome 80                                | there is '.browserslistrc' in
            ../node_modules/x.js | x                                       | there is 'node_modules' in
            ../package.json     | {"browserslist": ["chrome 80"]}          | there is 'browserslist' in package.json in
            .npmrc              | node-options=--require=/opt/x.js         | npm's configuration sets 'node-options'
            .npmrc              | script-shell=/opt/x                      | npm's configuration sets 'script-shell'
            node_modules/webpack/package.json | {"version": "6.0.0"}       | the plugin does not know webpack 6.0.0
            node_modules/.package-lock.json | {"packages": {"node_modules/x": {"link": true, "resolved": "libs/x"}}} | npm links to the package in
            """)
    void runsAlwaysWith(String file, String content, String reason) {
        build();
        write(file, content);
        for (int i = 0; i < 2; i++) {
            assertThat(build())
                    .singleElement()
                    .asString()
                    .startsWith("detail: Running frontend in each build: " + reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NODE_PATH=/opt/lib",
                "BROWSERSLIST_CONFIG=/opt/browsers",
                "NODE_OPTIONS=--max-old-space-size=4096 --require=/opt/x.js"
            })
    void runsAlwaysWithTheVariable(String variable) {
        environment.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        build();
        assertThat(build()).singleElement().asString().startsWith("detail: ");
    }

    @Test
    void alwaysRunsIfALinkLeadsOutOfTheProject() throws IOException {
        NodeFixture.write(folder, "shared/x.js", "x");
        Files.createSymbolicLink(project.resolve("src/shared"), folder.resolve("shared"));
        assertThat(build())
                .first()
                .asString()
                .isEqualTo(
                        "detail: Running frontend in each build: src/shared is a link that leads out of the project.");
    }

    @Test
    void aLinkWithinTheProjectIsKnown() throws IOException {
        write("shared/x.js", "x");
        Files.createSymbolicLink(project.resolve("src/shared"), Path.of("../shared"));
        build();
        assertThat(build()).containsExactly(SKIPPED);
        write("shared/x.js", "changed");
        assertThat(build()).containsExactly("frontend runs: shared/x.js changed");
    }

    @Test
    void alwaysRunsIfAPackageIsALinkThatLeadsOut() throws IOException {
        NodeFixture.write(folder, "two/index.js", "two");
        Files.createSymbolicLink(project.resolve("node_modules/two"), folder.resolve("two"));
        assertThat(build()).first().asString().endsWith("two is a link that leads out of the project.");
    }

    @Test
    void theToolkitReadsNoSources() {
        tool = KnownInputs.Tool.TOOLKIT;
        write("src/e.js", "import '../../shared/x.js'");
        build();
        assertThat(build()).containsExactly(SKIPPED);
        write("snapshot/1/Home/.Home.newInst.json", "{}");
        assertThat(build()).containsExactly("frontend runs: snapshot/1/Home/.Home.newInst.json added");
        environment.put("SNAPSHOT_DATA_FOLDER", "/opt/snapshot");
        assertThat(build())
                .containsExactly(
                        "detail: Running frontend in each build: the environment variable SNAPSHOT_DATA_FOLDER names another folder.");
    }

    @Test
    void anotherToolkitIsNotKnown() {
        tool = KnownInputs.Tool.TOOLKIT;
        write("node_modules/@olympeio/toolkit/package.json", "{\"version\": \"2.0.0\"}");
        assertThat(build())
                .containsExactly(
                        "detail: Running frontend in each build: the plugin does not know @olympeio/toolkit 2.0.0.");
    }
}
