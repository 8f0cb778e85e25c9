package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.EmbeddedSshServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the user's SSH configuration says, a host is known or refused, and no file is written. */
class KnownHostsTest {

    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("git.example.com", 22);

    @TempDir
    Path folder;

    private record Ssh(StrictHostKeyChecking getStrictHostKeyChecking, List<String> getGlobalKnownHostsFiles)
            implements Configuration {

        @Override
        public List<String> getUserKnownHostsFiles() {
            return List.of();
        }

        @Override
        public boolean getHashKnownHosts() {
            return false;
        }

        @Override
        public String getUsername() {
            return "git";
        }
    }

    private static PublicKey key() {
        return EmbeddedSshServer.newKey().getPublic();
    }

    private Path known(String name, PublicKey key) throws IOException {
        return Files.writeString(folder.resolve(name), "git.example.com " + PublicKeyEntry.toString(key) + "\n");
    }

    private static boolean accepts(KnownHosts hosts, PublicKey key, Configuration ssh) {
        return hosts.accept("git.example.com", ADDRESS, key, ssh, null);
    }

    @Test
    void noSettingOfTheUserAllowsAnUnknownOrChangedHost() throws Exception {
        Path user = folder.resolve("known_hosts");
        KnownHosts hosts = new KnownHosts(Optional.empty(), List.of(user), List.of());
        PublicKey shown = key();
        for (Configuration.StrictHostKeyChecking setting : Configuration.StrictHostKeyChecking.values()) {
            assertThat(accepts(hosts, shown, new Ssh(setting, List.of()))).isFalse();
            assertThat(hosts.refused()).map(KnownHosts.Refused::changed).contains(false);
        }
        assertThat(user).doesNotExist();

        known("known_hosts", key());
        String before = Files.readString(user);
        for (Configuration.StrictHostKeyChecking setting : Configuration.StrictHostKeyChecking.values()) {
            assertThat(accepts(hosts, shown, new Ssh(setting, List.of()))).isFalse();
            assertThat(hosts.refused()).map(KnownHosts.Refused::changed).contains(true);
        }
        assertThat(user).hasContent(before.strip());
    }

    @Test
    void theParametersFileReplacesThoseOfUserAndSystem() throws Exception {
        PublicKey shown = key();
        Path user = folder.resolve("none");
        Path system = known("ssh_known_hosts", shown);
        Path own = known("own", key());
        Ssh ask = new Ssh(Configuration.StrictHostKeyChecking.ASK, List.of());
        Ssh global = new Ssh(Configuration.StrictHostKeyChecking.ASK, List.of(system.toString()));

        assertThat(accepts(new KnownHosts(Optional.empty(), List.of(user), List.of(system)), shown, ask))
                .isTrue();
        assertThat(accepts(new KnownHosts(Optional.empty(), List.of(user), List.of()), shown, ask))
                .isFalse();
        assertThat(accepts(new KnownHosts(Optional.empty(), List.of(user), List.of()), shown, global))
                .isTrue();
        assertThat(accepts(new KnownHosts(Optional.of(own), List.of(user), List.of(system)), shown, global))
                .isFalse();
        assertThat(accepts(new KnownHosts(Optional.of(system), List.of(own), List.of()), shown, ask))
                .isTrue();
    }

    /** The file that the message names is one that ssh would read. */
    @Test
    void namesTheHostItsKeyAndTheFileToAddItTo() throws Exception {
        PublicKey shown = key();
        Path first = folder.resolve("known_hosts");
        Path second = known("known_hosts2", key());
        Ssh ask = new Ssh(Configuration.StrictHostKeyChecking.ASK, List.of("NONE"));
        KnownHosts hosts = new KnownHosts(Optional.empty(), List.of(first, second), List.of(known("system", shown)));

        assertThat(hosts.refused()).isEmpty();
        assertThat(accepts(hosts, shown, ask)).isFalse();
        String key = KeyUtils.getKeyType(shown) + " " + KeyUtils.getFingerPrint(shown);
        assertThat(hosts.refused()).contains(new KnownHosts.Refused("git.example.com", key, true, second));
        assertThat(hosts.lookup("git.example.com", ADDRESS, ask)).hasSize(1);

        Files.delete(second);
        assertThat(accepts(hosts, shown, ask)).isFalse();
        assertThat(hosts.refused()).contains(new KnownHosts.Refused("git.example.com", key, false, first));
    }
}
