#!/usr/bin/env node
// Stands in for the command `olympe` in tests. What it keeps to was observed from outside: options, environment variables, what is
// emptied and when, layout, exit codes and messages. What it snapshots, and where it fails, is said by the JSON file that the
// variable OLYMPE_STAND_IN names (README.md has its keys).
'use strict';

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const BANNER = '*****************************';
const OPTIONS = {
  snapshot: {
    'orchestrator.host': { short: 'oh', variable: 'ORCHESTRATOR_HOST', fallback: 'localhost' },
    'orchestrator.port': { short: 'op', variable: 'ORCHESTRATOR_SERVICE_PORT', fallback: '8080' },
    'orchestrator.userName': { short: 'ou', variable: 'DRAW_USERNAME', fallback: 'admin' },
    'orchestrator.password': { short: 'opw', variable: 'DRAW_PASSWORD', fallback: 'admin' },
    'snapshot.config': { short: 'sc', variable: 'SNAPSHOT_CONFIG', fallback: './snapshot/snapshot-config.json' },
    'snapshot.commitMessage': {
      short: 'scm',
      variable: 'SNAPSHOT_COMMIT_MESSAGE',
      fallback: 'Snapshot at {date} in {folder}',
    },
    'snapshot.repositoriesDir': { short: 'srd', variable: 'SNAPSHOT_REPOSITORIES', fallback: '/tmp/repositories' },
    logLevel: { short: 'l', variable: 'LOG_LEVEL', fallback: 'info' },
  },
  buildCodeAsData: {
    'codeAsData.workingDir': { short: 'pwd', fallback: './dist/codeAsData' },
    'codeAsData.mode': { short: 'pmd', fallback: 'all' },
    'snapshot.dir': { short: 'sd', fallback: './snapshot' },
    logLevel: { short: 'l', variable: 'LOG_LEVEL', fallback: 'info' },
  },
};

const control = process.env.OLYMPE_STAND_IN ? JSON.parse(fs.readFileSync(process.env.OLYMPE_STAND_IN, 'utf8')) : {};
let options;

function log(category, message) {
  const time = new Date().toTimeString().slice(0, 8);
  console.log(`[${time}] \u001b[32minfo\u001b[39m ${category} ${message}`);
}

function parse(command, args) {
  const known = OPTIONS[command];
  const values = {};
  for (const [name, option] of Object.entries(known)) {
    values[name] = (option.variable && process.env[option.variable]) || option.fallback;
  }
  for (let i = 0; i < args.length; i++) {
    const [flag, attached] = args[i].split(/=(.*)/s);
    const name = Object.keys(known).find((key) => flag === `--${key}` || flag === `-${known[key].short}`);
    if (!name) {
      console.error(`error: unknown option '${flag}'`);
      process.exit(1);
    }
    values[name] = attached ?? args[++i];
  }
  return values;
}

/** What this process was given, for tests that look at it: appended as one line of JSON. */
function report(more) {
  const given = { pid: process.pid, cwd: process.cwd(), arguments: process.argv.slice(2), environment: process.env, ...more };
  if (control.report) {
    fs.appendFileSync(control.report, JSON.stringify(given) + '\n');
  }
  if (control.print) {
    console.log(JSON.stringify(given));
  }
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function stackTrace() {
  for (let line = 463; line < 473; line++) {
    console.log(`    at eval (webpack://stand-in/./snapshooter.js?:${line}:${line + 14})`);
  }
}

/** Children that go on by themselves, as the toolkit's own process for a snapshot does. */
function spawnChildren() {
  const pids = [];
  for (let i = 0; i < (control.children ?? 0); i++) {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'stand-in-child'], { stdio: 'inherit' });
    pids.push(child.pid);
  }
  if (pids.length > 0) {
    report({ children: pids });
  }
}

async function step(name) {
  if (control.hang === name) {
    spawnChildren();
    await new Promise(() => setInterval(() => {}, 1000));
  }
  if (control.fail === name) {
    throw new Error(control.message ?? `told to fail at '${name}'`);
  }
}

function snapshotFailed() {
  return new Error('Snapshot failed: Error: child process finished with error code: 255');
}

// ---------------------------------------------------------------------------------------------------------------- snapshot

function configurations(file) {
  if (!fs.existsSync(file)) {
    throw new Error(`Cannot find the snapshot config file on the path ${file}`);
  }
  const files = fs.statSync(file).isDirectory()
    ? fs
        .readdirSync(file, { recursive: true })
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(file, name))
    : [file];
  return files.flatMap((one) => {
    try {
      return JSON.parse(fs.readFileSync(one, 'utf8'));
    } catch (e) {
      throw new Error(`An error occurred while parsing snapshot configuration file ${one}: ${e}`);
    }
  });
}

function empty(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
}

/** The patches of a root tag: path below the root tag's folder to content (text as it is, anything else as JSON). */
function patches(name, rootTag) {
  const snapshot = control.snapshots?.[name] ?? control.snapshots?.['*'];
  if (snapshot) {
    return snapshot[rootTag] ?? snapshot['*'] ?? {};
  }
  if (control.generate) {
    const { count, changed = 0, bytes = 300 } = control.generate;
    const generated = {};
    for (let i = 0; i < count; i++) {
      const text = (i < changed ? `changed ${control.generate.seed ?? 1} ` : 'patch ') + i;
      generated[`Home/Folder_${i % 40}/Brick_${i}.newInst.json`] = { operations: [{ o: 1, p: { text: text.padEnd(bytes, '.') } }] };
    }
    return generated;
  }
  // As little as a brick may have: its name, and the tag that it is found by.
  return { 'Home/.Home.newInst.json': { operations: [{ o: 1, p: { ff023000000000000011: 'Home' }, t: rootTag }], rootTag } };
}

function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1) + '\n');
}

async function snapshotOne({ snapshooter, git }) {
  const { name, rootTags, outputDir = './snapshot' } = snapshooter;
  let root = process.cwd();
  if (git) {
    root = path.join(options['snapshot.repositoriesDir'], name);
    fs.rmSync(root, { recursive: true, force: true });
    execFileSync('git', ['clone', '--depth', '1', '--branch', git.branch ?? 'develop', git.repo, root], { stdio: 'inherit' });
  }
  const output = path.resolve(root, outputDir);
  empty(output);
  for (const rootTag of rootTags) {
    fs.mkdirSync(path.join(output, rootTag));
  }
  log('snapshot', '[OLYMPE.HC]: HC Manager will execute application registered as: dumper');
  await step('start');
  if (/\s/.test(name) || /\s/.test(output)) {
    log('snapshot', '[OLYMPE.ODS]: Failed to parse JSON config file:');
    console.log('SyntaxError: Unterminated string in JSON at position 11');
    throw snapshotFailed();
  }
  if (control.fail === 'connect') {
    const limit = 15000;
    log('snapshot', '[OLYMPE.COMMUNICATION]: Error: Was not able to open a connection to the orchestrator');
    stackTrace();
    await sleep(control.connectMillis ?? limit);
    stackTrace();
    log(
      'snapshot',
      `[OLYMPE.ODS]: \u001b[31mFailed connect to the server within ${limit} ms. Please check the console for more details.\u001b[39m`,
    );
    log('snapshot', '[OLYMPE.ODS]: \u001b[91mHINT: The server may be offline\u001b[39m');
    throw snapshotFailed();
  }
  await step('connect');
  let written = 0;
  for (const rootTag of rootTags) {
    if (control.omitRootTags?.includes(rootTag)) {
      fs.rmSync(path.join(output, rootTag), { recursive: true });
      continue;
    }
    for (const [file, content] of Object.entries(patches(name, rootTag))) {
      write(path.join(output, rootTag, file), content);
      if (++written === 1) {
        await step('write');
      }
    }
  }
  await step('end');
  if (git) {
    const run = (...args) => execFileSync('git', args, { cwd: root, stdio: 'inherit' });
    execFileSync('git add ./*', { cwd: root, stdio: 'inherit', shell: true });
    if (execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trim()) {
      const now = new Date();
      const date = `${now.getFullYear()}.${now.getMonth() + 1}.${now.getDate()} ${now.getHours()}:${now.getMinutes()}:${now.getSeconds()}`;
      const message = git.commitMessage ?? options['snapshot.commitMessage'];
      run('commit', '-m', message.replace('{date}', date).replace('{folder}', outputDir));
      run('push');
    }
  }
}

async function snapshot() {
  const entries = configurations(options['snapshot.config']);
  report({ options, configuration: entries });
  if (control.say) {
    control.say.forEach((line) => console.log(line));
  }
  for (const entry of entries) {
    await snapshotOne(entry);
  }
}

// --------------------------------------------------------------------------------------------------------- buildCodeAsData

/** The name of a package's folder: `@acme/shop` has `acme.shop`. */
function folderOf(name) {
  return name.replace(/^@/, '').replaceAll('/', '.');
}

function manifest(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

function copy(from, to) {
  fs.cpSync(from, to, { recursive: true });
}

/** The packages that bring code as data of their own; where none is installed, three made-up ones, so that tests need not install any. */
function dependencies(root, project) {
  const found = new Map();
  const visit = (names) => {
    for (const name of names) {
      const folder = path.join(root, name);
      if (found.has(name) || !fs.existsSync(path.join(folder, 'package.json'))) {
        continue;
      }
      const own = manifest(folder);
      found.set(name, fs.existsSync(path.join(folder, 'codeAsData')) ? path.join(folder, 'codeAsData') : undefined);
      visit(Object.keys(own.dependencies ?? {}));
    }
  };
  visit(Object.keys(project.dependencies ?? {}));
  const real = [...found].filter(([, folder]) => folder).map(([name, folder]) => ({ name, folder }));
  if (real.length > 0) {
    return real;
  }
  return ['@olympeio/runtime', '@olympeio/core', '@olympeio/draw'].map((name) => ({ name, folder: undefined }));
}

async function buildCodeAsData() {
  const mode = options['codeAsData.mode'];
  if (!['all', 'project', 'dependencies'].includes(mode)) {
    throw new Error(`Unknown option for codeAsData mode ${mode}`);
  }
  const project = manifest('.');
  const working = path.resolve(options['codeAsData.workingDir']);
  let root = 'node_modules';
  try {
    root = execFileSync('npm', ['root'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' }).trim();
  } catch (e) {
    console.log(`error utils Error with command: npm root: ${e}`);
  }
  report({ options });
  empty(working);
  await step('start');
  const order = [];
  if (mode !== 'project') {
    const packages = dependencies(root, project);
    log('config', `Found ${packages.length} dependencies providing code as data amongst the project dependencies`);
    for (const { name, folder } of packages) {
      const target = path.join(working, folderOf(name));
      if (!folder) {
        write(path.join(target, 'Library', '.Library.newInst.json'), { operations: [{ o: 1, p: { package: name } }] });
      } else {
        const inner = path.join(folder, folderOf(name));
        copy(fs.existsSync(inner) ? inner : folder, target);
      }
      order.push({ name, rootTag: '10000000000000000000', path: folderOf(name) });
    }
  }
  await step('dependencies');
  if (mode !== 'dependencies') {
    const snapshots = path.normalize(options['snapshot.dir']);
    const rootTags = fs.existsSync(snapshots)
      ? fs
          .readdirSync(snapshots, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => entry.name)
      : [];
    log('config', `Found ${rootTags.length} folder${rootTags.length > 1 ? 's' : ''} for project's code as data`);
    for (const rootTag of rootTags) {
      const home = path.join(snapshots, rootTag, 'Home');
      fs.lstatSync(home);
      copy(home, path.join(working, folderOf(project.name)));
    }
    if (rootTags.length > 0) {
      order.push({ name: project.name, rootTag: '10000000000000000000', path: folderOf(project.name) });
    }
  }
  write(path.join(working, 'import_order.json'), JSON.stringify(order));
  log('codeAsData', `Wrote import order file ${path.join(working, 'import_order.json')}`);
  if (mode !== 'project') {
    const versionOf = (name) => {
      const folder = path.join(root, name);
      return fs.existsSync(path.join(folder, 'package.json')) ? manifest(folder).version : '2.9.2';
    };
    write(
      path.join(working, 'version.json'),
      JSON.stringify({ drawVersion: versionOf('@olympeio/draw'), runtimeVersion: versionOf('@olympeio/runtime-node') }),
    );
    log('codeAsData', `Wrote version file ${path.join(working, 'version.json')}`);
  }
  await step('end');
  log('codeAsData', 'All code as data patches are copied to working directory');
}

// -------------------------------------------------------------------------------------------------------------------- main

async function main() {
  const [command, ...args] = process.argv.slice(2);
  const commands = { snapshot, buildCodeAsData };
  if (!Object.hasOwn(commands, command ?? '')) {
    console.error(`error: unknown command '${command}'`);
    process.exit(1);
  }
  options = parse(command, args);
  log('toolkit', `${BANNER} Olympe-Toolkit ${BANNER}`);
  try {
    await commands[command]();
    log('toolkit', `${BANNER} Olympe-Toolkit END ${BANNER}`);
  } catch (e) {
    console.error(`Failed to execute ${command} command, reason: ${e}`);
    process.exitCode = 1;
  }
}

main();
