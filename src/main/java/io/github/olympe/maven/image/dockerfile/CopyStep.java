package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.CopyRecord;
import io.github.olympe.maven.image.dockerfile.files.Accounts;
import io.github.olympe.maven.image.dockerfile.files.FileMode;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import io.github.olympe.maven.image.dockerfile.files.Wildcard;
import io.github.olympe.maven.image.dockerfile.syntax.Expansion;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out an ADD or COPY. */
final class CopyStep {

    private static final String ROOT = "0:0";

    /** Set-user-id and set-group-id bits of the project's own files are not copied. */
    private static final int PROJECT_MODES = 01777;

    private final StageBuild stage;
    private final Copy copy;
    private final Expansion expansion;
    private final boolean fromContext;
    private final List<String> sources;

    CopyStep(StageBuild stage, Copy copy, Expansion expansion) {
        this.stage = stage;
        this.copy = copy;
        this.expansion = expansion;
        this.fromContext = copy.from().isEmpty();
        this.sources = copy.sources().stream().map(expansion::word).toList();
    }

    void run() throws FilesException {
        List<Source> found = new ArrayList<>();
        StageFiles from = source();
        for (String source : sources) {
            StaticCheck.requireLocal(copy, source);
            StaticCheck.requireInside(copy, source);
            found.addAll(find(from, source));
        }
        if (found.isEmpty()) { // If there is another source, a pattern may match nothing.
            throw missing(String.join(" ", sources));
        }
        boolean fromSource = fromContext && found.stream().anyMatch(source -> stage.build.isSource(source.path()));
        String writtenOwner = copy.owner().map(expansion::word).orElse("");
        String writtenTarget = expansion.word(copy.target());
        String owner = writtenOwner;
        String target = writtenTarget;
        if (fromSource) {
            target = stage.overrides
                    .target(copy.place(), writtenTarget)
                    .map(folder -> folder.endsWith("/") ? folder : folder + "/")
                    .orElse(writtenTarget);
            owner = stage.overrides.owner(copy.place(), writtenOwner).orElse(writtenOwner);
        }
        boolean keepsOwner = owner.isEmpty() && !fromContext;
        int number = stage.copies.size() + 1;
        Accounts.Ids ids = new Accounts(stage.files).owner(owner.isEmpty() ? ROOT : owner);
        place(found, target, ids, attributes(ids, keepsOwner), number);
        Spot end = stage.files.find(path(target), true);
        String shown = owner.isEmpty() && fromContext ? ROOT : owner;
        stage.copies.add(new CopyRecord(
                number,
                (copy.isAdd() ? "ADD" : "COPY")
                        + copy.from().map(name -> " --from=" + name).orElse("")
                        + (shown.isEmpty() ? "" : " --chown=" + shown)
                        + copy.mode().map(mode -> " --chmod=" + mode).orElse(""),
                String.join(" ", sources),
                target,
                end.path(),
                fromSource));
    }

    /** Something to copy, with the path that the instruction names. */
    private record Source(String path, Node node) {

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private StageFiles source() {
        if (fromContext) {
            return StageFiles.of(stage.context);
        }
        Optional<Stage> other = stage.stage.copied(stage.build.stages(), copy);
        if (other.isPresent()) {
            StageBuild built = stage.built.get(other.get().number());
            if (built == null) {
                throw copy.place().unsupported("a base image's ONBUILD copies from a stage that nothing else needs");
            }
            return built.files;
        }
        return StageFiles.of(stage.images
                .resolve(new BaseRequest(copy.from().orElse(""), Optional.empty(), copy.place()))
                .files());
    }

    private List<Source> find(StageFiles from, String source) throws FilesException {
        List<String> paths = Wildcard.isIn(source) ? matching(from, source) : List.of(StageFiles.clean(source));
        List<Source> found = new ArrayList<>();
        for (String path : paths) {
            Node node = from.find(path, true).node();
            if (node == null) {
                throw missing(source);
            }
            if (copy.isAdd() && node.isFile() && Archives.isArchive(node.content())) {
                throw copy.place().unsupported("ADD would unpack '" + source + "'");
            }
            found.add(new Source(path, node));
        }
        return found;
    }

    private RuntimeException missing(String source) {
        String where = fromContext
                ? " in the project's folder, or .dockerignore leaves it out; correct the path, or run the build that makes it"
                : " in '" + copy.from().orElse("") + "'; correct the path";
        return copy.place().mistake("there is no '" + source + "'" + where);
    }

    private List<String> matching(StageFiles from, String pattern) throws FilesException {
        List<String> found = new ArrayList<>(List.of(""));
        for (String part : StageFiles.clean(pattern).substring(1).split("/")) {
            Wildcard wildcard = Wildcard.of(part, "^")
                    .orElseThrow(() -> copy.place().mistake("'" + pattern + "' is not a pattern; correct it"));
            List<String> next = new ArrayList<>();
            for (String folder : found) {
                if (!Wildcard.isIn(part)) {
                    next.add(folder + "/" + part.replaceAll("\\\\(.)", "$1"));
                    continue;
                }
                Node node = from.find(folder + "/", true).node();
                if (node != null && node.isFolder()) {
                    node.names().stream().filter(wildcard::matches).forEach(name -> next.add(folder + "/" + name));
                }
            }
            found = next;
        }
        List<String> existing = new ArrayList<>();
        for (String path : found) {
            Node node = from.find(path, false).node();
            if (node != null && node.isLink() && !from.find(path, true).exists()) {
                throw copy.place()
                        .mistake("'" + pattern + "' matches the link '" + path.substring(1) + "', and there is no '"
                                + node.target() + "' that it leads to; remove the link, or name the files one by one");
            }
            if (node != null) {
                existing.add(path);
            }
        }
        return existing;
    }

    private StageFiles.Attributes attributes(Accounts.Ids ids, boolean keepsOwner) throws FilesException {
        Optional<String> written = copy.mode().map(expansion::word).filter(text -> !text.isEmpty());
        Optional<FileMode> mode = written.isPresent() ? Optional.of(FileMode.of(written.get())) : Optional.empty();
        return node -> {
            if (!keepsOwner) {
                node.setOwner(ids.uid(), ids.gid());
            }
            if (!node.isLink()) {
                int kept = fromContext ? node.mode() & PROJECT_MODES : node.mode();
                node.setMode(
                        mode.map(wanted -> wanted.apply(kept, node.isFolder())).orElse(kept));
            }
        };
    }

    /** Returns the absolute path of a target. Like docker, it resolves {@code ..} before links. */
    private String path(String target) {
        return StageFiles.clean(StageFiles.resolve(stage.workdir(), target));
    }

    /** With {@code --link}, docker does not follow a link on the way, but replaces it with a folder. */
    private void requireNoLink(String path) throws FilesException {
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
            String above = path.substring(0, end);
            Node node = stage.files.find(above, false).node();
            if (node != null && node.isLink()) {
                throw copy.place().unsupported("'" + above + "' is a link in the image, which --link does not follow");
            }
        }
    }

    private void place(
            List<Source> found, String target, Accounts.Ids ids, StageFiles.Attributes attributes, int number)
            throws FilesException {
        String path = path(target);
        boolean isFolder = target.isEmpty()
                || target.equals(".")
                || target.endsWith("/")
                || target.endsWith("/.")
                || stage.files.find(path, true).isFolder();
        Node there = stage.files.find(path, false).node();
        if (copy.link()) {
            boolean isBelow =
                    isFolder || found.stream().anyMatch(source -> source.node().isFolder());
            requireNoLink(isBelow ? path + "/" : path);
        } else if (there != null
                && there.isLink()
                && !stage.files.find(path, true).exists()) {
            throw copy.place().unsupported("'" + target + "' is a link to nothing in the image");
        }
        if ((found.size() > 1 || sources.size() > 1) && !isFolder) {
            throw copy.place().mistake("it copies several files, so the target is a folder; write '" + target + "/'");
        }
        for (Source source : found) {
            if (source.node().isFolder()) {
                Node into = stage.files.makeFolders(path, ids.uid(), ids.gid());
                StageFiles.merge(source.node(), into, number, attributes);
                continue;
            }
            if (isFolder) {
                stage.files.makeFolders(path, ids.uid(), ids.gid());
            } else {
                stage.files.makeFolders(path.substring(0, path.lastIndexOf('/') + 1), ids.uid(), ids.gid());
            }
            Spot spot = stage.files.find(isFolder ? path + "/" + source.name() : path, false);
            stage.files.put(spot, StageFiles.copy(source.node(), number, attributes));
        }
    }
}
