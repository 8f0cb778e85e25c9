package io.github.olympe.maven.node.runtime;

import com.github.eirslett.maven.plugins.frontend.lib.CacheDescriptor;
import com.github.eirslett.maven.plugins.frontend.lib.FrontendPluginFactory;
import com.github.eirslett.maven.plugins.frontend.lib.InstallationException;
import com.github.eirslett.maven.plugins.frontend.lib.ProxyConfig;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.node.NodeLog;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.text.InvalidParameter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A Node.js of the plugin's own, installed by frontend-plugin-core into a cache that all builds of this machine share. The archives are
 * downloaded and verified first. It is installed under a temporary name and then renamed, so that an interrupted installation or one that
 * runs at the same time is never seen.
 *
 * @param nodeVersion the version of Node.js, the parameter {@code nodeVersion}
 * @param npmVersion the version of npm; absent for the one that comes with Node.js
 * @param source where both are downloaded from
 * @param cache the folder of all installations
 * @param offline whether nothing may be downloaded
 */
public record NodeInstallation(
        NodeVersion nodeVersion, Optional<String> npmVersion, NodeDownload source, Path cache, boolean offline) {

    private static final Pattern NPM_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

    public NodeInstallation {
        npmVersion.filter(version -> !NPM_VERSION.matcher(version).matches()).ifPresent(version -> {
            throw InvalidParameter.of(
                    "npmVersion (olympe.npmVersion)", version, "Write a version in full, as in '10.8.2'.");
        });
        if (nodeVersion.compareTo(NodeVersion.OLDEST) < 0) {
            throw InvalidParameter.of(
                    "nodeVersion (olympe.nodeVersion)",
                    nodeVersion,
                    "Olympe needs Node.js " + NodeVersion.OLDEST.major() + " or later. Use a newer version.");
        }
    }

    /**
     * The installation that the parameters ask for; empty where the Node.js of the PATH is used.
     *
     * @param source where both are downloaded from; asked only if something is to be installed
     * @throws OlympeException if a version is not valid, or npm is to be installed without Node.js
     */
    public static Optional<NodeInstallation> of(
            Optional<String> nodeVersion,
            Optional<String> npmVersion,
            Supplier<NodeDownload> source,
            Path cache,
            boolean offline) {
        if (nodeVersion.isEmpty() && npmVersion.isPresent()) {
            throw InvalidParameter.of(
                    "npmVersion (olympe.npmVersion)",
                    npmVersion.get(),
                    "'nodeVersion' is not set. Set both to install them, or neither to use those on the PATH.");
        }
        return nodeVersion.map(
                version -> new NodeInstallation(version(version), npmVersion, source.get(), cache, offline));
    }

    /**
     * The version that the parameter {@code nodeVersion} names.
     *
     * @throws OlympeException if it names none
     */
    public static NodeVersion version(String parameterValue) {
        return NodeVersion.parse(parameterValue)
                .orElseThrow(() -> InvalidParameter.of(
                        "nodeVersion (olympe.nodeVersion)",
                        parameterValue,
                        "Write a version in full, as in '20.18.1'."));
    }

    /**
     * This Node.js, installed first where it is not there.
     *
     * @throws OlympeException if it cannot be installed, or is not there and nothing may be downloaded
     */
    public NodeRuntime install(Map<String, String> environment, ProgramSearch search, SecretMask mask, NodeLog log) {
        Path installed = cache.resolve(name());
        if (!Files.isDirectory(installed)) {
            String versions = nodeVersion
                    + npmVersion.map(version -> " with npm " + version).orElse("");
            if (offline) {
                throw new OlympeException("Node.js " + versions + " is not installed in '" + cache
                        + "', and Maven is offline (-o); run the build once online.");
            }
            log.installingNode(versions, installed);
            download(installed, environment, search, mask);
        }
        return checked(installed, environment, search);
    }

    private String name() {
        return "node-" + nodeVersion
                + npmVersion.map(version -> "-npm-" + version).orElse("") + "-"
                + System.getProperty("os.name", "").replaceAll("\\W.*", "") + "-" + System.getProperty("os.arch");
    }

    private void download(Path installed, Map<String, String> environment, ProgramSearch search, SecretMask mask) {
        try (TemporaryPath temporary = TemporaryPath.in(cache)) {
            Path folder = Files.createDirectory(temporary.path());
            unpack(folder);
            TemporaryPath node = new TemporaryPath(folder.resolve("node"));
            checked(node.path(), environment, search);
            node.addFolder(installed);
        } catch (InstallationException | UncheckedIOException e) {
            throw new OlympeException("Node.js " + nodeVersion + " cannot be installed (" + mask.mask(reasons(e))
                    + "); check the parameters 'nodeVersion', 'nodeDownloadRoot' and 'npmDownloadRoot', and the proxy of"
                    + " settings.xml.");
        } catch (IOException e) {
            throw new OlympeException(
                    "Node.js " + nodeVersion + " cannot be installed into '" + installed + "' (" + e
                            + "); check the folder's permissions and the space on the disk.",
                    e);
        }
    }

    /** frontend-plugin-core asks where it keeps archives, and downloads none that is there already. */
    private void unpack(Path folder) throws InstallationException {
        FrontendPluginFactory factory =
                new FrontendPluginFactory(folder.toFile(), folder.toFile(), descriptor -> archive(folder, descriptor));
        ProxyConfig noProxy = new ProxyConfig(List.of());
        factory.getNodeInstaller(noProxy)
                .setNodeVersion("v" + nodeVersion)
                .setNpmVersion(npmVersion.orElse("provided"))
                .install();
        factory.getNPMInstaller(noProxy)
                .setNodeVersion("v" + nodeVersion)
                .setNpmVersion(npmVersion.orElse("provided"))
                .install();
    }

    private File archive(Path folder, CacheDescriptor descriptor) {
        Path archive = folder.resolve(descriptor.getName() + "." + descriptor.getExtension());
        try {
            if (descriptor.getName().equals("npm")) {
                source.npm(descriptor.getVersion(), archive);
            } else {
                source.node(descriptor.getVersion(), descriptor.getClassifier(), descriptor.getExtension(), archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toFile();
    }

    /** The Node.js in a folder, if it is the one that is wanted. */
    private NodeRuntime checked(Path folder, Map<String, String> environment, ProgramSearch search) {
        NodeRuntime runtime = NodeRuntime.in(folder, environment, search);
        requireVersion(
                "Node.js",
                "nodeVersion",
                nodeVersion.toString(),
                runtime.version().toString());
        npmVersion.ifPresent(wanted -> requireVersion(
                "npm",
                "npmVersion",
                wanted,
                PackageJson.read(folder.resolve("node_modules/npm")).version().orElse("unknown")));
        return runtime;
    }

    private void requireVersion(String program, String parameter, String wanted, String found) {
        if (!found.equals(wanted)) {
            throw InvalidParameter.of(
                    parameter + " (olympe." + parameter + ")",
                    wanted,
                    "The " + program + " that was installed is " + found + ". Check the mirror, and delete '"
                            + cache.resolve(name()) + "' if it is there.");
        }
    }

    private static String reasons(Exception failure) {
        StringBuilder reasons = new StringBuilder();
        Throwable first = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        for (Throwable t = first; t != null; t = t.getCause()) {
            reasons.append(reasons.isEmpty() ? "" : ": ").append(t.getMessage());
        }
        return reasons.toString();
    }
}
