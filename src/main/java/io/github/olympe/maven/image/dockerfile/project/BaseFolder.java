package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.base.BaseContent;
import io.github.olympe.maven.image.base.BaseFile;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of a base image, as the instructions of a Dockerfile see it. */
final class BaseFolder implements FolderSource {

    private final BaseFiles files;
    private final String path;

    private BaseFolder(BaseFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** Returns the root folder of a base image. */
    static BaseFolder root(BaseFiles files) {
        return new BaseFolder(files, "");
    }

    /**
     * The content of a base image's file.
     *
     * @param files the files of its image
     */
    record BaseFileContent(BaseFiles files, BaseFile file) implements Content {

        @Override
        public long size() {
            return files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            BaseContent content =
                    Objects.requireNonNull(files.contents(List.of(file)).get(file.path()));
            return Files.newInputStream(content.file());
        }
    }

    @Override
    public @Nullable Node child(String name) {
        String child = path.isEmpty() ? name : path + "/" + name;
        Optional<BaseFile> found = files.find(child);
        if (found.isEmpty()) {
            return null;
        }
        BaseFile file = found.get();
        if (file.isFolder()) {
            return Node.folder(file.mode(), file.uid(), file.gid(), new BaseFolder(files, child));
        }
        if (file.isSymbolicLink()) {
            return Node.link(file.uid(), file.gid(), file.linkTarget());
        }
        return file.isFile() || file.isHardLink()
                ? Node.file(file.mode(), file.uid(), file.gid(), new BaseFileContent(files, file))
                : Node.other(file.mode(), file.uid(), file.gid());
    }

    @Override
    public Collection<String> names() {
        return files.names(path);
    }
}
