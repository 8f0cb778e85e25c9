package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.Counted;

/**
 * Explains what went wrong at a registry, and what the user can do.
 *
 * @param credentials where credentials are looked for
 */
record FailureExplanation(RegistryCredentials credentials) {

    /**
     * Explains why an image cannot be pulled.
     *
     * @param parameter the parameter that names the image
     */
    OlympeException pull(RegistryFailure failure, ImageReference image, String parameter) {
        return explain(failure, image, true, parameter);
    }

    /** Explains why an image cannot be pushed. */
    OlympeException push(RegistryFailure failure, ImageReference target) {
        return explain(failure, target, false, Registries.REGISTRY);
    }

    private OlympeException explain(RegistryFailure failure, ImageReference reference, boolean pull, String parameter) {
        String registry = reference.registry();
        String subject = pull
                ? "The image '" + reference + "' cannot be pulled: "
                : "The image '" + registry + "/" + reference.repository() + "' cannot be pushed: ";
        String sentence = switch (failure.kind()) {
            case UNAUTHORIZED, FORBIDDEN -> denied(failure, reference, pull);
            case NOT_FOUND ->
                pull
                        ? "the registry '" + registry + "' does not have it (" + failure.text() + "); correct "
                                + parameter + ", or push it there"
                        : "the registry '" + registry + "' does not know this repository (" + failure.text()
                                + "); create it there, or correct " + parameter;
            case TOO_LARGE ->
                "something between here and the registry '" + registry + "' refuses a layer of this size ("
                        + failure.text() + "); raise the limit of that proxy (nginx: client_max_body_size)";
            case REFUSED ->
                "nothing listens at the registry '" + registry + "' (" + failure.text()
                        + "); start it, or correct host and port in " + parameter;
            case UNKNOWN_HOST ->
                "the host of the registry '" + registry + "' is not known; correct " + parameter
                        + ", or check the network and the <proxies> of settings.xml";
            case CERTIFICATE ->
                "the certificate of the registry '" + registry + "' is not trusted (" + failure.text()
                        + "); import its CA into a trust store and name that in MAVEN_OPTS"
                        + " (-Djavax.net.ssl.trustStore=…), or set allowInsecureRegistries"
                        + " (olympe.allowInsecureRegistries) to '" + registry + "'";
            case NOT_TLS ->
                "the registry '" + registry + "' does not use TLS; configure TLS there, or set"
                        + " allowInsecureRegistries (olympe.allowInsecureRegistries) to '" + registry
                        + "', or correct " + parameter;
            case PROXY ->
                "the proxy on the way to the registry '" + registry + "' refuses the connection (" + failure.text()
                        + "); correct <username>, <password> and <nonProxyHosts> of the <proxies> of settings.xml";
            case TRANSIENT ->
                "the registry '" + registry + "' still fails after several attempts (" + failure.text()
                        + waiting(failure) + "); try again later, and if that does not help, ask those who run it,"
                        + " or correct " + parameter;
            case MEDIA_TYPE ->
                "the registry '" + registry + "' does not accept manifests of this format (" + failure.text()
                        + "); choose a base image in Docker's format, which such a registry accepts, or correct "
                        + parameter;
            case REJECTED ->
                "the registry '" + registry + "' refuses it (" + failure.text() + "); ask those who run it, or correct "
                        + parameter;
        };
        return new OlympeException(subject + sentence + ".", failure.getCause());
    }

    private static String waiting(RegistryFailure failure) {
        return failure.retryAfter()
                .filter(after -> after.toSeconds() > 0)
                .map(after -> ", and it asks to wait " + Counted.of(after.toSeconds(), "second"))
                .orElse("");
    }

    private String denied(RegistryFailure failure, ImageReference reference, boolean pull) {
        String registry = reference.registry();
        String set = RegistryCredentials.wayToAdd(registry, !pull);
        if (failure.sent().isPresent()) {
            return "the registry '" + registry + "' does not allow it with the credentials of "
                    + failure.sent().get() + " (" + failure.text() + "); give that user the right to "
                    + (pull ? "pull" : "push") + ", or set others: add " + set;
        }
        String without =
                "the registry '" + registry + "' does not allow it without credentials (" + failure.text() + ")";
        return credentials
                .find(registry, reference.repository())
                .map(credential -> without + ", and did not ask for those of " + credential.source()
                        + ", so they were not sent; ask those who run it")
                .orElseGet(() -> without + ", and none were found in " + credentials.places(registry) + "; add " + set);
    }
}
