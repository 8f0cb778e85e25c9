package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Servers;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** The servers of Maven's settings, decrypted on use. */
public record SettingsServers(Settings settings, SettingsDecrypter decrypter) implements Servers {

    private static final Pattern HEADER = Pattern.compile("<value>\\s*([^<]*[^<\\s])\\s*</value>");

    /** Returns the server with this id; if there is none, one whose id differs only in upper and lower case, since an id may be a host. */
    @Override
    public Optional<Credential> find(String id) {
        return Optional.ofNullable(settings.getServer(id))
                .or(() -> settings.getServers().stream()
                        .filter(server -> id.equalsIgnoreCase(server.getId()))
                        .findFirst())
                .map(this::decrypt);
    }

    @Override
    public List<Credential> all() {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(settings));
        return Stream.concat(
                        result.getServers().stream()
                                .flatMap(server -> Stream.concat(Stream.of(credential(server)), headers(server))),
                        result.getProxies().stream()
                                .flatMap(proxy -> text(proxy.getPassword()).stream()
                                        .map(password -> new Credential(
                                                "proxy '" + proxy.getId() + "' of settings.xml",
                                                text(proxy.getUsername()),
                                                Optional.of(Secret.of(password)),
                                                Optional.empty(),
                                                Optional.empty()))))
                .toList();
    }

    /** Returns the values of a server's {@code httpHeaders}, with which Maven logs in to GitLab and others. */
    private static Stream<Credential> headers(Server server) {
        return HEADER.matcher(String.valueOf(server.getConfiguration()))
                .results()
                .map(match -> Credential.ofToken(
                        "server '" + server.getId() + "' of settings.xml", Secret.of(match.group(1))));
    }

    private Credential decrypt(Server encrypted) {
        Credential asWritten = credential(encrypted);
        if (asWritten.missingVariable().isPresent()) {
            return asWritten; // Maven would mistake the braces of '${env.X}' for those of an encrypted password.
        }
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(encrypted));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw new OlympeException(
                        "The password of the server '" + encrypted.getId()
                                + "' of settings.xml cannot be decrypted; encrypt it again with the master password of this machine.");
            }
        }
        return credential(result.getServer());
    }

    private static Credential credential(Server server) {
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
