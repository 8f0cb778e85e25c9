package io.github.olympe.maven.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCheckTest {

    private static final NodeVersion BUILDER = new NodeVersion(20, 19, 0);

    @Test
    void warnsIfABackendRunsOnAnOlderNode() {
        assertThat(NodeCheck.baseImage(BUILDER, "orders", "olympeio/backend-base:18-stable"))
                .contains(
                        "The backend 'orders' is built by Node.js 20.19.0, but its base image 'olympeio/backend-base:18-stable' has"
                                + " Node.js 18 to run it; build it by that version (the parameter 'nodeVersion', -Dolympe.nodeVersion), or"
                                + " set its 'baseImage' to one with Node.js 20 or later.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com:5000/olympeio/backend-base:18-latest",
                "node:18",
                "docker.io/library/node:18.20.4-alpine",
                "registry.example.com/acme/base-node:16-bookworm",
                "node:18@sha256:0123456789012345678901234567890123456789012345678901234567890123",
            })
    void anImagesNameSaysItsNodeVersion(String older) {
        assertThat(NodeCheck.baseImage(BUILDER, "backend", older)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "olympeio/backend-base:20-stable",
                "olympeio/backend-base:24-latest",
                "node:20.11.1",
                // These do not tell it.
                "registry.example.com/base/node:1",
                "registry.example.com/acme/base-node:2.4.1",
                "node:lts",
                "node:latest",
                "node@sha256:0123456789012345678901234567890123456789012345678901234567890123",
                "registry.example.com/acme/backend:18",
                "prom/node-exporter:1.8",
                "node:1888",
                "node:18000.1",
                "node.example.com:18/acme/backend:7",
            })
    void aNewerOneOrOneThatTheNameDoesNotTellIsFine(String image) {
        assertThat(NodeCheck.baseImage(BUILDER, "backend", image)).isEmpty();
    }
}
