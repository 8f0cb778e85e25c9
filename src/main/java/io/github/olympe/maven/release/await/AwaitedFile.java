package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.await.AwaitResult.State;
import java.util.Optional;

/**
 * The file that distinguishes the deployed frontend from the previous one.
 *
 * @param file the file of the frontend that was deployed
 * @param before what the environment served in its place before, if known
 */
public record AwaitedFile(ServedFile file, Optional<Before> before) {

    /**
     * The content that was served before the deployment.
     *
     * @param content the digest of the file's content, absent if there was no such file
     * @param name whose content it is, such as {@code record 'production-20260102030405-1a2b3c4d'}
     */
    public record Before(Optional<Digest> content, String name) {}

    /**
     * Returns the same file with a name for the earlier content, if that is from the given frontend.
     *
     * @param other the files of a frontend
     * @param name that frontend's name in messages
     */
    public AwaitedFile named(FrontendFiles other, String name) {
        Optional<Digest> content =
                Optional.ofNullable(other.files().get(file.path())).map(ServedFile::content);
        return before.isPresent() && before.get().content().equals(content)
                ? new AwaitedFile(file, Optional.of(new Before(content, name)))
                : this;
    }

    /**
     * Returns whether the file was requested before the deployment and differs between two frontends: only one has it, or the contents
     * differ.
     *
     * @param one the files of the deployed frontend
     * @param other the files of the previous frontend
     */
    public boolean tellsApart(FrontendFiles one, FrontendFiles other) {
        return before.isPresent()
                && one.files().containsKey(file.path())
                && Optional.ofNullable(other.files().get(file.path()))
                        .filter(old -> old.content().equals(file.content()))
                        .isEmpty();
    }

    /** Returns what an answer to a request for the file means. */
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
