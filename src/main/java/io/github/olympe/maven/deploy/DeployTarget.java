package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An instance of Olympe to deploy to, as the configuration names it. It is checked only by builds that deploy there, because a CI may set
 * the variables only in those.
 *
 * @param environment the environment's name, absent for the only instance
 * @param url the URL of the webhook
 * @param serverId the server of {@code settings.xml} that holds the token
 * @param payload the base payload, as JSON or the name of a JSON file
 */
public record DeployTarget(
        Optional<String> environment, Optional<String> url, Optional<String> serverId, Optional<Payload> payload) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:env\\.)?([^}]*)}");

    /**
     * A base payload.
     *
     * @param parameter the parameter that sets it
     * @param text its value
     */
    public record Payload(String parameter, String text) {}

    /** Returns the name of the parameter for the URL. */
    String urlParameter() {
        return environment.map(name -> "environments." + name + ".url").orElse("deployUrl (olympe.deploy.url)");
    }

    /** Returns why this target cannot be checked in a build that does not deploy to it, absent if it can. */
    Optional<String> gap() {
        if (url.isEmpty()) {
            return Optional.of("its URL is not set");
        }
        return unsetVariable().map(name -> "the variable '" + name + "' is not set in this build");
    }

    /** Returns the first variable without a value. Maven leaves its expression in the text. */
    private Optional<String> unsetVariable() {
        return Stream.concat(
                        url.stream(),
                        payload.map(Payload::text).filter(text -> text.strip().startsWith("${")).stream())
                .map(VARIABLE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /**
     * Returns the URL.
     *
     * @throws OlympeException if it is missing or unsafe for a token
     */
    DeployUrl checkedUrl(boolean allowInsecure) {
        String text = url.orElseThrow(
                () -> InvalidParameter.missing(urlParameter(), "Set it to the webhook of that instance."));
        return DeployUrl.of(urlParameter(), text, allowInsecure);
    }
}
