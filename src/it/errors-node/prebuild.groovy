import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.ProjectRepository

def errors = DocumentedErrors.of('docs/node.md', basedir)
def path = '<environmentVariables><PATH>${project.basedir}/bin</PATH></environmentVariables>'
def scripts = { scripts -> """{"name": "@acme/shop", "version": "1.2.3", "scripts": {$scripts}}""".toString() }
// What npm leaves when it has installed the packages.
def installed = 'node_modules/.package-lock.json'

errors.provoke("There is no Node.js on the PATH; …", 'install-node', path)
errors.provoke("Olympe needs Node.js 18 or later, but '…' is 16.20.2; …", 'install-node', path)
    .file('bin/node', '#!/bin/sh\necho v16.20.2\n')
    .file('bin/npm', '#!/bin/sh\n')
errors.provoke("The file '…/package.json' asks for Node.js '…' (engines.node), but … is …; …", 'check')
    .file('package.json', '{"engines": {"node": ">=99"}}')
errors.provoke("Invalid value for 'nodeVersion' … 'lts'. Write a version in full …", 'install-node',
    '<nodeVersion>lts</nodeVersion>')
errors.provoke("Node.js 20.18.1 cannot be installed (…); …", 'install-node',
    '<nodeVersion>20.18.1</nodeVersion><nodeDownloadRoot>http://127.0.0.1:9/</nodeDownloadRoot>')
errors.provoke("Node.js 20.18.1 is not installed in '…', and Maven is offline (-o); …", 'install-node',
    '<nodeVersion>20.18.1</nodeVersion>')
    .run(2)
errors.provoke("Invalid value for 'nodeDownloadRoot' … '…'. It is plain HTTP to another machine. …", 'check',
    '<nodeVersion>20.18.1</nodeVersion><nodeDownloadRoot>http://mirror.example.com/</nodeDownloadRoot>')
errors.provoke("Invalid value for 'nodeDownloadRoot' … '…'. It is not a URL. …", 'install-node',
    '<nodeVersion>20.18.1</nodeVersion><nodeDownloadRoot>mirror</nodeDownloadRoot>')
errors.seenElsewhere("Invalid value for 'nodeVersion' … '…'. The Node.js that was installed is …. …", 'NodeInstallationTest')
errors.seenElsewhere("The parameter 'nodeServerId' … names the …, but neither 'nodeDownloadRoot' nor 'npmDownloadRoot' is set, …. …", 'NodeInstallationTest')
errors.provoke("Invalid value for 'npmWorkspace' (olympe.npmWorkspace): '…'. …", 'npm-install', '<npmWorkspace>nowhere</npmWorkspace>')
errors.provoke("There is no package.json in '…'; …", 'npm-install')
    .without('package.json')
errors.provoke("The file '…/package.json' is not valid JSON (…); …", 'npm-install')
    .file('package.json', '{\n  "name": "shop"\n  "version": 1\n}')

// npm's own failures: a package that is not in its cache (Maven being offline), a script, the tests.
errors.provoke("'npm …' failed with exit code … in '…'; its output above says why.", 'npm-install', '<npmCache>nothing</npmCache>')
    .file('package.json', '{"name": "shop", "version": "1.0.0", "dependencies": {"@acme/price": "1.0.0"}}')
    .run(2)
errors.provoke("'npm …' failed with exit code … in '…'; its output above says why.", 'build-backend')
    .file('package.json', scripts('"build:node": "node -e process.exit(3)"'))
    .file(installed, '{}')
errors.provoke("'npm …' failed with exit code … in '…'; its output above says why.", 'npm-test')
    .file('package.json', scripts('"test": "node -e process.exit(3)"'))
    .file(installed, '{}')
errors.provoke("'npm run build:draw' ran longer than … and was ended …; …", 'build-frontend', '<npmTimeout>1</npmTimeout>')
    .file('package.json', scripts('"build:draw": "node -e \'setTimeout(() => {}, 60000)\'"'))
    .file(installed, '{}')

errors.provoke("The parameter 'frontend' is set, but '…' has no script 'build:draw' …. …", 'build-frontend',
    '<frontend><name>web</name></frontend>')
errors.provoke("'npm run build:draw' succeeded but made no folder 'dist/web'; …", 'build-frontend')
    .file('package.json', scripts('"build:draw": "node -e 0"'))
    .file(installed, '{}')
errors.provoke("'npm run build:draw' succeeded but left the folder 'dist/web' empty; …", 'build-frontend')
    .file('package.json', scripts('"build:draw": "node mkdir.js"'))
    .file(installed, '{}')
    .file('mkdir.js', 'require("node:fs").mkdirSync("dist/web", { recursive: true })')
errors.provoke("'npx olympe buildCodeAsData' wrote an '…/import_order.json' that names the folder 'x', which does not exist; …", 'build-code-as-data')
    .file(installed, '{}')
    .file('node_modules/.bin/olympe', '''#!/usr/bin/env node
        const fs = require("node:fs")
        fs.mkdirSync("dist/codeAsData", { recursive: true })
        fs.writeFileSync("dist/codeAsData/import_order.json", JSON.stringify([{ path: "x" }]))
        ''')
errors.provoke("'npx olympe buildCodeAsData' wrote an '…/import_order.json' that names the folder 'acme.bricks' for the package '@acme/bricks', but copied nothing there from '…'; …", 'build-code-as-data')
    .file(installed, '{}')
    .file('node_modules/@acme/bricks/package.json', '{"name": "@acme/bricks", "version": "1.0.0", "codeAsData": "codeAsData"}')
    .file('node_modules/@acme/bricks/codeAsData/import_order.json', '[{"name": "@acme/bricks", "path": "acme.bricks"}]')
    .file('node_modules/.bin/olympe', '''#!/usr/bin/env node
        const fs = require("node:fs")
        fs.mkdirSync("dist/codeAsData", { recursive: true })
        fs.copyFileSync("node_modules/@acme/bricks/codeAsData/import_order.json", "dist/codeAsData/import_order.json")
        ''')
errors.provoke("The project in '…' has no command 'olympe' in node_modules/.bin; …", 'build-code-as-data')
    .file(installed, '{}')
errors.provoke("Invalid value for 'frontend/source': '…'. A build step empties its output first. …", 'build-frontend',
    '<frontend><source>src</source></frontend>')
    .file('package.json', scripts('"build:draw": "node -e 0"'))
    .file(installed, '{}')
def tracked = errors.provoke("Invalid value for 'frontend/source': '…'. Git tracks files there, …", 'build-frontend')
    .file('package.json', scripts('"build:draw": "node -e 0"'))
    .file(installed, '{}')
    .file('dist/web/index.html', '<!DOCTYPE html>')

errors.provoke("Invalid value for 'npmServerId': 'x'. settings.xml has no server with this id. …", 'npm-install',
    '<npmServerId>x</npmServerId>')
errors.provoke("The parameter 'npmServerId' … is set, but no setting names the registry that it is for. …", 'npm-install',
    '<npmServerId>it-npm</npmServerId>')
errors.provoke("Invalid value for 'versionTemplate' (olympe.versionTemplate): '…'. It gives 'v1.2.3', which npm does not accept as a version. …", 'bump-version',
    '<versionTemplate>v{version}</versionTemplate>')
    .file('package.json', scripts(''))

errors.write()
ProjectRepository.commitAll(tracked.folder(), 'main')
context.put('errors', errors)
return true
