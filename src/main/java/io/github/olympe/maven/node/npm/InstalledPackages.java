package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.node.PackageJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what npm says it has installed in a project or workspace with the files and with the lock file. */
record InstalledPackages(LockFile installed) {

    static Optional<InstalledPackages> of(Path root) {
        return LockFile.installed(root).map(InstalledPackages::new);
    }

    /** Returns a package that npm lists as installed but that is not there in its version. */
    Optional<String> missing() {
        for (Map.Entry<String, JsonNode> entry : installed.packages().properties()) {
            String name = entry.getKey();
            Path folder = installed.folder(name);
            if (entry.getValue().path("link").asBoolean(false)) {
                if (!Files.exists(folder)) {
                    return Optional.of(name + " is missing");
                }
            } else if (LockFile.isPackage(name)) {
                JsonNode version = entry.getValue().path("version");
                Path file = folder.resolve(PackageJson.FILE_NAME);
                // With install-strategy=linked there are folders that only contain others.
                if (!(version.isTextual() ? Files.isRegularFile(file) : Files.isDirectory(folder))) {
                    return Optional.of(name + " is missing");
                }
                if (version.isTextual() && !LockFile.read(file).path("version").equals(version)) {
                    return Optional.of(name + " is not " + version.asText());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns why an install by the lock file could give another result. Used if the plugin did not install the packages itself and has no
     * stamp.
     *
     * @param target the platform that packages are wanted for
     */
    Optional<String> differenceTo(LockFile lock, InstallTarget target) {
        for (Map.Entry<String, JsonNode> entry : lock.packages().properties()) {
            JsonNode wanted = entry.getValue();
            JsonNode found = installed.packages().path(entry.getKey());
            if (!LockFile.isPackage(entry.getKey())) {
                continue;
            }
            if (found.isMissingNode() && wanted.path("optional").asBoolean(false) && !target.takes(wanted)) {
                continue;
            }
            if (!(same(wanted, found, "version")
                    && same(wanted, found, "integrity")
                    && same(wanted, found, "resolved"))) {
                return Optional.of(entry.getKey() + " is not what the lock file says");
            }
            if (!target.takes(found)) {
                return Optional.of(entry.getKey() + " is not for " + target);
            }
            if (found.path("hasInstallScript").asBoolean(false)) {
                return Optional.of(entry.getKey() + " has an install script, and the plugin did not run it");
            }
        }
        return Stream.of(installed.packages())
                .flatMap(packages -> packages.properties().stream())
                .map(Map.Entry::getKey)
                .filter(name -> lock.packages().path(name).isMissingNode())
                .map(name -> name + " is not in the lock file")
                .findFirst();
    }

    /**
     * Compares a member. One that is missing on one side is ignored, because npm can be configured not to record where a package came from.
     */
    private static boolean same(JsonNode wanted, JsonNode found, String name) {
        return found.isObject()
                && (wanted.path(name).isMissingNode()
                        || found.path(name).isMissingNode()
                        || wanted.path(name).equals(found.path(name)));
    }

    /** The folders of the packages that npm only links to: the members of a workspace, and dependencies given as folders. */
    Set<Path> linked() {
        Set<Path> folders = new TreeSet<>();
        for (JsonNode entry : installed.packages()) {
            JsonNode resolved = entry.path("resolved");
            if (entry.path("link").asBoolean(false) && resolved.isTextual() && !isInStore(resolved.asText())) {
                folders.add(installed.folder(resolved.textValue()).normalize());
            }
        }
        return folders;
    }

    /** With {@code install-strategy=linked}, all packages are in one folder, and links point to them. */
    private static boolean isInStore(String folder) {
        return folder.startsWith("node_modules/");
    }
}
