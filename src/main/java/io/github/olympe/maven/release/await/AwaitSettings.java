package io.github.olympe.maven.release.await;

import io.github.olympe.maven.ci.DeployBranches;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What waiting for an environment depends on, besides the build and the image.
 *
 * @param url where an environment serves its frontend
 * @param environmentUrls the same for single environments, by their names
 * @param branches which builds deploy to which environment
 * @param file the file to ask for, where the user has chosen it
 * @param timeout how long to wait
 * @param serverId the server of {@code settings.xml} that has the credential
 * @param root the folder in the image that is served, where it is known
 * @param required whether it is called by name: having nothing to wait for is an error, and a person waits from any branch
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
