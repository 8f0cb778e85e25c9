package io.github.olympe.maven.image.dockerfile.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.BaseContents;
import io.github.olympe.maven.image.dockerfile.BuildSettings;
import io.github.olympe.maven.image.dockerfile.DockerfileBuild;
import io.github.olympe.maven.image.dockerfile.files.Changes;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.ScratchFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real shell with real commands runs generated scripts in a base image's file system, and the plugin computes their effect. The files
 * must be the same, or the script fails and the plugin refuses it. The plugin may refuse more, if it says that it cannot follow.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MadeUpScriptsConformanceTest {

    private static final int SCRIPTS = 200;

    /** {@code -Dolympe.test.seed=…} generates other scripts. */
    private static final long SEED = Long.getLong("olympe.test.seed", 1);

    private Path folder;

    @BeforeEach
    void makeRoots() throws IOException {
        folder = ScratchFolder.create("olympe-scripts", 1L << 30);
        DockerfileFixture.makeRoots(folder);
    }

    @AfterEach
    void removeFiles() {
        ScratchFolder.remove(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "gnu"})
    void theFilesComeOutTheSame(String commands) throws IOException {
        Path root = folder.resolve(commands).resolve("rootfs");
        List<String> wrong = new ArrayList<>();
        int same = 0;
        for (long seed = SEED; seed < SEED + SCRIPTS; seed++) {
            Random random = new Random(seed);
            boolean byNode = random.nextInt(4) == 0;
            String script = MadeUpScript.of(random);
            Outcome theirs = run(root, script, byNode);
            Outcome ours = workOut(root, script, byNode);
            String difference = difference(theirs, ours);
            if (!difference.isEmpty()) {
                wrong.add("seed " + seed + ", " + (byNode ? "node" : "root") + ": " + script + ": " + difference);
            }
            same += theirs.files().equals(ours.files()) && ours.error().isEmpty() ? 1 : 0;
        }
        assertThat(String.join("\n", wrong)).isEmpty();
        assertThat(same).as("scripts that are followed").isGreaterThan(SCRIPTS / 5);
    }

    /** The result of a script: the files, or an error. */
    private record Outcome(TreeSet<String> files, String error) {}

    private static String difference(Outcome theirs, Outcome ours) {
        if (ours.error().contains("cannot follow")) {
            return "";
        }
        if (theirs.error().isEmpty() != ours.error().isEmpty()) {
            return "the commands say '" + theirs.error().strip() + "', the plugin '" + ours.error() + "'";
        }
        TreeSet<String> one = new TreeSet<>(theirs.files());
        one.removeAll(ours.files());
        TreeSet<String> other = new TreeSet<>(ours.files());
        other.removeAll(theirs.files());
        return one.isEmpty() && other.isEmpty() ? "" : "only by the commands " + one + ", only by the plugin " + other;
    }

    private Outcome run(Path root, String script, boolean byNode) throws IOException {
        Path work = folder.resolve("work");
        ImageTools.bash(folder, "cp -a '" + root + "' work");
        Process process = new ProcessBuilder(
                        "chroot",
                        byNode ? "--userspec=1000:1000" : "--userspec=0:0",
                        byNode ? "--groups=1000,77" : "--groups=0",
                        work.toString(),
                        "/bin/sh",
                        "-c",
                        "umask 022 && " + script)
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            boolean failed = process.waitFor() != 0;
            return failed
                    ? new Outcome(new TreeSet<>(), "failed: " + output)
                    : new Outcome(UnpackedTree.describe(work), "");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            UnpackedTree.remove(work);
        }
    }

    private static Outcome workOut(Path root, String script, boolean byNode) throws IOException {
        String dockerfile = "FROM base\n" + (byNode ? "USER node\n" : "") + "RUN " + script + "\n";
        try {
            Changes changes = DockerfileBuild.of(
                            Dockerfile.parse("Dockerfile", dockerfile), BuildSettings.of("dist", "linux/amd64"))
                    .plan(
                            FolderSource.NOTHING,
                            request -> new BaseContents(new ObjectMapper().createObjectNode(), new DiskFolder(root)))
                    .changes();
            return new Outcome(UnpackedTree.describe(root, changes), "");
        } catch (OlympeException e) {
            return new Outcome(new TreeSet<>(), String.valueOf(e.getMessage()));
        }
    }
}
