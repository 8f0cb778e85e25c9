/**
 * The one HTTP client of the plugin, the proxies of {@code settings.xml}, what counts as loopback, and connections that keep headers out of
 * {@code mvn -X}.
 */
@NullMarked
package io.github.olympe.maven.http;

import org.jspecify.annotations.NullMarked;
