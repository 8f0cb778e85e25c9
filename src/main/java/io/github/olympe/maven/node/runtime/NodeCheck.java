package io.github.olympe.maven.node.runtime;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is found before anything runs: whether Node.js is one that Olympe, the project and its images take. */
public final class NodeCheck {

    /** An image whose name says that it has Node.js, and whose tag begins with a version of it. */
    private static final Pattern NODE_IMAGE =
            Pattern.compile("(?:^|[/_-])(?:node|nodejs|backend-base):(?<major>[0-9]{1,3})(?:[.@-]|$)");

    /** There was no Node.js 1, 2 or 3: such a tag is a version of the image itself. */
    private static final int FIRST_MAJOR = 4;

    private NodeCheck() {}

    /**
     * Compares a version with Olympe's minimum and with {@code engines.node} of package.json.
     *
     * @param source where the version is from: a program, or the parameter {@code nodeVersion}
     * @return what is worth a warning; empty if nothing is
     * @throws OlympeException if the version is older than {@link NodeVersion#OLDEST}, or not in the project's range
     */
    public static List<String> engines(NodeVersion version, String source, PackageJson packageJson) {
        if (version.compareTo(NodeVersion.OLDEST) < 0) {
            throw new OlympeException("Olympe needs Node.js " + NodeVersion.OLDEST.major() + " or later, but " + source
                    + " is " + version + "; use a newer one.");
        }
        List<String> warnings = new ArrayList<>();
        packageJson
                .engine()
                .ifPresent(engine -> VersionRange.parse(engine)
                        .ifPresentOrElse(
                                range -> {
                                    if (!range.contains(version)) {
                                        throw new OlympeException(
                                                "The file '" + packageJson.file() + "' asks for Node.js '" + engine
                                                        + "' (engines.node), but " + source + " is " + version
                                                        + "; use one that fits, or set the parameter 'nodeVersion' (olympe.nodeVersion) to have"
                                                        + " one installed.");
                                    }
                                },
                                () -> warnings.add("The file '" + packageJson.file() + "' asks for Node.js '"
                                        + OneLine.of(engine, 200)
                                        + "' (engines.node), which is not a version range, so it is not checked.")));
        return warnings;
    }

    /**
     * Compares the Node.js that builds a backend with the one that is to run it, as far as the name of the base image tells:
     * {@code olympeio/backend-base:18-stable}, {@code node:20.11.1-alpine}. What an older Node.js runs may need what only the newer one
     * has: packages with native code, and what the builder writes for its own version.
     *
     * @param builder the Node.js that builds
     * @param backend the backend's name
     * @param baseImage the base image's reference
     * @return a warning if the one that runs it is older
     */
    public static Optional<String> baseImage(NodeVersion builder, String backend, String baseImage) {
        Matcher named = NODE_IMAGE.matcher(baseImage);
        if (!named.find()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(named.group("major"));
        if (major < FIRST_MAJOR || major >= builder.major()) {
            return Optional.empty();
        }
        return Optional.of("The backend '" + backend + "' is built by Node.js " + builder + ", but its base image '"
                + baseImage + "' has Node.js " + named.group("major")
                + " to run it; build it by that version (the parameter 'nodeVersion', -Dolympe.nodeVersion), or set its 'baseImage' to"
                + " one with Node.js " + builder.major() + " or later.");
    }
}
