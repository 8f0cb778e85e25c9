package io.github.olympe.maven.image.dockerfile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.TestTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Base images in memory. */
final class TestImages implements BaseContentsResolver {

    private static final String FILES = """
            etc/passwd f 644 0:0 root:x:0:0:root:/root:/bin/sh|nginx:x:101:4343::/none:/bin/sh|
            etc/group f 644 0:0 root:x:0:|nginx:x:4343:|
            etc/nginx/nginx.conf f 644 0:0 old conf
            etc/link l 0:0 nginx/nginx.conf
            usr/share/nginx/html d 711 4:5
            usr/share/nginx/html/index.html f 644 0:0 old page
            usr/share/nginx/html/old/file f 644 0:0 old
            web l 0:0 usr/share/nginx/html
            root/patches d 755 0:0
            root/patches/own f 600 0:0 own
            home d 777 0:0
            """;

    private static final String CONFIGURATION = """
            {"architecture": "amd64", "os": "linux", "unknown": {"a": 1}, "author": "first",
             "config": {"Env": ["PATH=/bin", "A=base"], "WorkingDir": "/home", "User": "", "Cmd": ["base"], "Entrypoint": ["/base"],
                        "Labels": {"b": "1", "a": "2"}, "ExposedPorts": {"80/tcp": {}}, "Volumes": {"/v": {}}, "Other": true}}
            """;

    static TestTree tree() {
        return TestTree.of(FILES);
    }

    static ObjectNode configuration() {
        return json(CONFIGURATION);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BaseContents resolve(BaseRequest request) {
        return switch (request.reference()) {
            case "base" -> new BaseContents(configuration(), tree());
            case "other" -> new BaseContents(json("{}"), TestTree.of("etc/hosts f 644 0:0 h"));
            case "triggering" ->
                new BaseContents(
                        json(
                                "{\"config\": {\"OnBuild\": [\"COPY docker/nginx.conf /triggered/\", \"RUN chmod 600 /triggered/*\", \"ENV T=1\"]}}"),
                        TestTree.of("etc/hosts f 644 0:0 h"));
            case "failing" -> new BaseContents(json("{\"config\": {\"OnBuild\": [\"RUN npm ci\"]}}"), TestTree.of(""));
            default -> throw new OlympeException("no image '" + request.reference() + "'.");
        };
    }

    /** A context with archives of several kinds, and with a file that is only called like one. */
    static FolderSource archives() {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] tar = tar();
        files.put("app.tar", tar);
        files.put("app.tar.gz", gzipped(tar));
        files.put("app.xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1});
        files.put("fake.gz", gzipped("no archive".getBytes(StandardCharsets.UTF_8)));
        return new FolderSource() {
            @Override
            public @Nullable Node child(String name) {
                byte[] content = files.get(name);
                return content == null ? null : Node.file(0644, 0, 0, content(content));
            }

            @Override
            public Collection<String> names() {
                return files.keySet();
            }
        };
    }

    static Content content(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    private static byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("file");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzipped(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
