import io.github.olympe.maven.testing.DocumentedErrors

def errors = DocumentedErrors.of('docs/adopt.md', basedir)
def olympe = '{"name": "@acme/shop", "scripts": {"build:draw": "true"}, "devDependencies": {"@olympeio/toolkit": "1.1.0"}}'

errors.provoke("There is no package.json in '…'; an Olympe project has one, …", 'adopt').without('package.json')
errors.provoke("The file '…' is not valid JSON (…); correct it there.", 'adopt').file('package.json', '{"name": ')
errors.provoke("The project in '…' is not an Olympe project: its package.json names no package of @olympeio. …", 'adopt')
errors.provoke("The folder '…' is the root of an npm workspace without scripts of Olympe. …", 'adopt')
    .file('package.json', '{"name": "@acme/all", "workspaces": ["packages/*"]}')
errors.provoke("The file '.gitlab-ci.yml' is not valid YAML (line 2: …); correct it there.", 'adopt')
    .file('package.json', olympe)
    .file('.gitlab-ci.yml', 'build:\n  script: a: b\n')
errors.provoke("The file '…' exists, and adopt overwrites nothing; move it away and run adopt again.", 'adopt')
    .file('package.json', olympe)
    .file('.gitlab-ci.yml', 'build: {script: [npm ci]}')
    .file('.gitlab-ci.olympe.yml', '# mine')
errors.provoke("Invalid value for 'ci' (olympe.adopt.ci): 'travis'. Use one of gitlab, azure, github, jenkins.", 'adopt', '<ci>travis</ci>')
    .file('package.json', olympe)

errors.provoke("There is nothing to compare yet: '…' has no images. …", 'adopt', '<compareWith>pipeline</compareWith>')
    .file('package.json', olympe)
errors.provoke("Invalid value for 'compareWith' (olympe.adopt.compareWith): '…'. It does not say which image of the build it is to be compared with. …", 'adopt', '<compareWith>127.0.0.1:1/acme/server:main</compareWith>')
    .file('package.json', olympe)
    .file('target/olympe/images.json', '{"version": 1, "images": [{"kind": "backend", "name": "backend", "repository": "acme/shop-backend", "tags": ["1"], "digest": "sha256:' + '1' * 64 + '", "imageId": "sha256:' + '1' * 64 + '", "baseImage": "scratch", "pushed": false}]}')

errors.write()
context.put('errors', errors)
return true
