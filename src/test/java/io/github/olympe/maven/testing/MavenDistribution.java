package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A Maven of another version, from the repository that this build uses. */
public final class MavenDistribution {

    private MavenDistribution() {}

    /** The home of this version, unpacked under {@code target/maven}. */
    public static Path home(String version) {
        String name = "apache-maven-" + version;
        return MadeOnce.folder("maven/" + version, folder -> {
                    unpack(zip(version), folder);
                    folder.resolve(name).resolve("bin/mvn").toFile().setExecutable(true);
                })
                .resolve(name);
    }

    private static Path zip(String version) throws IOException {
        Path repository = Path.of(
                System.getProperty("outer.localRepository", System.getProperty("user.home") + "/.m2/repository"));
        Path zip =
                repository.resolve("org/apache/maven/apache-maven/%1$s/apache-maven-%1$s-bin.zip".formatted(version));
        if (!Files.exists(zip)) {
            MavenBuild.Result result = MavenBuild.in(MavenBuild.TARGET)
                    .localRepository(repository)
                    .run(
                            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:get",
                            "-Dartifact=org.apache.maven:apache-maven:" + version + ":zip:bin",
                            "-Dtransitive=false");
            if (!result.succeeded()) {
                throw new IOException("Maven " + version + " could not be downloaded:\n" + result.log());
            }
        }
        return zip;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException(zip + " has an entry that leads out: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(entries, path);
                }
            }
        }
    }
}
