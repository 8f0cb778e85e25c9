package io.github.olympe.maven.adopt;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.pipeline.Ci;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A project read, and the files that it is adopted by. Nothing that exists is overwritten. */
public final class AdoptPlan implements Plan {

    private static final String POM = "pom.xml";
    private static final String POM_BESIDE = "pom.olympe.xml";

    private final AdoptSettings settings;
    private final Findings findings;
    private final List<AdoptedFile> files;

    private AdoptPlan(AdoptSettings settings, Findings findings, List<AdoptedFile> files) {
        this.settings = settings;
        this.findings = findings;
        this.files = files;
    }

    /**
     * Reads the project.
     *
     * @throws OlympeException if it is no Olympe project, or a file of it is broken
     */
    public static AdoptPlan of(AdoptSettings settings) {
        Optional<Ci> wanted = settings.ci().map(Ci::of);
        Findings findings = new Findings();
        Adoption adoption = Adoption.of(settings.project(), wanted, findings);
        List<AdoptedFile> files = new ArrayList<>();
        Pom pom = adoption.pom();
        String text = pom.xml(settings.pluginVersion());
        if (Files.exists(settings.project().resolve(POM))) {
            files.add(new AdoptedFile(POM_BESIDE, text, "beside the pom.xml that is there", false));
        } else {
            files.add(new AdoptedFile(POM, text, "", false));
        }
        files.addAll(WrapperFiles.of(settings.project()));
        adoption.ci().ifPresent(ci -> files.add(pipeline(settings.project(), ci, adoption, findings)));
        return new AdoptPlan(settings, findings, List.copyOf(files));
    }

    private static AdoptedFile pipeline(Path project, Ci ci, Adoption adoption, Findings findings) {
        String text = PipelineText.of(ci, adoption);
        if (!PipelineText.handsOnEachToken(ci, adoption)) {
            findings.open(
                    new Place(ci.file(), 1),
                    "a token for each environment",
                    "The new pipeline hands on none of them where it cannot tell the branch. Set OLYMPE_DEPLOY_TOKEN there by branch.");
        }
        return Files.exists(project.resolve(ci.file()))
                ? new AdoptedFile(
                        ci.beside(),
                        text,
                        "beside " + ci.file() + "; when you are happy with it, replace the old file",
                        false)
                : new AdoptedFile(ci.file(), text, "", false);
    }

    @Override
    public List<String> describe() {
        List<String> lines = new ArrayList<>(FindingsTable.lines(findings));
        if (settings.dryRun()) {
            for (AdoptedFile file : files) {
                lines.add(file.path() + ":");
                if (file.path().startsWith("mvnw") || file.path().startsWith(WrapperFiles.FOLDER)) {
                    lines.add("    (of the Maven wrapper)");
                } else {
                    file.content().lines().forEach(line -> lines.add("    " + line));
                }
            }
            lines.add("Nothing was written (olympe.dryRun).");
        }
        return lines;
    }

    /**
     * Writes the files.
     *
     * @return what was written, a line each
     * @throws OlympeException if a file cannot be written, or exists with another content; nothing is written then
     */
    public List<String> run() {
        List<String> written = new ArrayList<>();
        if (settings.dryRun()) {
            return written;
        }
        List<AdoptedFile> missing =
                files.stream().filter(file -> !isThere(file)).toList();
        for (AdoptedFile file : missing) {
            Path path = settings.project().resolve(file.path());
            AtomicFile.write(path, file.content());
            if (file.executable()) {
                makeExecutable(path);
            }
            written.add("Wrote " + file.path() + (file.note().isEmpty() ? "" : " (" + file.note() + ")"));
        }
        return written;
    }

    /** Whether a file exists with the content that it would get. */
    private boolean isThere(AdoptedFile file) {
        Path path = settings.project().resolve(file.path());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            if (Arrays.equals(Files.readAllBytes(path), file.content().getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
        } catch (IOException e) {
            // What cannot be read has a content of its own.
        }
        throw new OlympeException(
                "The file '" + path + "' exists, and adopt overwrites nothing; move it away and run adopt again.");
    }

    private static void makeExecutable(Path path) {
        if (!path.toFile().setExecutable(true, false)) {
            throw new OlympeException(
                    "The file '" + path + "' cannot be made executable; check the rights of its folder.");
        }
    }
}
