// Builds the service into dist/node: one bundled file and the package.json that tells Node.js how to read it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const target = 'dist/node';

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await build({
    entryPoints: ['src/node/main.js'],
    outfile: `${target}/main.js`,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    logLevel: 'info',
});
await writeFile(`${target}/package.json`, JSON.stringify({ name: 'shop-service', type: 'commonjs', main: 'main.js' }, null, 2) + '\n');
