package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import java.util.Optional;

/**
 * A checkout that is not at the commit that the CI's variables name.
 *
 * @param system the CI system
 * @param branch the branch that the variables name
 * @param named the commit that the variables name
 * @param checkedOut the commit that is checked out
 */
public record OtherCheckout(String system, Optional<String> branch, String named, String checkedOut) {

    /** Returns the error for a build that would push or deploy this checkout as the named branch. */
    OlympeException refusal() {
        return new OlympeException(String.format(
                "%s says that this build is for the commit %s%s, but the commit %s is checked out. Check out the"
                        + " commit of the branch, or set the parameter 'branch' (olympe.branch) to the branch that is checked out.",
                system,
                shortened(named),
                branch.map(name -> " of the branch '" + name + "'").orElse(""),
                shortened(checkedOut)));
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(8, commit.length()));
    }
}
