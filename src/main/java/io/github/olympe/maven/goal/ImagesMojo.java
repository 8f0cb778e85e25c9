package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of all goals that make, push or deploy images. */
abstract class ImagesMojo<P extends Plan> extends GoalMojo<P> {

    /** The first part of the images' names: {@code <imageName>-frontend}, {@code <imageName>-backend}, … */
    @Parameter(property = "olympe.imageName", defaultValue = "${project.artifactId}")
    String imageName;

    /**
     * The backends' images; without this section, one. Elements of each {@code backend}: {@code name} (default {@code backend}),
     * {@code baseImage} ({@code olympeio/backend-base:18-stable}), {@code source} ({@code dist/node}), {@code target}
     * ({@code /home/node/app}), {@code owner} ({@code 0:0}), {@code deployTo} (a regular expression for the names of the backends that get
     * it), {@code skip}, {@code labels}, {@code platforms}, {@code includes}, {@code excludes}, {@code modes} ({@code canonical}),
     * {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable List<Backend> backends;

    /**
     * The image of the code as data. Elements: {@code name} (default {@code codeasdata}), {@code baseImage}
     * ({@code olympeio/codeasdata-base:stable}), {@code source} ({@code dist/codeAsData}), {@code target} ({@code /root/patches}),
     * {@code owner} ({@code 1000:1000}, the owner of everything in the target), {@code targetMode} ({@code 775}), {@code deploy}
     * ({@code false}), {@code updateMode} ({@code auto} or {@code manual}), {@code skip}, {@code labels}, {@code platforms},
     * {@code includes}, {@code excludes}, {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /**
     * Whether to push and deploy the code as data too, if its section does not say so: {@code true}, {@code false}, or {@code auto} to do
     * so only if the environment will import something. Deploying it briefly stops the composition database.
     */
    @Parameter(property = "olympe.codeAsData.deploy", defaultValue = "false")
    String codeAsDataDeploy;

    /** The branches whose builds push and deploy, as a regular expression for the whole name. */
    @Parameter(property = "olympe.deployBranches", defaultValue = "main|master")
    String deployBranches;

    /**
     * The instances to deploy to. The branch chooses one. Each {@code <environment>} has a {@code name}, a {@code branch} (a regular
     * expression for the whole name) and a {@code url}. Optional elements are {@code serverId}, {@code payload} and {@code awaitUrl}, which
     * replace {@code deployServerId}, {@code payload} and {@code awaitUrl}, and a {@code registry} that {@code promote} copies images to. A
     * branch without an environment is not deployed. Two environments for one branch are an error.
     */
    @Parameter
    @Nullable List<DeployEnvironment> environments;

    /** The name of the environment to push and deploy for, whatever the branch. Builds of merge and pull requests are never deployed. */
    @Parameter(property = "olympe.environment")
    @Nullable String environment;

    /** Returns whether the image of the code as data is pushed and deployed, or may be. */
    final boolean deploysCodeAsData() {
        return codeAsDataDeployment() != CodeAsData.Deploy.NEVER;
    }

    /** Returns when the image of the code as data is pushed and deployed. */
    final CodeAsData.Deploy codeAsDataDeployment() {
        return codeAsData != null && codeAsData.deploy != null
                ? CodeAsData.Deploy.of("codeAsData/deploy", codeAsData.deploy)
                : CodeAsData.Deploy.of("codeAsDataDeploy (olympe.codeAsData.deploy)", codeAsDataDeploy);
    }

    /** Returns which builds push and deploy, and to which environment. */
    final Environments environments() {
        return new Environments(environments, deployBranches, environment);
    }
}
