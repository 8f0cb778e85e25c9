package io.github.olympe.maven.adopt;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.compare.ComparePlan;
import io.github.olympe.maven.adopt.compare.CompareSettings;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.ImageBuild;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.pipeline.Ci;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.image.dockerfile.project.DockerfileSearch;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An existing project and the files with which the plugin adopts it. Existing files are never overwritten. */
public final class AdoptPlan implements Plan {

    private static final String POM = "pom.xml";
    private static final String POM_BESIDE = "pom.olympe.xml";
    private static final int LARGEST_POM_MEBIBYTES = 10;

    private final AdoptSettings settings;
    private final Findings findings;
    private final List<AdoptedFile> files;
    private final List<String> next;
    private final Optional<ComparePlan> comparison;

    private AdoptPlan(
            AdoptSettings settings,
            Findings findings,
            List<AdoptedFile> files,
            List<String> next,
            Optional<ComparePlan> comparison) {
        this.settings = settings;
        this.findings = findings;
        this.files = files;
        this.next = next;
        this.comparison = comparison;
    }

    /**
     * Reads the project.
     *
     * @throws OlympeException if it is not an Olympe project, or one of its files is broken
     */
    public static AdoptPlan of(AdoptSettings settings) {
        Optional<Ci> wanted = settings.ci().map(Ci::of);
        Findings findings = new Findings();
        Adoption adoption = Adoption.of(settings.project(), wanted, findings);
        Optional<ComparePlan> comparison =
                settings.comparison().map(with -> compare(settings.project(), with, adoption));
        if (comparison.isPresent() && isAdopted(settings.project())) {
            return new AdoptPlan(settings, new Findings(), List.of(), List.of(), comparison);
        }
        List<AdoptedFile> files = new ArrayList<>();
        String pom = adoption.pom().xml(settings.pluginVersion());
        files.add(
                Files.exists(settings.project().resolve(POM))
                                && !hasContent(settings.project().resolve(POM), pom)
                        ? new AdoptedFile(
                                POM_BESIDE,
                                pom,
                                "beside the pom.xml that is there; the new pipeline needs it in its place",
                                false)
                        : new AdoptedFile(POM, pom, "", false));
        files.addAll(WrapperFiles.of(settings.project()));
        adoption.ci().ifPresent(ci -> files.add(pipeline(settings.project(), ci, adoption, findings)));
        List<String> next = next(adoption.pom(), files.get(0).path());
        return new AdoptPlan(settings, findings, List.copyOf(files), next, comparison);
    }

    private static ComparePlan compare(Path project, CompareSettings settings, Adoption adoption) {
        Map<String, ImageBuild> builds = adoption.images().builds();
        Map<String, List<ImageReference>> pushed = new LinkedHashMap<>();
        builds.forEach((name, image) -> pushed.put(
                name,
                PipelineImages.of(image.references(), settings.build(), adoption.version(), settings.environment())));
        return ComparePlan.of(
                settings.with(),
                pushed,
                image -> dockerfile(
                        project,
                        image,
                        builds.containsKey(image.name())
                                ? builds.get(image.name()).dockerfile()
                                : ""));
    }

    /** Returns the text of an image's Dockerfile, empty if there is none. */
    private static String dockerfile(Path project, ImagesFile.Image image, String written) {
        Optional<Path> file = Files.isRegularFile(project.resolve(written))
                ? Optional.of(project.resolve(written))
                : DockerfileSearch.find(project, image.kind(), image.name(), "");
        try {
            return file.isPresent() ? ForeignText.read(file.get(), 1) : "";
        } catch (IOException e) {
            return ""; // The text is only used to explain differences.
        }
    }

    /** Returns whether the project already has a pom with this plugin. */
    private static boolean isAdopted(Path project) {
        try {
            Path pom = project.resolve(POM);
            return Files.isRegularFile(pom)
                    && ForeignText.read(pom, LARGEST_POM_MEBIBYTES)
                            .contains("<artifactId>olympe-maven-plugin</artifactId>");
        } catch (IOException e) {
            return false; // It stays unchanged, and the new one is written beside it.
        }
    }

    private static AdoptedFile pipeline(Path project, Ci ci, Adoption adoption, Findings findings) {
        String text = PipelineText.of(ci, adoption);
        if (!PipelineText.handsOnEachToken(ci, adoption)) {
            findings.open(
                    new Place(ci.file(), 1),
                    "a token for each environment",
                    "The new pipeline passes on none of them, because it cannot tell the branch. Set OLYMPE_DEPLOY_TOKEN there by branch.");
        }
        return Files.exists(project.resolve(ci.file())) && !hasContent(project.resolve(ci.file()), text)
                ? new AdoptedFile(
                        ci.beside(),
                        text,
                        "beside " + ci.file() + "; when you are happy with it, replace the old file",
                        false)
                : new AdoptedFile(ci.file(), text, "", false);
    }

    @Override
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (!files.isEmpty()) {
            lines.addAll(FindingsTable.lines(findings));
        }
        if (settings.dryRun() && !files.isEmpty()) {
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

    /** Returns the comparison with the images of the old pipeline; absent if none was requested. */
    public Optional<ComparePlan> comparison() {
        return comparison;
    }

    /**
     * Writes the files.
     *
     * @return what was written, one line each
     * @throws OlympeException if a file cannot be written, or already exists with another content; nothing is written then
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
        written.addAll(next);
        return written;
    }

    /** Returns what the user has to do next. */
    private static List<String> next(Pom pom, String file) {
        List<String> next = new ArrayList<>();
        if (pom.packaging().equals("olympe")) {
            if (!pom.properties().containsKey("olympe.registry")) {
                next.add("Set olympe.registry in the <properties> of " + file
                        + " to where images are pushed, such as registry.example.com/acme.");
            }
            if (!pom.properties().containsKey("olympe.deploy.url") && !hasUrl(pom.configuration())) {
                next.add("Set olympe.deploy.url in the <properties> of " + file
                        + " to the URL of the deploy webhook that Olympe gave you.");
            }
            next.add("Then run 'mvn " + (file.equals(POM) ? "" : "-f " + file + " ")
                    + "deploy -Dolympe.dryRun': it builds everything, and shows what would be pushed and sent.");
        }
        return next;
    }

    /** Returns whether an environment has the URL of its webhook. */
    private static boolean hasUrl(List<Element> configuration) {
        return configuration.stream().anyMatch(element -> element.name().equals("url") || hasUrl(element.children()));
    }

    /** Returns whether a file already exists with the same content. */
    private boolean isThere(AdoptedFile file) {
        Path path = settings.project().resolve(file.path());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (hasContent(path, file.content())) {
            return true;
        }
        throw new OlympeException(
                "The file '" + path + "' exists, and adopt overwrites nothing; move it away and run adopt again.");
    }

    private static boolean hasContent(Path path, String content) {
        try {
            return Arrays.equals(Files.readAllBytes(path), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return false; // An unreadable file counts as different.
        }
    }

    private static void makeExecutable(Path path) {
        if (!path.toFile().setExecutable(true, false)) {
            throw new OlympeException(
                    "The file '" + path + "' cannot be made executable; check the rights of its folder.");
        }
    }
}
