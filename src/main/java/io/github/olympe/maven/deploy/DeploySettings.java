package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a deployment.
 *
 * @param targets the instances: none, one, or one for each environment
 * @param branches which branches deploy to which instance
 * @param payload the settings that go into the payload
 * @param backendNames the names of the instance's backends, if they are known
 * @param codeAsData whether code as data is deployed
 * @param timeout how long the webhook may take to answer
 * @param allowInsecure whether plain HTTP to any host is allowed
 * @param required whether a missing target is an error
 * @param dryRun whether this is a dry run, which sends nothing
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

    /** Returns the same settings with code as data deployed or not. */
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
