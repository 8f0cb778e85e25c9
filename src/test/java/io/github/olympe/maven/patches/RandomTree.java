package io.github.olympe.maven.patches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Trees of a few files. Names and contents are the same in several trees, so a path may be a file, a folder or a link. */
public final class RandomTree {

    private static final List<String> NAMES = List.of(
            "A.newInst.json",
            ".A.newInst.json",
            "Prix en é.newRel.json",
            "with space.updateInst.json",
            "newInst.json",
            "B.newInst.json.bak",
            "B.newInst.jsonx",
            "file.zip",
            "file.ZIP",
            "0123456789abcdefABCD",
            "0123456789abcdefABC",
            "0123456789abcdefABCDE",
            "0123456789abcdefABCX",
            "change_log.txt",
            "change_log.txt.zip",
            "version.json",
            "folder",
            "[x]*.zip");
    private static final int FOLDERS = 2;
    private static final int CONTENTS = 4;

    private RandomTree() {}

    /** Writes a tree. */
    public static Path write(Path root, Random random) throws IOException {
        Files.createDirectories(root);
        fill(root, random, 0);
        return root;
    }

    private static void fill(Path folder, Random random, int depth) throws IOException {
        for (String name : NAMES) {
            Path path = folder.resolve(name);
            int kind = random.nextInt(12);
            if (kind == 0 && depth < FOLDERS) {
                fill(Files.createDirectory(path), random, depth + 1);
            } else if (kind == 1) {
                Files.createSymbolicLink(path, Path.of("A.newInst.json"));
            } else if (kind < 8) {
                Files.writeString(path, content(random.nextInt(CONTENTS)));
                Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(random.nextInt(3))));
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r--r--" : "rwxr-xr-x"));
            }
        }
        if (depth < FOLDERS) {
            fill(Files.createDirectory(folder.resolve("always")), random, depth + 1);
        }
    }

    /** Complete patches. Two have the same size, and the last one is the first one in another format. */
    private static String content(int which) {
        return switch (which) {
            case 0 -> "{\"operations\":[],\"rootTag\":\"0a01\"}";
            case 1 -> "{\"operations\":[],\"rootTag\":\"0a02\"}";
            case 2 -> "{\"operations\":[],\"rootTag\":\"0a0333\"}";
            default -> "{\"operations\": [], \"rootTag\": \"0a01\"}\n";
        };
    }
}
