package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the pipeline of a project. */
public final class Pipelines {

    private Pipelines() {}

    /**
     * Reads the pipeline; absent where there is none.
     *
     * @throws io.github.olympe.maven.OlympeException if it is broken
     */
    public static Optional<PipelineFile> read(Path project, Findings findings) {
        Optional<PipelineFile> pipeline = Optional.empty();
        for (Ci ci : Ci.values()) {
            if (!Files.isRegularFile(project.resolve(ci.file()))) {
                continue;
            }
            if (pipeline.isPresent()) {
                findings.open(
                        new Place(ci.file(), 1),
                        "another pipeline, for " + ci.title(),
                        "Only " + pipeline.get().file() + " was read. Move it away to adopt this one.");
            } else {
                pipeline = Optional.of(read(ci, project, findings));
            }
        }
        return pipeline;
    }

    private static PipelineFile read(Ci ci, Path project, Findings findings) {
        return switch (ci) {
            case GITLAB -> GitlabPipeline.read(project, findings);
            case AZURE -> AzurePipeline.read(project, findings);
            case GITHUB -> GithubWorkflow.read(project, ci.file(), findings);
            case JENKINS -> Jenkinsfile.read(project, findings);
        };
    }
}
