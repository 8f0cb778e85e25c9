package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a deployment depends on, besides the build and the images.
 *
 * @param targets the instances: none, a single one, or one for each environment
 * @param branches which builds deploy to which of them
 * @param payload what is set of the payload
 * @param backendNames the names of the backends of the instance, where they are known
 * @param codeAsData whether code as data is deployed
 * @param timeout how long the webhook may take to answer
 * @param allowInsecure whether plain HTTP to any host is allowed
 * @param required whether having nowhere to deploy to is an error
 * @param dryRun whether nothing is sent
 * @param projectDirectory the folder that files of payloads are relative to
 * @param folder where {@code payload.json} and {@code response.json} are written
 */
public record DeploySettings(
        List<DeployTarget> targets,
        DeployBranches branches,
        PayloadSettings payload,
        List<String> backendNames,
        boolean codeAsData,
        Duration timeout,
        boolean allowInsecure,
        boolean required,
        boolean dryRun,
        Path projectDirectory,
        Path folder) {

    public DeploySettings {
        targets = List.copyOf(targets);
        backendNames = List.copyOf(backendNames);
        List<DeployTarget> alone = targets.stream()
                .filter(target -> target.environment().isEmpty())
                .toList();
        if (!alone.isEmpty() && targets.size() > 1) {
            throw new OlympeException(
                    "The parameters 'deployUrl' (olympe.deploy.url) and 'environments' are both set. Remove one of them.");
        }
    }

    /** Returns the same settings where code as data is deployed or not. */
    public DeploySettings withCodeAsData(boolean isDeployed) {
        return new DeploySettings(
                targets,
                branches,
                payload,
                backendNames,
                isDeployed,
                timeout,
                allowInsecure,
                required,
                dryRun,
                projectDirectory,
                folder);
    }
}
