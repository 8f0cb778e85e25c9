package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.List;
import java.util.Map;

/** {@code touch}: creates empty files. It sets no times, because the time of a file in an image comes from its content. */
record Touch(boolean noCreate, List<String> paths) implements Command {

    private static final int NEW = 0666 & ~Session.UMASK;

    static Touch of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments("touch", words, "c", Map.of("--no-create", 'c'));
        return new Touch(arguments.has('c'), arguments.operands(1));
    }

    @Override
    public void run(Session session) throws FilesException {
        for (String path : paths) {
            Spot spot = session.follow(path);
            if (spot.exists() || noCreate) {
                continue;
            }
            session.user().requireChange(spot);
            session.files()
                    .create(
                            spot,
                            Node.file(NEW, session.user().uid(), session.user().gid(), Content.EMPTY));
        }
    }
}
