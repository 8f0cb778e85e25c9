// Builds the frontend into dist/web: the files of the Draw application, and the shop's own bundle as its main.js.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const target = 'dist/web';
const draw = 'node_modules/@olympeio/draw';
const application = ['index.html', 'oConfig.json', 'version.json', 'service_worker.js', 'css', 'fonts', 'images', 'maintenance'];

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const part of application) {
    await cp(`${draw}/${part}`, `${target}/${part}`, { recursive: true });
}

const { version } = JSON.parse(await readFile(`${draw}/package.json`, 'utf8'));
const page = await readFile(`${target}/index.html`, 'utf8');
await writeFile(`${target}/index.html`, page.replaceAll('$VERSION', version));

await build({
    entryPoints: ['src/web/main.js'],
    outfile: `${target}/main.js`,
    bundle: true,
    minify: true,
    platform: 'browser',
    conditions: ['browser'],
    loader: { '.svg': 'dataurl', '.png': 'dataurl' },
    logLevel: 'info',
});
