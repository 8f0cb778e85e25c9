package io.github.olympe.maven.deploy;

import java.time.Duration;

/** Logs nothing. */
public class SilentDeployLog implements DeployLog {

    @Override
    public void sending(DeployUrl url) {}

    @Override
    public void waiting(DeployUrl url, Duration elapsed) {}

    @Override
    public void retrying(DeployUrl url, String reason, Duration pause) {}

    @Override
    public void accepted(DeployUrl url, String message) {}

    @Override
    public void acceptedOddly(DeployUrl url, String sentence) {}
}
