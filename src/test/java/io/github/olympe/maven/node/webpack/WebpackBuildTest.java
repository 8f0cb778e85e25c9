package io.github.olympe.maven.node.webpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpackBuildTest {

    /** A project like Olympe's template: shared settings are merged, and both builds are in one file. */
    private static final String CONFIG = """
            const path = require('path')
            const { CleanWebpackPlugin } = require('clean-webpack-plugin');
            const Copy = require("copy-webpack-plugin");
            const { merge } = require('webpack-merge');
            const { IgnorePlugin } = require('webpack');
            const TerserPlugin = require('terser-webpack-plugin');
            const Replace = require('replace-in-file-webpack-plugin');
            const own = require('./package.json');

            /* It's not what 'process' or "eval" do. */
            const stamp = own.version || Date.now().toString(); // won't hurt
            const web = path.join(__dirname, 'dist/web');
            const service = path.resolve(__dirname, 'dist', 'node');
            const draw = path.resolve(__dirname, 'node_modules/@olympeio/draw');
            const stamped = function (dir, value) {
                return new Replace([{ dir, files: ['version.json'], rules: [
                    { search: /("version"\\s?:\\s?")([^"/*]+)/, replace: `"version": "${value}"` }] }]);
            };
            const common = {
                resolve: { extensions: ['.js', '.tsx'], alias: { olympe: draw }, fallback: { fs: false, process: false } },
                module: { rules: [
                    { test: /\\.tsx?$/, use: 'ts-loader', exclude: /node_modules/ },
                    { test: /\\.js$/, enforce: 'pre', use: 'webpack-import-glob-loader' },
                    { test: /\\.css$/i, use: ['style-loader', 'css-loader'] },
                    { test: /\\.jsx$/, loader: 'babel-loader', options: { presets: ['@babel/env', ['@babel/react', { runtime: 'classic' }]] } },
                ] },
                plugins: [new CleanWebpackPlugin()],
            };
            const forWeb = {
                name: 'draw', entry: './src/main.js',
                output: { filename: 'main.js', path: web, globalObject: 'this', publicPath: '/app/' },
                devServer: { port: 8888, static: { directory: web }, proxy: [{ context: ['/api'] }] },
                plugins: [new Copy({ patterns: [{ from: 'res' }, { from: draw + '/images', to: 'images' }] }), stamped(web, stamp)],
            };
            const forService = {
                name: 'node', entry: './src/main-node.js', target: 'node',
                output: { filename: 'main.js', path: service },
                plugins: [new IgnorePlugin({ resourceRegExp: /^(mssql*|pg-native)$/ }), stamped(service, stamp)],
            };
            const prod = { mode: 'production', optimization: { minimizer: [new TerserPlugin({ minify: TerserPlugin.esbuildMinify })] } };
            module.exports = [merge(prod, common, forWeb), merge(prod, common, forService)];
            """;

    private static final String NO_CONFIG = "";

    @TempDir
    Path project;

    private final Map<String, String> scripts = new TreeMap<>(Map.of("other", "webpack --config-name node"));

    private WebpackBuild read(String script, String config) {
        scripts.put("build", script);
        NodeFixture.write(
                project,
                "package.json",
                new String(
                        Json.bytes(Map.of("scripts", scripts, "devDependencies", Map.of("webpack", "5.94.0"))),
                        StandardCharsets.UTF_8));
        if (!config.equals(NO_CONFIG)) {
            NodeFixture.write(project, "webpack.config.js", config);
        }
        return of("build");
    }

    private WebpackBuild of(String script) {
        return WebpackBuild.of(PackageJson.read(project), script, Workspace.of(project), folders(project));
    }

    private static BuiltFolders folders(Path project) {
        return new BuiltFolders(
                project,
                List.of(project.resolve("dist/web"), project.resolve("dist/node")),
                List.of(project.resolve("dist/codeAsData"), project.resolve("dist"), project.resolve("target")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webpack",
                "npx webpack",
                "npx webpack build",
                "npx --no-install webpack --config-name draw",
                "webpack-cli --config-name=draw --mode production",
                "NODE_ENV=production webpack --progress --no-color",
                "cross-env NODE_ENV=production webpack bundle --env prod --env api=none",
                "webpack -c webpack.config.js --devtool source-map",
                "webpack --config ./webpack.config.js --config-name \"draw\" --fail-on-warnings"
            })
    void knowsTheCommand(String script) {
        assertThat(read(script, CONFIG).unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            webpack && cp a dist/web            | the script 'build' is more than one command
            webpack; true                       | the script 'build' is more than one command
            webpack --env time=$(date)          | the script 'build' is more than one command
            webpack --env branch=$BRANCH        | the script 'build' is more than one command
            webpack --env branch=%BRANCH%       | the script 'build' is more than one command
            webpack > log.txt                   | the script 'build' is more than one command
            npm run build:web                   | the script 'build' runs 'npm', not webpack
            vite build                          | the script 'build' runs 'vite', not webpack
            node build.js                       | the script 'build' runs 'node', not webpack
            npx -p other webpack                | the script 'build' runs '-p', not webpack
            webpack serve                       | the script 'build' has 'serve'
            webpack --watch                     | the script 'build' has '--watch'
            webpack --config a.js --config b.js | the script 'build' names two configurations
            webpack --config ../shared/a.js     | '../shared/a.js' is not a JavaScript file of the project
            webpack --config node_modules/a.js  | 'node_modules/a.js' is not a JavaScript file of the project
            webpack --config webpack.config.ts  | 'webpack.config.ts' is not a JavaScript file of the project
            webpack --config-name               | the script 'build' has '--config-name' without a value
            NODE_OPTIONS=--require=a.js webpack | the script 'build' sets 'NODE_OPTIONS=--require=a.js'
            webpack --merge                     | the script 'build' has '--merge'
            webpack 'a b'                       | the script 'build' has quotes that the plugin does not read
            """)
    void doesNotKnowTheCommand(String script, String reason) {
        assertThat(read(script, CONFIG).unknown()).contains(reason);
    }

    @Test
    void doesNotKnowScriptsBeforeOrAfterIt() {
        scripts.put("postbuild", "cp a dist/web");
        assertThat(read("webpack", CONFIG).unknown()).contains("package.json has the script 'postbuild', too");
    }

    @Test
    void doesNotKnowAWebpackOutsideOfTheProject() {
        NodeFixture.write(project, "package.json", "{\"scripts\": {\"build\": \"npx webpack\"}}");
        NodeFixture.write(project, "webpack.config.js", CONFIG);
        assertThat(of("build").unknown()).contains("package.json does not depend on 'webpack'");
    }

    @Test
    void knowsWhichVariablesAreRead() {
        WebpackBuild build = read("webpack", """
                const { EnvironmentPlugin, DefinePlugin } = require('webpack');
                module.exports = {
                    mode: process.env.MODE,
                    output: { publicPath: `${process.env.base}/app` },
                    plugins: [new EnvironmentPlugin(['API_URL']), new DefinePlugin({ TITLE: process.env['title'] })],
                };
                """);
        assertThat(build.unknown()).isEmpty();
        assertThat(build.variables()).contains("MODE", "base", "API_URL", "title");
    }

    @Test
    void readsTheFilesThatAConfigurationRequires() {
        NodeFixture.write(project, "build/common.js", "module.exports = { a: process.env.DEEP };");
        String config =
                "const { merge } = require('webpack-merge'); module.exports = merge(require('./build/common'), {});";
        assertThat(read("webpack", config).variables()).contains("DEEP");
        NodeFixture.write(project, "build/common.js", "module.exports = { a: require('fs') };");
        assertThat(read("webpack", config).unknown()).contains("build/common.js requires 'fs'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import path from 'node:path'; import { fileURLToPath } from 'url';"
                        + " const __dirname = path.dirname(fileURLToPath(import.meta.url)); export default { context: __dirname };",
                "module.exports = (env, argv) => ({ mode: argv.mode, devtool: argv.mode === 'production' ? false : 'eval-source-map' });",
                "const Css = require('mini-css-extract-plugin');"
                        + " module.exports = { module: { rules: [{ use: [Css.loader, { loader: 'css-loader', options: { url: false } }] }] } };",
                "const p = process.env.NODE_ENV === 'production';"
                        + " module.exports = { module: { rules: [{ use: [p ? 'style-loader' : 'raw-loader', 'css-loader'] }] } };",
                "const Html = require('html-webpack-plugin');"
                        + " module.exports = { plugins: [new Html({ template: './src/index.html', favicon: 'res/a.ico' })] };",
                "const p = true; module.exports = { plugins: [p && new (require('webpack').BannerPlugin)('x')].filter(Boolean) };",
                "module.exports = { context: process.cwd(), entry: 'src/main.js' };",
                "module.exports = { module: { rules: [{ loader: 'esbuild-loader', options: { loader: 'tsx', target: 'es2020' } }] } };",
                "module.exports = { output: { publicPath: '/static/' }, devServer: { proxy: { '/api': 'http://localhost' } }, a: 'x' + '/y' };",
                "module.exports = { mode: process.env['MODE'], v: require('@olympeio/draw/package.json').version };",
                "module.exports = { module: { rules: [{ loader: 'css-loader' }] }, a: require.resolve('css-loader') };",
                "import 'webpack'; import { merge } from 'webpack-merge'; export default { context: import.meta.dirname };",
                "const { EnvironmentPlugin } = require('webpack');"
                        + " module.exports = { plugins: [new EnvironmentPlugin(['A']), new EnvironmentPlugin({ B: 1 }), new EnvironmentPlugin('C')] };",
                "const a = {}; module.exports = { module: { rules: [{ use: [a.b.c && 'css-loader', a.d ? 'ts-loader' : 'babel-loader'] }] } };",
                "const a = 'x'; module.exports = { module: { rules: [{ use: a === 'x' ? 'css-loader' : 'raw-loader' }] } };",
                "module.exports = { module: { rules: [{ loader: 'babel-loader', options: { presets: ['@babel/env', process.env.X === 'y' && '@babel/react'] } }] } };",
                "#!/usr/bin/env node\nmodule.exports = {};",
                "\uFEFFmodule.exports = {};",
                "/a[/]b\\/c/gi.test('x'); module.exports = {}; // the end",
                "class A { #b = 1; } module.exports = {}; /* the end",
                "const path = require('path'); module.exports = { a: path.join(__dirname, 'res').length,"
                        + " b: path.join(__dirname, 'res')?.length, c: path.join(__dirname, 'res')[0], d: path.join(__dirname, 'res') ?? 'x',"
                        + " e: path.join(__dirname, 'res') || 'x', f: path.join(__dirname, 'res') && 'x' };",
                "const a = 4 / 2, b = /['\"`]/.test('x') ? 1 / 3 : 2; module.exports = { a: `x${a}y` + '/z', b };",
            })
    void knowsTheConfiguration(String config) {
        assertThat(read("webpack", config).unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            require('child_process').execSync('git rev-parse HEAD')     | requires 'child_process'
            require('fs').readFileSync('a.txt')                         | requires 'fs'
            require('os').hostname()                                    | requires 'os'
            require('./build/tool')                                     | 'build/tool' is not a JavaScript file of the project
            require('git-revision-webpack-plugin')                      | requires 'git-revision-webpack-plugin'
            require('dotenv-webpack')                                   | requires 'dotenv-webpack'
            require('../shared/webpack.common')                         | requires '../shared/webpack.common'
            require(name)                                               | uses 'require' other than with a name
            require.resolve('./loader')                                 | has 'require.resolve' of './loader'
            import('x')                                                 | uses 'import()'
            eval('1')                                                   | uses 'eval'
            new Function('return 1')                                    | uses 'Function'
            globalThis.x                                                | uses 'globalThis'
            JSON.stringify(process.env)                                 | uses 'process' other than as 'process.env.NAME'
            process.env[name]                                           | uses 'process' other than as 'process.env.NAME'
            process.argv.includes('x')                                  | uses 'process' other than as 'process.env.NAME'
            process.binding('fs')                                       | uses 'process' other than as 'process.env.NAME'
            module.require('fs')                                        | uses 'module'
            path.dirname(__dirname)                                     | uses 'dirname'
            path.join(__dirname, '..', 'shared')                        | names '..'
            path.resolve('../shared')                                   | names '../shared'
            `${a}/../shared`                                            | names 'x/../shared'
            '/opt/shared/logo.svg'                                      | names '/opt/shared/logo.svg'
            'C:/shared/logo.svg'                                        | names 'C:/shared/logo.svg'
            'file:///opt/shared'                                        | names 'file:///opt/shared'
            'target/generated'                                          | reads 'target/generated', which a build makes
            path.join(__dirname, 'target', 'generated')                 | reads 'target/generated', which a build makes
            './dist/codeAsData/import_order.json'                       | reads './dist/codeAsData/import_order.json', which a build makes
            { from: path.join(__dirname, 'dist', 'node') }              | copies from a folder that a build makes
            { a: path.join(__dirname, 'dist', 'codeAsData') }           | reads 'dist/codeAsData', which a build makes
            { output: { path: path.resolve(__dirname, 'public') } }     | webpack builds 'public', too
            { dotenv: true }                                            | uses 'dotenv'
            { use: 'sass-loader' }                                      | has the loader 'sass-loader'
            { use: ['style-loader', './my-loader.js'] }                 | has the loader './my-loader.js'
            { use: path.join('src', 'mine.js') }                        | has a loader that it does not name
            { use: mine }                                               | has a loader that it does not name
            { use: () => 'css-loader' }                                 | has a loader that it does not name
            { use }                                                     | has 'use' without a value
            { loader: '@svgr/webpack' }                                 | has the loader '@svgr/webpack'
            'imports-loader?x!./a.js'                                   | has the loader 'imports-loader'
            { use: `${a}-loader` }                                      | has a loader that it does not name
            { use, a: 1 }                                               | has 'use' without a value
            { a: 1, loader }                                            | has 'loader' without a value
            { a: 1, template, b: 2 }                                    | has 'template' without a value
            { presets: [`@babel/${a}`] }                                | has presets that it does not name
            { presets: [preset()] }                                     | has presets that it does not name
            { presets: [path.join('src', 'mine.js')] }                  | has presets that it does not name
            { plugins: [`${a}x`] }                                      | has plugins that it does not name
            { template: `./src/${a}.html` }                             | has a template that the plugin does not read
            { template: page }                                          | has a template that is not HTML
            new EnvironmentPlugin()                                     | uses 'EnvironmentPlugin' without the variables' names
            require                                                     | uses 'require' other than with a name
            require('webpack', name)                                    | uses 'require' other than with a name
            require.resolve(name)                                       | uses 'require' other than with a name
            require.cache                                               | uses 'require' other than with a name
            process                                                     | uses 'process' other than as 'process.env.NAME'
            process.cwd                                                 | uses 'process' other than as 'process.env.NAME'
            process.env['A', 'B']                                       | uses 'process' other than as 'process.env.NAME'
            process.env[0]                                              | uses 'process' other than as 'process.env.NAME'
            module                                                      | uses 'module'
            module.children                                             | uses 'module'
            a.dirname(b)                                                | uses 'dirname'
            { resolveLoader: {} }                                       | uses 'resolveLoader'
            { presets: ['airbnb'] }                                     | has 'airbnb' for Babel
            { plugins: ['inline-dotenv'] }                              | has 'inline-dotenv' for Babel
            { plugins: [path.join('src', 'mine.js')] }                  | has plugins that it does not name
            { getCustomTransformers: () => ({}) }                       | uses 'getCustomTransformers'
            { rootMode: 'upward' }                                      | uses 'rootMode'
            { extends: './base.js' }                                    | uses 'extends'
            { template: './src/index.js' }                              | has a template that is not HTML
            { experiments: { buildHttp: true } }                        | uses 'buildHttp'
            compiler.inputFileSystem                                    | uses 'inputFileSystem'
            new EnvironmentPlugin(names)                                | uses 'EnvironmentPlugin' without the variables' names
            'it does not end                                            | has a string that does not end in its line
            '\\x2e\\x2e/shared'                                           | has characters written as codes
            )                                                           | has a ')' that closes nothing
            """)
    void doesNotKnowTheConfiguration(String value, String reason) {
        assertThat(read("webpack", "const path = require('path');\nmodule.exports = [" + value + "\n];\n")
                        .unknown())
                .hasValueSatisfying(unknown -> assertThat(unknown).contains(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            const a\\u0062 = 1;        | has names written with '\\'
            const a = {               | has a '{' that is not closed
            const a = ['x'            | has a '[' that is not closed
            const a = `${b            | has a '${' that is not closed
            const a = `${b]}`;        | has a ']' that closes nothing
            const a = (b};            | has a '}' that closes nothing
            const a = `b              | has a string that does not end
            const a = 'b              | has a string that does not end
            const a = 'b\\            | has a string that does not end
            const a = /b END x        | has a regular expression that does not end in its line
            """)
    void doesNotKnowAFileThatIsNotWhole(String config, String reason) {
        assertThat(read("webpack", config.replace(" END ", "\n")).unknown())
                .hasValueSatisfying(unknown -> assertThat(unknown).contains(reason));
    }

    @Test
    void doesNotKnowWhichOfSeveralConfigurationsIsTaken() {
        NodeFixture.write(project, "webpack.config.cjs", CONFIG);
        assertThat(read("webpack", CONFIG).unknown()).contains("there are webpack.config.cjs and webpack.config.js");
    }

    @Test
    void doesNotKnowABuildWithoutAConfiguration() {
        assertThat(read("webpack", NO_CONFIG).unknown()).contains("there is no webpack.config.js");
    }

    @Test
    void doesNotKnowPresetsOfOthersInPackageJson() {
        read("webpack", CONFIG);
        NodeFixture.write(project, "package.json", """
                {"scripts": {"build": "webpack"}, "devDependencies": {"webpack": "5"}, "babel": {"env": {"test": {"plugins": [["macros", {}]]}}}}
                """);
        assertThat(of("build").unknown()).contains("package.json has 'macros' for Babel");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"imports": {"#generated/*": "./target/generated/*.js"}}   | package.json has './target/generated/' in 'imports'
            {"browser": {"./src/a.js": "./../shared/a.js"}}            | package.json has './../shared/a.js' in 'browser'
            {"exports": {"./x": {"import": "./dist/codeAsData/x.js"}}} | package.json has './dist/codeAsData/x.js' in 'exports'
            """)
    void doesNotKnowNamesThatLeadElsewhere(String members, String reason) {
        read("webpack", CONFIG);
        NodeFixture.write(
                project,
                "package.json",
                "{\"scripts\": {\"build\": \"webpack\"}, \"devDependencies\": {\"webpack\": \"5\"}, "
                        + members.substring(1));
        assertThat(of("build").unknown()).contains(reason);
    }

    @Test
    void twoBuildsOfOneFileMayRunInParallel() {
        WebpackBuild build = read("webpack --config-name draw", CONFIG);
        assertThat(build.reasonNotBeside(of("other"))).isEmpty();
    }

    @Test
    void theSameBuildMayNotRunTwice() {
        for (String script : List.of("webpack", "webpack --config-name draw --config-name node")) {
            assertThat(read(script, CONFIG).reasonNotBeside(of("other")))
                    .contains("both scripts build the same configuration of webpack");
        }
    }

    @Test
    void buildsOfTwoFilesMayRunInParallel() {
        scripts.put("other", "webpack -c other.config.js");
        NodeFixture.write(project, "other.config.js", "module.exports = { name: 'node' };");
        assertThat(read("webpack", "module.exports = { name: 'draw' };").reasonNotBeside(of("other")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            path: service        | path: path.join(__dirname, 'dist')          | may clean more than the folder of one build
            path: service        | globalObject: 'this'                        | may clean more than the folder of one build
            path: service        | path: other()                               | may clean more than the folder of one build
            CleanWebpackPlugin()     | CleanWebpackPlugin({ cleanOnceBeforeBuildPatterns: ['**/*'] }) | has 'cleanOnceBeforeBuildPatterns'
            mode: 'production'       | mode: 'production', cache: { type: 'filesystem' } | has 'cache'
            """)
    void aBuildThatMayTouchAnothersFilesRunsAlone(String before, String after, String reason) {
        WebpackBuild build = read("webpack --config-name draw", CONFIG.replace(before, after));
        assertThat(build.unknown()).isEmpty();
        assertThat(build.reasonNotBeside(of("other")))
                .hasValueSatisfying(why -> assertThat(why).contains(reason));
    }

    @Test
    void incrementalTypeScriptRunsAlone() {
        NodeFixture.write(project, "tsconfig.json", "{\"compilerOptions\": {\"incremental\": true}}");
        assertThat(read("webpack --config-name draw", CONFIG).reasonNotBeside(of("other")))
                .contains("tsconfig.json lets TypeScript keep what it has compiled");
    }

    /** The project that the conformance test builds with the real packages. */
    @Test
    void ourOwnTemplateIsKnown() {
        Path template = Path.of("src/it/template").toAbsolutePath();
        PackageJson packageJson = PackageJson.read(template);
        WebpackBuild draw = WebpackBuild.of(packageJson, "build:draw", Workspace.of(template), folders(template));
        WebpackBuild node = WebpackBuild.of(packageJson, "build:node", Workspace.of(template), folders(template));
        assertThat(draw.unknown()).isEmpty();
        assertThat(draw.reasonNotBeside(node)).isEmpty();
    }
}
