/** Servers, base images and other surroundings that tests, integration projects and the demo share. */
package io.github.olympe.maven.testing;
