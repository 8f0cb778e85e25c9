package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Servers;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** The servers of Maven's settings, decrypted when they are asked for. */
record SettingsServers(Settings settings, SettingsDecrypter decrypter) implements Servers {

    /** The server with this id, in capitals or not where there is none that is written just so: an id may be a host. */
    @Override
    public Optional<Credential> find(String id) {
        return Optional.ofNullable(settings.getServer(id))
                .or(() -> settings.getServers().stream()
                        .filter(server -> id.equalsIgnoreCase(server.getId()))
                        .findFirst())
                .map(this::decrypt);
    }

    private Credential decrypt(Server encrypted) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(encrypted));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw new OlympeException(
                        "The password of the server '" + encrypted.getId()
                                + "' of settings.xml cannot be decrypted; encrypt it again with the master password of this machine.");
            }
        }
        Server server = result.getServer();
        return new Credential(
                "server '" + server.getId() + "' of settings.xml",
                text(server.getUsername()),
                text(server.getPassword()).map(Secret::of),
                text(server.getPrivateKey()).map(Path::of),
                text(server.getPassphrase()).map(Secret::of));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
