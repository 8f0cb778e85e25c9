package io.github.olympe.maven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packages of the public npm registry. */
public final class NpmPackages {

    private NpmPackages() {}

    /** Downloads the tarball of a package, such as {@code npm@10.8.2}, into a folder. */
    public static Path download(String nameAndVersion, Path folder) {
        return folder.resolve(RealProgram.run(folder, "npm", "pack", "--silent", nameAndVersion)
                .strip());
    }

    /** Unpacks a tarball: what is in its folder {@code package} is then in {@code folder}. */
    public static void unpack(Path tarball, Path folder) throws IOException {
        Files.createDirectories(folder);
        RealProgram.run(folder, "tar", "xzf", tarball.toString(), "--strip-components=1");
    }
}
