// Two builds in one file, chosen by name: the web application for the browser, and the service for Node.js.
const path = require('path');
const CopyPlugin = require('copy-webpack-plugin');
const TerserPlugin = require('terser-webpack-plugin');
const { IgnorePlugin } = require('webpack');
const { version } = require('./package.json');

const packages = path.resolve(__dirname, 'node_modules');
const draw = path.join(packages, '@olympeio/draw');

// version.json of Draw, with the version of this project.
const versionFile = {
    from: path.join(draw, 'version.json'),
    to: 'version.json',
    transform: content => JSON.stringify({ ...JSON.parse(content), version }, null, 2) + '\n',
};

// Databases that knex could talk to and this project does not.
const otherDatabases = /^(better-sqlite3|mariasql|mssql|mysql2?|oracledb|pg-native|pg-query-stream|sqlite3|tedious)$/;

function build(name, entry, target, olympe, patterns) {
    return {
        name,
        entry,
        target,
        mode: 'production',
        devtool: 'source-map',
        output: { path: path.join(__dirname, 'dist', name === 'draw' ? 'web' : 'node'), filename: 'main.js', clean: true },
        resolve: {
            extensions: ['.js', '.jsx'],
            alias: {
                olympe,
                // One of each, whichever package asks.
                '@olympeio': path.join(packages, '@olympeio'),
                '@olympeio-extensions': path.join(packages, '@olympeio-extensions'),
                'chart.js': path.join(packages, 'chart.js'),
            },
        },
        module: {
            rules: [
                { test: /\.css$/, use: ['style-loader', 'css-loader'] },
                {
                    test: /\.jsx$/,
                    exclude: /node_modules/,
                    loader: 'babel-loader',
                    options: { presets: ['@babel/preset-env', '@babel/preset-react'] },
                },
            ],
        },
        plugins: [new CopyPlugin({ patterns: [...patterns, versionFile] }), new IgnorePlugin({ resourceRegExp: otherDatabases })],
        // The code of the packages has comparisons that are always false.
        ignoreWarnings: [{ module: /node_modules/ }, { message: /Suspicious use of|Comparison with/ }],
        stats: 'errors-warnings',
        performance: { hints: false },
        optimization: { minimizer: [new TerserPlugin({ minify: TerserPlugin.esbuildMinify })] },
    };
}

module.exports = [
    build('draw', './src/main.js', 'web', draw, [
        {
            from: 'res',
            transform: (content, file) => (file.endsWith('index.html') ? content.toString().replaceAll('$VERSION', version) : content),
        },
        ...['images', 'fonts', 'css', 'maintenance'].map(folder => ({ from: path.join(draw, folder), to: folder })),
    ]),
    build('node', './src/main-node.js', 'node', path.join(packages, '@olympeio/runtime-node'), [
        { from: 'res/oConfigNode.json', to: 'oConfig.json' },
    ]),
];
