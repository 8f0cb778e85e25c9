package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import java.util.List;
import java.util.Map;

/** {@code mv}. */
record Move(boolean noFolder, List<String> sources, String target) implements Command {

    static Move of(List<String> words) throws NotComputable, FilesException {
        Arguments arguments = new Arguments(
                "mv", words, "fvT", Map.of("--force", 'f', "--verbose", 'v', "--no-target-directory", 'T'));
        List<String> operands = arguments.operands(2);
        return new Move(
                arguments.has('T'), operands.subList(0, operands.size() - 1), operands.get(operands.size() - 1));
    }

    @Override
    public void run(Session session) throws FilesException, NotComputable {
        for (String source : sources) {
            if (source.matches("(.*/)?\\.\\.?/*")) {
                throw new FilesException("'mv' moves neither '.' nor '..'");
            }
            if (session.isLinkWithSlash(source)) {
                throw new FilesException("'" + source + "' is a link, and not a folder");
            }
            boolean isFolder = !noFolder && session.follow(target).isFolder();
            if (!isFolder
                    && (sources.size() > 1
                            || target.endsWith("/") && !session.spot(source).isFolder())) {
                throw new FilesException("'" + target + "' is not a folder");
            }
            Spot from = session.spot(source);
            Node node = from.require();
            Spot to = isFolder ? session.inside(target, source) : session.spot(target);
            require(from, node, to);
            session.user().requireChange(from);
            session.user().requireChange(to);
            if (node.isFolder() && from.parent() != to.parent()) {
                session.user().requireWrite(from.path(), node);
            }
            session.files().move(from, to);
        }
    }

    private static void require(Spot from, Node node, Spot to) throws FilesException, NotComputable {
        Node there = to.node();
        if (there == node) {
            throw new NotComputable("implementations of 'mv' disagree about moving '" + from.path() + "' to itself");
        }
        if (there != null && there.isFolder() != node.isFolder()) {
            throw new FilesException("'" + to.path() + "' is " + (there.isFolder() ? "a folder" : "not a folder")
                    + ", and '" + from.path() + "' is " + (node.isFolder() ? "one" : "not"));
        }
        if (there != null && there.isFolder() && !there.all().isEmpty()) {
            throw new FilesException("the folder '" + to.path() + "' is not empty");
        }
    }
}
