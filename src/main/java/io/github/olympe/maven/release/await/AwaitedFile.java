package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.await.AwaitResult.State;
import java.util.Optional;

/**
 * The file that tells the frontend that was deployed from the one before.
 *
 * @param file the file of the frontend that was deployed
 * @param before what the environment serves in its place before that, where it is known
 */
public record AwaitedFile(ServedFile file, Optional<Before> before) {

    /**
     * What was served before the deployment.
     *
     * @param content the digest of the file's content, absent where there was no such file
     * @param name whose content it is: {@code record 'production-20260102030405-1a2b3c4d'}
     */
    public record Before(Optional<Digest> content, String name) {}

    /**
     * Returns the same with a name for what was served before, where it is that frontend.
     *
     * @param other the files of a frontend
     * @param name what that is called in messages
     */
    public AwaitedFile named(FrontendFiles other, String name) {
        Optional<Digest> content =
                Optional.ofNullable(other.files().get(file.path())).map(ServedFile::content);
        return before.isPresent() && before.get().content().equals(content)
                ? new AwaitedFile(file, Optional.of(new Before(content, name)))
                : this;
    }

    /**
     * Returns whether it was looked at before the deployment, and one frontend has it, and the other not, or with another content.
     *
     * @param one the files of the frontend that was deployed
     * @param other the files of the frontend before
     */
    public boolean tellsApart(FrontendFiles one, FrontendFiles other) {
        return before.isPresent()
                && one.files().containsKey(file.path())
                && Optional.ofNullable(other.files().get(file.path()))
                        .filter(old -> old.content().equals(file.content()))
                        .isEmpty();
    }

    /** Tells what an answer to a request for the file means. */
    State state(Sight sight) {
        if (!sight.isAnswer()) {
            return State.NO_ANSWER;
        }
        if (sight.content().filter(file.content()::equals).isPresent()) {
            return State.SERVED;
        }
        boolean missing = sight.status() == 404 || sight.status() == 410;
        if (before.isPresent()
                && before.get().content().equals(sight.content())
                && (missing || sight.content().isPresent())) {
            return State.OLD;
        }
        return sight.content().isPresent() ? State.OTHER : State.ERROR;
    }
}
