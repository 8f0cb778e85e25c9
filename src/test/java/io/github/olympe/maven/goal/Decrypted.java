package io.github.olympe.maven.goal;

import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Settings in which nothing was encrypted. */
record Decrypted(List<Server> servers, List<Proxy> proxies) implements SettingsDecryptionResult {

    /** As a {@link SettingsDecrypter}. */
    static SettingsDecryptionResult of(SettingsDecryptionRequest request) {
        return new Decrypted(request.getServers(), request.getProxies());
    }

    @Override
    public Server getServer() {
        return servers.get(0);
    }

    @Override
    public List<Server> getServers() {
        return servers;
    }

    @Override
    public Proxy getProxy() {
        return proxies.get(0);
    }

    @Override
    public List<Proxy> getProxies() {
        return proxies;
    }

    @Override
    public List<SettingsProblem> getProblems() {
        return List.of();
    }
}
