package io.github.olympe.maven.ci;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who started this build, and the URL of its page, from the variables that each CI system documents.
 *
 * @param by the CI's user, else the user who is logged in
 * @param url the page of the build, absent outside of a known CI system; never with a password
 */
public record BuildRun(String by, Optional<String> url) {

    /** Reads the environment variables. */
    public static BuildRun detect(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return new BuildRun(by(variables), url(variables));
    }

    private static String by(Variables variables) {
        return variables
                .first(
                        "GITLAB_USER_LOGIN",
                        "BUILD_REQUESTEDFOR",
                        "GITHUB_TRIGGERING_ACTOR",
                        "GITHUB_ACTOR",
                        "BITBUCKET_STEP_TRIGGERER_UUID",
                        "BUILD_USER_ID") // A Jenkins plugin sets it.
                .or(() -> Optional.ofNullable(System.getProperty("user.name")))
                .map(name -> name.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(name -> !name.isEmpty())
                .orElse("unknown");
    }

    private static Optional<String> url(Variables variables) {
        // First the CIs that have a variable for the URL itself.
        return variables
                .first("CI_JOB_URL", "CI_PIPELINE_URL", "BUILD_URL")
                .flatMap(SourceLocation::withoutUser)
                .or(() ->
                        variables.url("GITHUB_SERVER_URL", "/", "GITHUB_REPOSITORY", "/actions/runs/", "GITHUB_RUN_ID"))
                .or(() -> variables.url(
                        "SYSTEM_COLLECTIONURI", "", "SYSTEM_TEAMPROJECT", "/_build/results?buildId=", "BUILD_BUILDID"))
                .or(() -> variables
                        .first("BITBUCKET_GIT_HTTP_ORIGIN")
                        .flatMap(SourceLocation::withoutUser)
                        .flatMap(origin -> variables
                                .first("BITBUCKET_BUILD_NUMBER")
                                .map(number -> origin + "/pipelines/results/" + number)));
    }

    private record Variables(Map<String, String> environment) {

        Optional<String> first(String... names) {
            return Stream.of(names)
                    .flatMap(name -> Optional.ofNullable(environment.get(name)).map(String::strip).stream())
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }

        /** Builds a URL from three variables with text between them. */
        Optional<String> url(String server, String between, String project, String path, String build) {
            return first(server)
                    .flatMap(SourceLocation::withoutUser)
                    .flatMap(base -> first(project)
                            .flatMap(name -> first(build)
                                    .filter(number -> number.matches("[0-9]+"))
                                    .map(number -> base + between + name.replace(" ", "%20") + path + number)));
        }
    }
}
