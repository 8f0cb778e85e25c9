package io.github.olympe.maven.node.runtime;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;

/** What is found before anything runs: whether Node.js is one that Olympe and the project take. */
public final class NodeCheck {

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
                                                        + "; use one that fits, or set the parameter 'nodeVersion' (-Dolympe.nodeVersion) to have"
                                                        + " one installed.");
                                    }
                                },
                                () -> warnings.add("The file '" + packageJson.file() + "' asks for Node.js '"
                                        + OneLine.of(engine, 200)
                                        + "' (engines.node), which is no range of versions; it is not compared.")));
        return warnings;
    }
}
