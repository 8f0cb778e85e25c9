package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users read if a registry does not let them list its tags. */
@Timeout(60)
class LedgerAccessTest {

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private ImageReference repository;
    private Registries registries;

    @BeforeEach
    void open() {
        registry = EmbeddedRegistry.start();
        repository = ImageReference.ofRepository("registry", registry.host() + "/acme/shop-deployments");
        registries = new RegistryFixture(folder).open();
    }

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private Registries as(String password) {
        return new RegistryFixture(folder)
                .server(registry.host(), "jane", password)
                .open();
    }

    /** Returns what {@code history} says if the registry answers like this to a request for its tags. */
    private void assertListing(Registries asked, int status, String body, String... reason) {
        registry.intercept(request -> request.path().endsWith("/tags/list")
                ? Optional.of(new EmbeddedRegistry.Answer(status, Map.of(), body))
                : Optional.empty());
        assertRefused(asked, reason);
    }

    private void assertRefused(Registries asked, String... reason) {
        Ledger ledger = new Ledger(asked, repository, warning -> {});
        assertThatThrownBy(() -> ledger.records("production", 20))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The ledger '" + repository + "' cannot be listed: " + String.join("", reason));
    }

    private String wayToAdd() {
        return "add a <server> with <id>" + registry.host()
                + "</id>, <username> and <password> to settings.xml (or name"
                + " another id in registryServerId, olympe.registryServerId), or run 'docker login " + registry.host()
                + "'";
    }

    @Test
    void withoutACredentialItSaysHowToGiveOne() {
        registry.requireBasic("jane", "secret");
        assertRefused(
                registries,
                "the registry requires a credential, but none was sent (401 Unauthorized: UNAUTHORIZED: says the test); ",
                wayToAdd(),
                ".");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongPasswordIsDistinguishedFromAMissingRight(boolean token) {
        if (token) {
            registry.requireToken("jane", "secret");
        } else {
            registry.requireBasic("jane", "secret");
        }
        try (Registries wrong = as("wrong")) {
            assertRefused(
                    wrong,
                    "the registry refuses the credentials of server '" + registry.host()
                            + "' of settings.xml (401 Unauthorized: UNAUTHORIZED: says the test); correct user and password there.");
        }
    }

    /** Registries with tokens answer like this: the token lacks the rights that the user does not have. */
    @Test
    void anInsufficientTokenIsAMissingRight() {
        registry.requireToken("jane", "secret");
        try (Registries open = as("secret")) {
            assertListing(
                    open,
                    401,
                    "{\"errors\": [{\"code\": \"UNAUTHORIZED\", \"message\": \"authentication required\"}]}",
                    "the credentials of server '" + registry.host()
                            + "' of settings.xml are not enough for that (401 Unauthorized: UNAUTHORIZED: authentication"
                            + " required); give that user the right to list the tags of the repository, or correct user"
                            + " and password there.");
        }
    }

    @Test
    void reportsAMissingRightToList() {
        registry.requireBasic("jane", "secret");
        String denied = "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"not allowed\"}]}";
        try (Registries open = as("secret")) {
            assertListing(
                    open,
                    403,
                    denied,
                    "the user of server '" + registry.host()
                            + "' of settings.xml may not do that (403 Forbidden: DENIED: not allowed); give that user the"
                            + " right to list the tags of the repository.");
        }
    }

    @Test
    void withoutAnonymousListingItSaysHowToConfigureAUser() {
        assertListing(
                registries,
                403,
                "",
                "this needs credentials (403 Forbidden); ",
                wayToAdd(),
                ", as a user who may list the tags of the repository.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | page not found | 404 Not Found: page not found",
                "404 | {\"errors\": [{\"code\": \"UNSUPPORTED\"}]} | 404 Not Found: UNSUPPORTED: ",
                "405 | '' | 405 Method Not Allowed",
                "400 | {\"errors\": [{\"code\": \"UNSUPPORTED\"}]} | 400 Bad Request: UNSUPPORTED: "
            })
    void aRegistryThatCannotListTagsIsDistinguishedFromOneThatForbidsIt(int status, String body, String shown) {
        assertListing(
                registries,
                status,
                body,
                "the registry does not list tags (" + shown
                        + "), so no record can be found; use one that lists them, or set 'ledger' (olympe.ledger) to false.");
    }
}
