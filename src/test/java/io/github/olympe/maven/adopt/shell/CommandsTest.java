package io.github.olympe.maven.adopt.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single commands of a pipeline become, and what is left to do for those that the plugin does not run. */
class CommandsTest {

    private final Findings findings = new Findings();
    private final Facts facts = new Facts();

    private Variables ran(String script) {
        Variables variables = new Variables(Map.of());
        new ShellRun(variables, Optional.empty(), findings, facts).run(List.of(Script.of("script.sh", 1, script)));
        return variables;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm ci | npm ci -> goal npm-install",
                "npm clean-install --cache .npm | npm clean-install --cache .npm -> goal npm-install",
                "sudo npm install -g npm | npm install -g npm -> not needed",
                "npm i --global npm | npm i --global npm -> not needed",
                "npm up | npm up -> goal npm-install",
                "npm t | npm t -> goal npm-test",
                "npm run test | npm run test -> goal npm-test",
                "yarn run test | yarn run test -> goal npm-test",
                "pnpm test | pnpm test -> goal npm-test",
                "npm --version | npm --version -> not needed",
                "npm pack | npm pack -> goal npm-pack",
                "npm publish | npm publish -> goal npm-publish",
                "npm version 1.2.3 | npm version 1.2.3 -> goal bump-version",
                "npx @olympeio/toolkit buildCodeAsData | npx @olympeio/toolkit buildCodeAsData -> goal build-code-as-data",
                "source ~/.nvm/nvm.sh | . ~/.nvm/nvm.sh -> not needed",
                "docker push r.example.com/a:1 | push of r.example.com/a:1 -> goal push",
                "docker image push r.example.com/a:1 | push of r.example.com/a:1 -> goal push",
                "skopeo copy docker://a:1 docker://b:1; buildah push a:1 docker://b:2 | push of b:2 -> goal push",
            })
    void aCommandBecomesAGoal(String script, String found) {
        ran(script);
        assertThat(findings.understood())
                .extracting(one -> one.what() + " -> " + one.became())
                .contains(found);
        assertThat(findings.notUnderstood()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm ci left-pad | npm ci left-pad | what package.json names",
                "npm ci --loglevel=silly --os=linux | npm ci --loglevel=silly --os=linux | installs without --os",
                "npm run build -- --fast | npm run build -- --fast | without these arguments",
                "npm version patch | npm version patch | versionTemplate",
                "npm version | npm version | versionTemplate",
                "npm publish --tag next | npm publish --tag next | npmTag",
                "npm config set //r.example.com/:_authToken=abcdefgh | npm config set //r.example.com/:_authToken=*** | npmServerId",
                "npm outdated | npm outdated | before mvn",
                "yarn | yarn | package-lock.json",
                "pnpm install | pnpm install | package-lock.json",
                "npx olympe snapshot | npx olympe snapshot | orchestratorHost",
                "npx olympe | npx olympe | a script of package.json",
                "npx webpack | npx webpack | a script of package.json",
                "npx | npx | a script of package.json",
                "sh release.sh | sh release.sh | was not read",
                "bash | bash | was not read",
                "node release.js | node release.js | a script of package.json",
                "git commit -m x | git commit -m x | the goal 'snapshot'",
                "git push | git push | the goal 'snapshot'",
                "docker run a | docker run a | needs no Docker",
                "docker cp a:/x y | docker cp a:/x y | needs no Docker",
                "docker create a | docker create a | needs no Docker",
                "docker | docker | needs no Docker",
                "docker image | docker image | needs no Docker",
                "docker login | docker login Docker Hub | settings.xml",
                "docker login -u ci -p abcdefgh r.example.com | docker login r.example.com with a password written in the file | Change the password",
                "docker login -p $TOKEN r.example.com | docker login r.example.com | settings.xml",
                "docker build -t a:1 sub | context sub | the project's folder as the context",
                "docker build -t a:1 --platform linux/arm64 . | --platform linux/arm64 | platforms",
                "docker build -t a:1 --target run . | --target run | the last one of the Dockerfile",
                "docker build -t a:1 --squash . | docker build --squash | nothing for it",
                "docker build -t a:1 $MORE . | $MORE | The file does not set it",
                "az acr login --name a | az acr login --name a | docker's login",
                "aws ecr get-login-password | aws ecr get-login-password | docker's login",
                "gcloud auth configure-docker | gcloud auth configure-docker | docker's login",
                "kubectl apply -f a.yml | kubectl apply -f a.yml | before or after mvn",
                "echo '{}' > ~/.docker/config.json | docker's login in ~/.docker/config.json | settings.xml",
                "echo '{}' | tee auth.json | docker's login in auth.json | settings.xml",
            })
    void whatThePluginDoesNotRunIsLeftToDo(String line) {
        // The last two parts are what is shown, and a part of the advice; a script may have a pipe.
        String[] parts = line.split(" \\| ");
        ran(String.join(" | ", List.of(parts).subList(0, parts.length - 2)));
        assertThat(findings.notUnderstood()).anySatisfy(one -> {
            assertThat(one.what()).isEqualTo(parts[parts.length - 2]);
            assertThat(one.advice()).contains(parts[parts.length - 1]);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command -v npm",
                "sudo -E",
                "node --version",
                "git describe --tags",
                "echo x > /dev/null",
                "echo x | tee /dev/stderr",
                "printf 'a\\n'",
                "grep x",
                "docker pull r.example.com/a:1",
                "docker logout",
                "az --version",
            })
    void aCommandThatChangesNothingIsNotMentioned(String script) {
        ran(script);
        assertThat(findings.understood()).isEmpty();
        assertThat(findings.notUnderstood()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r=$(git rev-parse HEAD) ;; r=$(git rev-parse --verify HEAD)",
                "r=$(git rev-parse --short HEAD) ;; r=$(git rev-parse --short=8 HEAD)",
                "r=$(git rev-parse --abbrev-ref HEAD) ;; r=$(git branch --show-current)",
                "r=$(jq -r .version package.json) ;; r=$(node -p \"require('./package.json').version\")",
                "r=$(jq -r .version node_modules/@olympeio/draw/package.json) ;; r=$(node -p \"require('@olympeio/draw/package.json').version\")",
                "r=a ;; timeout 5s true; r=a",
                "r=b ;; env r=b true",
                "r=c ;; r=$(echo -n c)",
                "r=$(printf 'a b') ;; r='a b'",
                "r=a-b ;; r=$(echo a-b | grep b)",
                "r=d ;; echo r=d >> build.env",
                "r=e ;; echo r=e | tee -a build.env",
            })
    void theSameValueComesFromOtherCommands(String line) {
        String[] scripts = line.split(" ;; ");
        String value = ran(scripts[0]).peek("r");
        assertThat(value).isNotEmpty();
        assertThat(ran(scripts[1]).peek("r")).isEqualTo(value);
    }
}
