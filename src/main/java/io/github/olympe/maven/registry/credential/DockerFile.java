package io.github.olympe.maven.registry.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.text.ForeignText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in docker's {@code config.json}, as far as it is about credentials.
 *
 * @param auths what opens a registry, by its name
 * @param credHelpers the credential helper of a registry, by its name
 * @param credsStore the credential helper of all others, empty where there is none
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

    /** What opens a registry; a value that is missing is empty. */
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

        /** An entry of {@code auths}; empty where it is something else, as other tools leave behind. */
        static Optional<Auth> of(JsonNode entry) {
            try {
                return Optional.of(ForeignText.value(entry, Auth.class));
            } catch (ForeignText.Malformed e) {
                return Optional.empty();
            }
        }
    }
}
