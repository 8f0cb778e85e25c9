package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that the goals share which make, push and deploy images. */
abstract class ImagesMojo<P extends Plan> extends GoalMojo<P> {

    /** What the images are called: the first part of {@code <imageName>-frontend}, {@code <imageName>-backend}, … */
    @Parameter(property = "olympe.imageName", defaultValue = "${project.artifactId}")
    String imageName;

    /**
     * The backends' images; without this section, one. Elements of each {@code backend}: {@code name} (default {@code backend}),
     * {@code baseImage} ({@code olympeio/backend-base:18-stable}), {@code source} ({@code dist/node}), {@code target}
     * ({@code /home/node/app}), {@code owner} ({@code 0:0}), {@code deployTo} (a regular expression on the names of the backends that it
     * is deployed to), {@code skip}, {@code labels}, {@code platforms}, {@code includes}, {@code excludes},
     * {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable List<Backend> backends;

    /**
     * The image of the code as data. Elements: {@code name} (default {@code codeasdata}), {@code baseImage}
     * ({@code olympeio/codeasdata-base:stable}), {@code source} ({@code dist/codeAsData}), {@code target} ({@code /root/patches}),
     * {@code owner} ({@code 1000:1000}, which gets all that is in the target), {@code targetMode} ({@code 775}), {@code deploy}
     * ({@code false}), {@code updateMode} ({@code auto} or {@code manual}), {@code skip}, {@code labels}, {@code platforms},
     * {@code includes}, {@code excludes}, {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /**
     * Pushes and deploys the code as data, too, where its section does not say it: {@code true}, {@code false}, or {@code auto} where the
     * environment will import something. Deploying it briefly stops the composition database.
     */
    @Parameter(property = "olympe.codeAsData.deploy", defaultValue = "false")
    String codeAsDataDeploy;

    /** The branches that are pushed and deployed, a regular expression on a branch's whole name. */
    @Parameter(property = "olympe.deployBranches", defaultValue = "main|master")
    String deployBranches;

    /**
     * The instances to deploy to, of which the branch chooses one. Each {@code <environment>} has a {@code name}, a {@code branch} (a regular
     * expression on a branch's whole name), a {@code url}, and if need be a {@code serverId}, a {@code payload} and an {@code awaitUrl} of
     * its own, used instead of {@code deployServerId}, {@code payload} and {@code awaitUrl}; and a {@code registry} that {@code promote}
     * copies images to. A branch that no environment is for is not deployed; two for one branch are an error.
     */
    @Parameter
    @Nullable List<DeployEnvironment> environments;

    /**
     * The name of the environment to push and deploy for, whatever the branch. Merge and pull requests are not deployed even so.
     */
    @Parameter(property = "olympe.environment")
    @Nullable String environment;

    /** Whether the image of the code as data is pushed and deployed, or may be. */
    final boolean deploysCodeAsData() {
        return codeAsDataDeployment() != CodeAsData.Deploy.NEVER;
    }

    /** When the image of the code as data is pushed and deployed. */
    final CodeAsData.Deploy codeAsDataDeployment() {
        return codeAsData != null && codeAsData.deploy != null
                ? CodeAsData.Deploy.of("codeAsData/deploy", codeAsData.deploy)
                : CodeAsData.Deploy.of("codeAsDataDeploy (olympe.codeAsData.deploy)", codeAsDataDeploy);
    }

    /** Which builds push and deploy, and where to. */
    final Environments environments() {
        return new Environments(environments, deployBranches, environment);
    }
}
