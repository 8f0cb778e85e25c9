package io.github.olympe.maven.deploy;

import java.time.Duration;

/** Receives what happens during a deployment. */
public interface DeployLog {

    /** The request is being sent. */
    void sending(DeployUrl url);

    /** The webhook has not answered yet, this long after the request. */
    void waiting(DeployUrl url, Duration elapsed);

    /** The request was not accepted, for this reason, and will be sent again after a pause. */
    void retrying(DeployUrl url, String reason, Duration pause);

    /** The webhook accepted the payload, with this message. */
    void accepted(DeployUrl url, String message);

    /** The webhook accepted the payload, but its answer is not the documented one. */
    void acceptedOddly(DeployUrl url, String sentence);
}
