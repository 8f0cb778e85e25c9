import io.github.olympe.maven.testing.DocumentedErrors
import io.github.olympe.maven.testing.EmbeddedNpmRegistry

def registry = EmbeddedNpmRegistry.start('npm-token')
registry.publish('@acme/bricks', '1.0.0')
context.put('registry', registry)

def errors = DocumentedErrors.of('docs/library.md', basedir)
def bricks = '{"name": "@acme/bricks", "version": "1.0.0", "codeAsData": "codeAsData"}'
def patch = 'dist/codeAsData/patch.json'

errors.provoke("The file '…/package.json' has no script 'build'; …", 'build-library')
errors.provoke("There is no '…/dist/package.json', so there is nothing to publish; …", 'npm-pack')
errors.provoke("The file '…/dist/package.json' has no 'codeAsData', …; …", 'npm-pack')
    .file('dist/package.json', '{"name": "@acme/bricks", "version": "1.0.0"}')
errors.provoke("The file '…/dist/package.json' has the codeAsData 'x', but there is no such folder beside it; …", 'npm-pack')
    .file('dist/package.json', '{"name": "@acme/bricks", "version": "1.0.0", "codeAsData": "x"}')
errors.provoke("""The file '…' has "private": true, …; …""", 'npm-pack')
    .file('dist/package.json', bricks.replace('{', '{"private": true, '))
    .file(patch, '{}')
errors.provoke("@acme/bricks@1.0.0 is published already in …; …", 'npm-publish',
    "<npmRegistry>${registry.url()}</npmRegistry><npmServerId>it-npm</npmServerId>")
    .file('dist/package.json', bricks)
    .file(patch, '{}')
errors.provoke("Whether @acme/bricks@1.0.0 is published already cannot be found out from … (…); …", 'npm-publish',
    "<npmRegistry>${registry.url()}</npmRegistry>")
    .file('dist/package.json', bricks)
    .file(patch, '{}')

errors.write()
context.put('errors', errors)
return true
