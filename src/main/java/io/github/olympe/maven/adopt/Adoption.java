package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.pipeline.Ci;
import io.github.olympe.maven.adopt.pipeline.PipelineFile;
import io.github.olympe.maven.adopt.pipeline.Pipelines;
import io.github.olympe.maven.adopt.shell.ShellRun;
import io.github.olympe.maven.adopt.shell.Variables;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.dockerfile.project.DockerfileSearch;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.runtime.NodeVersion;
import io.github.olympe.maven.node.runtime.VersionRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything that was read in a project, from which the pom and the pipeline are made. */
final class Adoption {

    /**
     * One version of each release line of Node.js, for pipelines that name only the line. The line of the default base image comes first.
     */
    private static final List<String> NODE_VERSIONS = List.of("18.20.8", "20.18.1", "22.11.0", "24.11.0");

    /** The placeholders of {@code versionTemplate}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?:version|commit|date|branch|tag|build)}");

    /** Matches the name of a script that builds a frontend. Note that {@code build} also contains {@code ui}. */
    private static final Pattern FRONTEND =
            Pattern.compile("(?:.*[^A-Za-z])?(?:web|draw|front|client|ui)\\w*|.*(?:Web|Draw|Front|Client|U[Ii])\\w*");

    private final Project project;
    private final Findings findings;
    private final Optional<Ci> ci;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<Element> configuration = new ArrayList<>();
    private final List<String> goals = new ArrayList<>();
    private final PomDeployments deployments;
    private final PomImages images;
    private Facts facts = new Facts();

    private Adoption(Project project, Findings findings, Optional<Ci> ci) {
        this.project = project;
        this.findings = findings;
        this.ci = ci;
        this.deployments = new PomDeployments(findings);
        this.images = new PomImages(project.folder(), findings);
    }

    /** Reads a project and its pipeline. */
    static Adoption of(Path folder, Optional<Ci> wanted, Findings findings) {
        Project project = Project.read(folder, findings);
        Optional<PipelineFile> pipeline = Pipelines.read(folder, findings);
        Adoption adoption = new Adoption(project, findings, wanted.or(() -> pipeline.map(PipelineFile::ci)));
        pipeline.ifPresent(adoption::read);
        adoption.scripts();
        adoption.dockerfiles();
        adoption.nodeVersion();
        return adoption;
    }

    private void read(PipelineFile pipeline) {
        PipelineFile.Outcome outcome = pipeline.run(findings);
        facts = outcome.facts();
        images.read(facts.images());
        deployments.read(outcome.deployments(), images.backends());
        images.registry().ifPresent(registry -> properties.put("olympe.registry", registry));
        properties.putAll(deployments.properties());
        List<String> tags = images.tags(deployments.deployed());
        if (!tags.isEmpty()) {
            configuration.add(Element.of(
                    "tags", tags.stream().map(tag -> Element.of("tag", tag)).toList()));
        }
        configuration.addAll(images.sections(deployments.deployTo(), deployments.updateMode()));
        configuration.addAll(deployments.elements());
    }

    Optional<Ci> ci() {
        return ci;
    }

    Facts facts() {
        return facts;
    }

    /** Returns the images that the pipeline builds. */
    PomImages images() {
        return images;
    }

    String version() {
        return project.packageJson().version().orElse("");
    }

    /** Returns the variables that hold the webhook's token, by branch. */
    Map<String, String> tokens() {
        return deployments.tokens();
    }

    /** Returns the pom. */
    Pom pom() {
        PackageJson packageJson = project.packageJson();
        String name = packageJson.name().orElse("app");
        String own = identifier(name.replaceFirst("^@[^/]*/", ""));
        String artifact = images.imageName()
                .filter(image -> identifier(image).equals(image))
                .orElse(own);
        images.imageName()
                .filter(image -> !image.equals(artifact))
                .ifPresent(image -> properties.put("olympe.imageName", image));
        String group = name.matches("@[^/]+/.*") ? identifier(name.substring(1, name.indexOf('/'))) : artifact;
        return new Pom(
                group,
                artifact,
                packageJson.version().orElse("1.0.0"),
                isLibrary() ? "olympe-library" : "olympe",
                properties,
                configuration,
                goals);
    }

    private static String identifier(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return plain.isEmpty() ? "app" : plain;
    }

    boolean isLibrary() {
        PackageJson packageJson = project.packageJson();
        return packageJson.hasScript("build")
                && !packageJson.hasScript(PackageJson.FRONTEND_SCRIPT)
                && !packageJson.hasScript(PackageJson.BACKEND_SCRIPT)
                && !properties.containsKey("olympe.frontendScript")
                && !properties.containsKey("olympe.backendScript")
                && facts.images().isEmpty();
    }

    /** Reads which scripts of package.json the pipeline runs. */
    private void scripts() {
        facts.scripts().forEach((script, place) -> {
            String text = project.packageJson().scripts().getOrDefault(script, "");
            if (script.endsWith(".sh")) {
                bump(script, place);
            } else if (script.equals(PackageJson.FRONTEND_SCRIPT) || script.equals(PackageJson.BACKEND_SCRIPT)) {
                findings.found(
                        place,
                        "npm run " + script,
                        script.equals(PackageJson.FRONTEND_SCRIPT) ? "goal build-frontend" : "goal build-backend");
            } else if (text.contains("buildCodeAsData") && !text.contains("build:")) {
                findings.found(place, "npm run " + script, "goal build-code-as-data");
            } else if (text.contains(PackageJson.FRONTEND_SCRIPT) || text.contains(PackageJson.BACKEND_SCRIPT)) {
                findings.found(place, "npm run " + script, "goals build-frontend, build-backend");
            } else if (FRONTEND.matcher(script).matches() && stands(script, PackageJson.FRONTEND_SCRIPT)) {
                properties.put("olympe.frontendScript", script);
                findings.found(place, "npm run " + script, "goal build-frontend");
            } else if (script.matches("(?i).*(node|back|server|service)\\w*")
                    && stands(script, PackageJson.BACKEND_SCRIPT)) {
                properties.put("olympe.backendScript", script);
                findings.found(place, "npm run " + script, "goal build-backend");
            } else if (!List.of("test", "publish", "buildCodeAsData", "build").contains(script)
                    || script.equals("build") && !isLibrary()) {
                findings.open(
                        place,
                        "npm run " + script,
                        "No goal runs it. Let a script of package.json that the build runs call it, such as 'prebuild:draw'.");
            } else if (script.equals("build")) {
                findings.found(place, "npm run build", "goal build-library");
            }
        });
        facts.versionTemplate().ifPresent(this::bindBump);
        if (project.packageJson().scripts().isEmpty() || !isLibrary() && !hasBuild()) {
            findings.open(
                    project.placeOf("\"scripts\""),
                    "no script build:draw and none build:node",
                    "Add them, or name the scripts that build the frontend and the backend in 'frontendScript' and 'backendScript'.");
        }
    }

    /**
     * Returns whether the pipeline runs a script in place of the usual one, as in a project whose {@code build:draw} builds the whole
     * editor.
     */
    private boolean stands(String script, String usual) {
        return !project.packageJson().hasScript(usual)
                || script.startsWith("build:")
                        && facts.scripts().keySet().stream()
                                .noneMatch(run -> run.equals(usual)
                                        || project.packageJson()
                                                .scripts()
                                                .getOrDefault(run, "")
                                                .contains(usual));
    }

    private boolean hasBuild() {
        return project.packageJson().hasScript(PackageJson.FRONTEND_SCRIPT)
                || project.packageJson().hasScript(PackageJson.BACKEND_SCRIPT)
                || properties.containsKey("olympe.frontendScript")
                || properties.containsKey("olympe.backendScript");
    }

    private void bump(String file, Place place) {
        List<String> lines = project.lines(file);
        Facts inScript = new Facts();
        if (!lines.isEmpty()) {
            new ShellRun(new Variables(Map.of()), Optional.empty(), findings, inScript)
                    .run(List.of(Script.of(file, 1, String.join("\n", lines))));
        }
        if (inScript.versionTemplate().isPresent()) {
            findings.found(place, file, "goal bump-version");
            bindBump(inScript.versionTemplate().get());
        } else {
            findings.open(
                    place,
                    file,
                    (lines.isEmpty() ? "There is no such file. " : "")
                            + "Bind the goal 'bump-version', and set 'versionTemplate' to the versions that the script makes.");
        }
    }

    private void bindBump(String template) {
        if (!PLACEHOLDER.matcher(template).replaceAll("").matches("[\\w.+-]*")) {
            findings.open(
                    project.placeOf("\"version\""),
                    "versions " + template,
                    "The goal 'bump-version' cannot make them. Bind it with the versions that you want in 'versionTemplate'.");
            return;
        }
        if (!goals.contains("bump-version")) {
            goals.add("bump-version");
            properties.put("olympe.versionTemplate", template);
        }
    }

    private void dockerfiles() {
        if (isLibrary() || !facts.images().isEmpty()) {
            return;
        }
        for (ImageKind kind : ImageKind.values()) {
            DockerfileSearch.find(project.folder(), kind, kind.defaultName(), "")
                    .ifPresent(file -> findings.found(
                            new Place(
                                    String.valueOf(project.folder().relativize(file))
                                            .replace('\\', '/'),
                                    1),
                            "Dockerfile",
                            kind.id() + " image, as it says"));
        }
    }

    private void nodeVersion() {
        Optional<String> written = project.nodeVersion().or(facts::nodeVersion);
        boolean needed =
                ci.filter(system -> system == Ci.GITLAB || system == Ci.JENKINS).isPresent();
        if (written.isPresent() || needed) {
            String version = written.orElse("").replaceFirst("^v", "");
            String line = version.replaceFirst("\\..*", "") + ".";
            String exact = version.matches("\\d+\\.\\d+\\.\\d+")
                    ? version
                    : NODE_VERSIONS.stream()
                            .filter(known -> known.startsWith(line))
                            .findFirst()
                            .orElseGet(this::fittingNode);
            properties.put("olympe.nodeVersion", exact);
        }
    }

    /** Returns the oldest version that package.json allows, so that the build output also runs on the base image. */
    private String fittingNode() {
        Optional<VersionRange> range = project.packageJson().engine().flatMap(VersionRange::parse);
        return NODE_VERSIONS.stream()
                .filter(version -> range.isEmpty()
                        || NodeVersion.parse(version)
                                .filter(range.get()::contains)
                                .isPresent())
                .findFirst()
                .orElse(NODE_VERSIONS.get(0));
    }
}
