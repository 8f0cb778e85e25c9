package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.pipeline.Ci;
import io.github.olympe.maven.adopt.pipeline.PipelineFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pipeline that builds, pushes and deploys an adopted project with the plugin. */
final class PipelineText {

    private static final String NOTE = "Deploy code as data, too (briefly stops the composition database)";

    /** The name of a branch, not a pattern for branches. */
    private static final Pattern NAME = Pattern.compile("[\\w./-]+");

    private PipelineText() {}

    static String of(Ci ci, Adoption adoption) {
        return switch (ci) {
            case GITLAB -> gitlab(adoption);
            case AZURE -> azure(adoption);
            case GITHUB -> github(adoption);
            case JENKINS -> jenkins(adoption);
        };
    }

    private static String gitlab(Adoption adoption) {
        StringBuilder rules = new StringBuilder();
        Map<String, String> tokens = otherTokens(adoption, "WEBHOOK_TOKEN");
        if (!tokens.isEmpty()) {
            rules.append("  rules:\n");
            tokens.forEach((branch, variable) -> rules.append("    - if: ")
                    .append(
                            branch.equals(PipelineFile.NO_BRANCH)
                                    ? "$CI_COMMIT_TAG"
                                    : "$CI_COMMIT_BRANCH =~ /^(" + branch.replace("/", "\\/") + ")$/")
                    .append("\n      variables:\n        OLYMPE_DEPLOY_TOKEN: $")
                    .append(variable)
                    .append('\n'));
            rules.append("    - when: on_success\n");
        }
        return """
                # Builds every branch and merge request; the plugin pushes and deploys those that the pom is for.
                #
                # Variables of the project (Settings > CI/CD > Variables):
                #   %s  masked, protected; as Olympe gave it
                #   DOCKER_AUTH_CONFIG  masked: docker's config.json with the registry's user and password

                image: maven:3.9-eclipse-temurin-21

                variables:
                  MAVEN_OPTS: -Dmaven.repo.local=$CI_PROJECT_DIR/.m2/repository
                  DEPLOY_CODE_AS_DATA:
                    value: "false"
                    description: %s

                cache:
                  paths: [.m2/repository, .npm]

                olympe:
                %s  script:
                    - mvn -B deploy -Dolympe.codeAsData.deploy=$DEPLOY_CODE_AS_DATA
                  artifacts:
                    paths: [target/olympe]
                    expire_in: 1 day
                    reports:
                      dotenv: target/olympe/build.env
                """.formatted(tokens.isEmpty() ? "WEBHOOK_TOKEN" : String.join(", ", tokens.values()), NOTE, rules);
    }

    /** Returns the variables that hold tokens, by branch, if the plugin would not find them by name. */
    private static Map<String, String> otherTokens(Adoption adoption, String own) {
        Set<String> variables = new LinkedHashSet<>(adoption.tokens().values());
        variables.remove(own);
        variables.remove("OLYMPE_DEPLOY_TOKEN");
        Map<String, String> tokens = new LinkedHashMap<>();
        if (!variables.isEmpty()) {
            adoption.tokens().forEach((branch, variable) -> tokens.put(branch.isEmpty() ? ".*" : branch, variable));
        }
        return tokens;
    }

    private static String azure(Adoption adoption) {
        Map<String, String> tokens = otherTokens(adoption, "");
        String secret = tokens.values().stream().findFirst().orElse("WEBHOOK_TOKEN");
        boolean one = Set.copyOf(tokens.values()).size() < 2;
        StringBuilder variables = new StringBuilder();
        if (!one) {
            variables.append("\nvariables:\n");
            int[] count = {0};
            tokens.forEach((branch, variable) -> variables
                    .append("  ${{ ")
                    .append(count[0]++ == 0 ? "if" : "elseif")
                    .append(" eq(variables['Build.SourceBranch'], 'refs/heads/")
                    .append(branch)
                    .append("') }}:\n    instanceToken: $(")
                    .append(variable)
                    .append(")\n"));
            variables.append("  ${{ else }}:\n    instanceToken: none\n");
        }
        return """
                # Builds, pushes and deploys the branches that the pom is for; code as data when asked.
                #
                # Secret variables of the pipeline: %s, as Olympe gave them.
                # Service connection to the registry: olympe-registry.

                trigger: [%s]

                parameters:
                  - name: deployCodeAsData
                    displayName: %s
                    type: boolean
                    default: false

                pool:
                  vmImage: ubuntu-latest
                %s
                steps:
                  - task: Docker@2
                    displayName: Log in to the registry
                    inputs:
                      command: login
                      containerRegistry: olympe-registry

                  - script: mvn -B deploy -Dolympe.codeAsData.deploy=${{ lower(parameters.deployCodeAsData) }}
                    displayName: Build, push and deploy
                    env:
                      OLYMPE_DEPLOY_TOKEN: $(%s)
                """.formatted(
                        tokens.isEmpty() ? "WEBHOOK_TOKEN" : String.join(", ", new LinkedHashSet<>(tokens.values())),
                        branches(adoption),
                        NOTE,
                        variables,
                        one ? secret : "instanceToken");
    }

    /** Returns the branches that are given by name, not by a pattern. */
    private static String branches(Adoption adoption) {
        String names = adoption.tokens().keySet().stream()
                .filter(NAME.asMatchPredicate())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "main, master" : names;
    }

    private static String github(Adoption adoption) {
        Set<String> secrets = new LinkedHashSet<>(adoption.tokens().values());
        String token = secrets.isEmpty()
                ? "secrets.OLYMPE_DEPLOY_TOKEN"
                : "secrets." + secrets.iterator().next();
        if (secrets.size() > 1) {
            token = adoption.tokens().entrySet().stream()
                    .filter(entry -> NAME.matcher(entry.getKey()).matches())
                    .map(entry -> "github.ref_name == '" + entry.getKey() + "' && secrets." + entry.getValue())
                    .collect(Collectors.joining(" || "));
        }
        return """
                # Builds every push and pull request; the plugin pushes and deploys the branches that the pom is for.
                #
                # Secrets: %s, as Olympe gave them; DOCKER_AUTH_CONFIG, docker's config.json with the registry's user and password.

                name: Build and deploy

                on:
                  push:
                    branches: [%s]
                  pull_request:
                  workflow_dispatch:
                    inputs:
                      deployCodeAsData:
                        description: %s
                        type: boolean
                        default: false

                jobs:
                  olympe:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - uses: actions/setup-java@v4
                        with:
                          distribution: temurin
                          java-version: 21
                          cache: maven
                      - run: mvn -B deploy -Dolympe.codeAsData.deploy=${{ inputs.deployCodeAsData || false }}
                        env:
                          OLYMPE_DEPLOY_TOKEN: ${{ %s }}
                          DOCKER_AUTH_CONFIG: ${{ secrets.DOCKER_AUTH_CONFIG }}
                """.formatted(
                        secrets.isEmpty() ? "OLYMPE_DEPLOY_TOKEN" : String.join(", ", secrets),
                        branches(adoption),
                        NOTE,
                        token);
    }

    private static String jenkins(Adoption adoption) {
        String token = handsOnOneToken(adoption) ? "        OLYMPE_DEPLOY_TOKEN = credentials('olympe-token')\n" : "";
        return """
                // Builds every branch and change request; the plugin pushes and deploys the branches that the pom is for.
                //
                // Credentials: secret text olympe-token, as Olympe gave it, for the variable OLYMPE_DEPLOY_TOKEN; secret text
                // docker-auth-config, docker's config.json with the registry's user and password.

                pipeline {
                    agent { docker { image 'maven:3.9-eclipse-temurin-21' } }
                    parameters {
                        booleanParam(name: 'DEPLOY_CODE_AS_DATA', defaultValue: false,
                            description: '%s')
                    }
                    environment {
                %s        DOCKER_AUTH_CONFIG = credentials('docker-auth-config')
                    }
                    stages {
                        stage('Build, push and deploy') {
                            steps {
                                sh 'mvn -B deploy -Dolympe.codeAsData.deploy=$DEPLOY_CODE_AS_DATA'
                            }
                        }
                    }
                }
                """.formatted(NOTE, token);
    }

    /** Returns whether all environments share one token. An environment must never get another one's token. */
    static boolean handsOnOneToken(Adoption adoption) {
        return Set.copyOf(adoption.tokens().values()).size() < 2;
    }

    /** Returns whether each branch gets the token of its own environment. */
    static boolean handsOnEachToken(Ci ci, Adoption adoption) {
        return switch (ci) {
            case GITLAB -> true;
            case AZURE, GITHUB ->
                handsOnOneToken(adoption) || adoption.tokens().keySet().stream().allMatch(NAME.asMatchPredicate());
            case JENKINS -> handsOnOneToken(adoption);
        };
    }
}
