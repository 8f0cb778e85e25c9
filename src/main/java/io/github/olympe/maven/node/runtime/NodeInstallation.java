package io.github.olympe.maven.node.runtime;

import com.github.eirslett.maven.plugins.frontend.lib.CacheDescriptor;
import com.github.eirslett.maven.plugins.frontend.lib.FrontendPluginFactory;
import com.github.eirslett.maven.plugins.frontend.lib.InstallationException;
import com.github.eirslett.maven.plugins.frontend.lib.NPMInstaller;
import com.github.eirslett.maven.plugins.frontend.lib.NodeInstaller;
import com.github.eirslett.maven.plugins.frontend.lib.ProxyConfig;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.io.Leftovers;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.text.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A Node.js of the plugin's own, installed by frontend-plugin-core into a cache that all builds of this machine share. It is installed
 * under a temporary name and then renamed, so that an interrupted installation or one that runs at the same time is never seen.
 *
 * @param nodeVersion the version of Node.js, the parameter {@code nodeVersion}
 * @param npmVersion the version of npm; absent for the one that comes with Node.js
 * @param nodeDownloadRoot where Node.js is downloaded from; absent for the site of Node.js
 * @param npmDownloadRoot where npm is downloaded from; absent for npm's registry
 * @param credential what the download server asks for
 * @param proxies the proxies that stand before it
 * @param cache the folder of all installations
 * @param offline whether nothing may be downloaded
 */
public record NodeInstallation(
        NodeVersion nodeVersion,
        Optional<String> npmVersion,
        Optional<String> nodeDownloadRoot,
        Optional<String> npmDownloadRoot,
        Optional<Credential> credential,
        HttpProxies proxies,
        Path cache,
        boolean offline) {

    private static final Pattern NPM_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

    public NodeInstallation {
        refuseUser("nodeDownloadRoot", nodeDownloadRoot);
        refuseUser("npmDownloadRoot", npmDownloadRoot);
        npmVersion.filter(version -> !NPM_VERSION.matcher(version).matches()).ifPresent(version -> {
            throw new OlympeException("The parameter 'npmVersion' (-Dolympe.npmVersion) has the value '" + version
                    + "', which is not a version; write it in full, as in '10.8.2'.");
        });
        if (nodeVersion.compareTo(NodeVersion.OLDEST) < 0) {
            throw new OlympeException("Olympe needs Node.js " + NodeVersion.OLDEST.major()
                    + " or later, but the parameter 'nodeVersion' (-Dolympe.nodeVersion) has the value '" + nodeVersion
                    + "'; use a newer version.");
        }
    }

    /** The download's own log shows the URL. */
    private static void refuseUser(String parameter, Optional<String> url) {
        if (url.filter(text -> text.matches("[^/]*//[^/]*@.*")).isPresent()) {
            throw new OlympeException("The parameter '" + parameter + "' (-Dolympe." + parameter
                    + ") has a user or password in its URL; take them out, and name a server of settings.xml with the parameter"
                    + " 'nodeServerId' (-Dolympe.nodeServerId).");
        }
    }

    /**
     * The version that the parameter {@code nodeVersion} names.
     *
     * @throws OlympeException if it names none
     */
    public static NodeVersion version(String parameterValue) {
        return NodeVersion.parse(parameterValue)
                .orElseThrow(
                        () -> new OlympeException("The parameter 'nodeVersion' (-Dolympe.nodeVersion) has the value '"
                                + parameterValue + "', which is not a version; write it in full, as in '20.18.1'."));
    }

    /**
     * This Node.js, installed first where it is not there.
     *
     * @throws OlympeException if it cannot be installed, or is not there and nothing may be downloaded
     */
    public NodeRuntime install(Map<String, String> environment, Platform platform, SecretMask mask, NodeLog log) {
        Path installed = cache.resolve(name());
        if (!Files.isDirectory(installed)) {
            String versions = nodeVersion
                    + npmVersion.map(version -> " with npm " + version).orElse("");
            if (offline) {
                throw new OlympeException("Node.js " + versions + " is not installed in '" + cache
                        + "', and Maven is offline (-o); run the build once online.");
            }
            log.installingNode(versions, installed);
            download(installed, mask);
        }
        return NodeRuntime.in(installed, environment, platform);
    }

    private String name() {
        return "node-" + nodeVersion
                + npmVersion.map(version -> "-npm-" + version).orElse("") + "-"
                + System.getProperty("os.name", "").replaceAll("\\W.*", "") + "-" + System.getProperty("os.arch");
    }

    private void download(Path installed, SecretMask mask) {
        Path temporary = cache.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(temporary);
            Leftovers.remove(cache);
            install(temporary);
            try {
                Files.move(temporary.resolve("node"), installed);
            } catch (IOException e) {
                if (!Files.isDirectory(installed)) { // Else another build was faster.
                    throw e;
                }
            }
        } catch (InstallationException | IllegalArgumentException e) { // The latter for what is no URL.
            throw new OlympeException("Node.js " + nodeVersion + " cannot be installed (" + mask.mask(reasons(e))
                    + "); check the parameters 'nodeVersion' and 'nodeDownloadRoot', and the proxy of settings.xml.");
        } catch (IOException e) {
            throw new OlympeException(
                    "Node.js " + nodeVersion + " cannot be installed into '" + installed + "' (" + e
                            + "); check the folder's rights and the space on the disk.",
                    e);
        } finally {
            remove(temporary);
        }
    }

    private void install(Path folder) throws InstallationException {
        FrontendPluginFactory factory =
                new FrontendPluginFactory(folder.toFile(), folder.toFile(), descriptor -> archive(folder, descriptor));
        ProxyConfig proxyConfig = new ProxyConfig(
                proxies.proxies().stream().map(NodeInstallation::proxy).toList());
        NodeInstaller node = factory.getNodeInstaller(proxyConfig)
                .setNodeVersion("v" + nodeVersion)
                .setNpmVersion(npmVersion.orElse("provided"))
                .setNodeDownloadRoot(
                        nodeDownloadRoot.map(NodeInstallation::folderUrl).orElse(""));
        NPMInstaller npm = factory.getNPMInstaller(proxyConfig)
                .setNodeVersion("v" + nodeVersion)
                .setNpmVersion(npmVersion.orElse("provided"))
                .setNpmDownloadRoot(npmDownloadRoot
                        .map(NodeInstallation::folderUrl)
                        .orElse(NPMInstaller.DEFAULT_NPM_DOWNLOAD_ROOT));
        if (credential.isPresent()) {
            String user = credential.get().username().orElse("");
            String password = credential.get().secret().map(Secret::reveal).orElse("");
            node.setUserName(user).setPassword(password);
            npm.setUserName(user).setPassword(password);
        }
        node.install();
        npm.install();
    }

    private static File archive(Path folder, CacheDescriptor descriptor) {
        String classifier = descriptor.getClassifier() == null ? "" : "-" + descriptor.getClassifier();
        return folder.resolve(descriptor.getName() + "-" + descriptor.getVersion() + classifier + "."
                        + descriptor.getExtension())
                .toFile();
    }

    private static ProxyConfig.Proxy proxy(HttpProxy proxy) {
        return new ProxyConfig.Proxy(
                proxy.host(),
                proxy.protocol(),
                proxy.host(),
                proxy.port(),
                proxy.credential().flatMap(Credential::username).orElse(null),
                proxy.credential()
                        .flatMap(Credential::secret)
                        .map(Secret::reveal)
                        .orElse(null),
                String.join("|", proxy.nonProxyHosts()));
    }

    private static String folderUrl(String url) {
        return url.endsWith("/") ? url : url + "/";
    }

    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            reasons.append(reasons.isEmpty() ? "" : ": ").append(t.getMessage());
        }
        return reasons.toString();
    }

    private static void remove(Path temporary) {
        try {
            FileTree.delete(temporary);
        } catch (IOException e) {
            // What is left has a name that nothing reads.
        }
    }
}
