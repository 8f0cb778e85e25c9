package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FileMode;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code mkdir}. */
record Mkdir(boolean parents, Optional<FileMode> mode, List<String> paths) implements Command {

    private static final int NEW = 0777 & ~Session.UMASK;
    private static final int SET_GROUP = 02000;

    static Mkdir of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments("mkdir", words, "pvm:", Map.of("--parents", 'p', "--verbose", 'v'));
        Optional<String> mode = arguments.value('m');
        return new Mkdir(
                arguments.has('p'),
                mode.isEmpty() ? Optional.empty() : Optional.of(FileMode.of(mode.get())),
                arguments.operands(1));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String path : paths) {
            if (parents) {
                makeAll(session, path);
            } else {
                make(session, path);
            }
        }
    }

    private void makeAll(Session session, String path) throws FilesException, NotComputable {
        String absolute = StageFiles.resolve(session.folder(), path);
        int end = 0;
        boolean isLast = false;
        while (!isLast) {
            end = absolute.indexOf('/', end + 1);
            isLast = end < 0 || absolute.substring(end).matches("/*");
            String part = isLast ? absolute : absolute.substring(0, end);
            Spot spot = session.follow(part);
            if (spot.exists()) {
                spot.requireFolder();
            } else if (session.find(part, false).exists()) {
                throw new FilesException("'" + part + "' is a link to nothing");
            } else {
                create(session, spot, isLast);
            }
        }
    }

    private void make(Session session, String path) throws FilesException, NotComputable {
        Spot spot = session.find(path.replaceFirst("(?<=.)/+$", ""), false);
        if (spot.exists()) {
            throw new FilesException("'" + spot.path() + "' already exists");
        }
        create(session, spot, true);
    }

    private void create(Session session, Spot spot, boolean isLast) throws FilesException, NotComputable {
        session.user().requireChange(spot);
        boolean hasMode = isLast && mode.isPresent();
        if (hasMode && (spot.requireParent().mode() & SET_GROUP) != 0) {
            throw new NotComputable(
                    "implementations of 'mkdir' disagree about the set-group-id bit of '" + spot.path() + "'");
        }
        Node folder = session.files()
                .makeFolder(spot, NEW, session.user().uid(), session.user().gid());
        if (hasMode) {
            folder.setMode(mode.get().apply(0777, true));
        }
    }
}
