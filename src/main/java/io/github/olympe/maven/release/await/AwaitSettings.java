package io.github.olympe.maven.release.await;

import io.github.olympe.maven.ci.DeployBranches;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a wait for an environment.
 *
 * @param url the URL at which an environment serves its frontend
 * @param environmentUrls the URLs of single environments, by their names
 * @param branches which builds deploy to which environment
 * @param file the file to request, if the user sets it
 * @param timeout how long to wait
 * @param serverId the server of {@code settings.xml} that holds the credential
 * @param root the folder in the image that is served, if known
 * @param required whether the goal is called by name: then having nothing to wait for is an error, and a person may wait from any branch
 */
public record AwaitSettings(
        Optional<String> url,
        Map<String, String> environmentUrls,
        DeployBranches branches,
        Optional<String> file,
        Duration timeout,
        Optional<String> serverId,
        Optional<String> root,
        boolean required) {

    public AwaitSettings {
        environmentUrls = Map.copyOf(environmentUrls);
        file = file.map(path -> path.replaceFirst("^/+", ""));
    }
}
