package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the pipeline of a project. */
public final class Pipelines {

    private Pipelines() {}

    /**
     * Reads the pipeline; absent if there is none.
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
        others(project, findings);
        above(project, findings);
        return pipeline;
    }

    /** Reports the pipelines of the repository, if it contains more than this project. */
    private static void above(Path project, Findings findings) {
        Path own = project.toAbsolutePath().normalize();
        Path root = own;
        while (root != null && !Files.exists(root.resolve(".git"))) {
            root = root.getParent();
        }
        if (root == null || root.equals(own)) {
            return;
        }
        String up = own.relativize(root).toString().replace('\\', '/');
        for (Ci ci : Ci.values()) {
            if (Files.isRegularFile(root.resolve(ci.file()))) {
                findings.open(
                        new Place(up + "/" + ci.file(), 1),
                        "a pipeline of a folder above",
                        "It was not read. Copy what it does for this project into the file " + ci.file()
                                + " of this folder, and run adopt again.");
            }
        }
    }

    /** Reports pipelines that are not read because of their file names. */
    private static void others(Path project, Findings findings) {
        List<String> files = new ArrayList<>(List.of("azure-pipelines.yaml", ".gitlab-ci.yaml"));
        String read = Ci.GITHUB.file();
        Path workflows = project.resolve(read).getParent();
        String[] names = workflows == null ? null : workflows.toFile().list();
        Stream.of(names == null ? new String[0] : names)
                .filter(name -> name.matches(".*\\.ya?ml"))
                .sorted()
                .map(name -> ".github/workflows/" + name)
                .filter(file -> !file.equals(read))
                .forEach(files::add);
        for (String file : files) {
            if (Files.isRegularFile(project.resolve(file))) {
                findings.open(
                        new Place(file, 1),
                        "a pipeline that was not read",
                        "Only " + (file.startsWith(".github") ? read : file.replace(".yaml", ".yml"))
                                + " is read. If this one builds or deploys the project, give it that name and run adopt again.");
            }
        }
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
