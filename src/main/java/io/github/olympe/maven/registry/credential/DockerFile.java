package io.github.olympe.maven.registry.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in docker's {@code config.json}.
 *
 * @param auths the credential of each registry, by its name
 * @param credHelpers the credential helper of each registry, by its name
 * @param credsStore the credential helper of all others, empty if there is none
 */
record DockerFile(Map<String, JsonNode> auths, Map<String, String> credHelpers, String credsStore) {

    DockerFile(
            @Nullable Map<String, JsonNode> auths,
            @Nullable Map<String, String> credHelpers,
            @Nullable String credsStore) {
        this.auths = auths == null ? Map.of() : auths;
        this.credHelpers = credHelpers == null ? Map.of() : credHelpers;
        this.credsStore = Objects.requireNonNullElse(credsStore, "");
    }

    /** The credential of a registry. Missing values are empty. */
    record Auth(String auth, String username, String password, String identitytoken) {

        Auth(
                @Nullable String auth,
                @Nullable String username,
                @Nullable String password,
                @Nullable String identitytoken) {
            this.auth = Objects.requireNonNullElse(auth, "");
            this.username = Objects.requireNonNullElse(username, "");
            this.password = Objects.requireNonNullElse(password, "");
            this.identitytoken = Objects.requireNonNullElse(identitytoken, "");
        }

        /** Reads an entry of {@code auths}. The result is empty for something else that another tool may have written there. */
        static Optional<Auth> of(JsonNode entry) {
            try {
                return Optional.of(Json.value(entry, Auth.class));
            } catch (ForeignText.Malformed e) {
                return Optional.empty();
            }
        }
    }
}
