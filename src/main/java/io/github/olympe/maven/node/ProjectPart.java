package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;

/**
 * A part of a project that a script of package.json builds.
 *
 * @param section the parameter that describes the part, {@code frontend} or {@code backends}
 * @param scriptParameter the parameter that names the script
 * @param script the script
 */
public record ProjectPart(String section, String scriptParameter, String script) {

    /** The frontend, built by this script. */
    public static ProjectPart frontend(String script) {
        return new ProjectPart("frontend", "frontendScript", script);
    }

    /** The backends, built by this script. */
    public static ProjectPart backends(String script) {
        return new ProjectPart("backends", "backendScript", script);
    }

    /**
     * Whether a project has this part.
     *
     * @param described whether the user describes the part
     * @throws OlympeException if it is described, but nothing builds it
     */
    public boolean isIn(PackageJson packageJson, boolean described) {
        if (!packageJson.hasScript(script) && described) {
            throw new OlympeException(String.format(
                    "The parameter '%s' is set, but '%s' has no script '%s' that would build it. Add the script, name another with"
                            + " the parameter '%s' (olympe.%s), or set <skip>true</skip>.",
                    section, packageJson.file(), script, scriptParameter, scriptParameter));
        }
        return packageJson.hasScript(script);
    }
}
