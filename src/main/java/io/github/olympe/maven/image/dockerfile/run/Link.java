package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.List;
import java.util.Map;

/** {@code ln -s}. */
record Link(boolean force, boolean noDereference, List<String> targets, String place) implements Command {

    static Link of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments(
                "ln",
                words,
                "sfnv",
                Map.of("--symbolic", 's', "--force", 'f', "--no-dereference", 'n', "--verbose", 'v'));
        if (!arguments.has('s')) {
            throw new NotComputable("'ln' without -s makes a hard link");
        }
        List<String> operands = arguments.operands(1);
        boolean isHere = operands.size() == 1;
        return new Link(
                arguments.has('f'),
                arguments.has('n'),
                isHere ? operands : operands.subList(0, operands.size() - 1),
                isHere ? "." : operands.get(operands.size() - 1));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String target : targets) {
            boolean isFolder = noDereference
                    ? session.spot(place).isFolder()
                    : session.follow(place).isFolder();
            Spot spot = isFolder ? session.inside(place, target) : session.spot(place);
            if (targets.size() > 1 && !isFolder) {
                throw new NotComputable("implementations of 'ln' disagree about several links at '" + place
                        + "', which is not a folder");
            }
            if (place.endsWith("/") && !isFolder) {
                throw new FilesException("'" + place + "' is not a folder");
            }
            if (spot.exists() && (!force || spot.isFolder())) {
                throw new FilesException("'" + spot.path() + "' already exists");
            }
            session.user().requireChange(spot);
            session.files()
                    .create(spot, Node.link(session.user().uid(), session.user().gid(), target));
        }
    }
}
