package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.deploy.DeployLog;
import io.github.olympe.maven.deploy.DeployUrl;
import java.time.Duration;
import org.apache.maven.plugin.logging.Log;

/** Writes the events of a deployment to Maven's log. */
public record MavenDeployLog(Log log) implements DeployLog {

    @Override
    public void sending(DeployUrl url) {
        log.info("Sending the payload to " + url);
    }

    @Override
    public void waiting(DeployUrl url, Duration elapsed) {
        log.info("Waiting for the answer of " + url + " (" + elapsed.toSeconds() + " s)");
    }

    @Override
    public void retrying(DeployUrl url, String reason, Duration pause) {
        log.warn("Not accepted by " + url + ": " + reason + "; trying again in " + pause.toSeconds() + " s");
    }

    @Override
    public void accepted(DeployUrl url, String message) {
        log.info("Deployed: " + message);
    }

    @Override
    public void acceptedOddly(DeployUrl url, String sentence) {
        log.warn(sentence);
    }
}
