package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.SourceLocation;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.Owner;
import io.github.olympe.maven.image.dockerfile.project.WrittenSection;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.text.OneLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say which images there are, what they are called and where they go. */
abstract class AbstractImageMojo extends AbstractOlympeMojo {

    private static final List<String> DEFAULT_TAGS = List.of("{branch}-{commit}", "{branch}", "latest", "{tag}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*");
    private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
    private static final String DRAW = "node_modules/@olympeio/draw";

    /**
     * The registry that images are pushed to, with the path that comes before their names: {@code registry.example.com/acme}. Without
     * one, {@code image} writes a tar of each image for {@code docker load}, and {@code push} fails.
     */
    @Parameter(property = "olympe.registry")
    @Nullable String registry;

    /** What the images are called: the first part of {@code <imageName>-frontend}, {@code <imageName>-backend}, … */
    @Parameter(property = "olympe.imageName", defaultValue = "${project.artifactId}")
    String imageName;

    /**
     * The tags of the images; the first one is deployed. Placeholders: {@code {branch}} and {@code {tag}} (git's, made fit for a tag as
     * GitLab's {@code CI_COMMIT_REF_SLUG}), {@code {commit}} (8 digits), {@code {build}} (the CI's build number), {@code {version}}
     * (Maven's), {@code {date}} ({@code yyyyMMddHHmmss}, UTC). A tag with a placeholder that has no value in this build is left out.
     * Default: {@code {branch}-{commit}}, {@code {branch}}, {@code latest}, {@code {tag}}.
     */
    @Parameter(property = "olympe.tags")
    @Nullable List<String> tags;

    /**
     * Labels of all images, besides {@code draw_version} and those of the OCI image specification for revision, version, source and base
     * image, which are there always.
     */
    @Parameter
    @Nullable Map<String, String> labels;

    /**
     * The registries that may be spoken to by plain HTTP, or with an untrusted or self-signed certificate: hosts with their ports where
     * they have one, separated by commas. {@code true} stands for the host of the parameter {@code registry}. Loopback hosts may always
     * speak plain HTTP.
     */
    @Parameter(property = "olympe.allowInsecureRegistries", defaultValue = "false")
    String allowInsecureRegistries;

    /**
     * The server of {@code settings.xml} that has the user and password of the registry. Default: the server whose id is the registry's
     * host, else docker's configuration and credential helpers.
     */
    @Parameter(property = "olympe.registryServerId")
    @Nullable String registryServerId;

    /**
     * The frontend's image. Elements: {@code name} (default {@code frontend}), {@code baseImage}
     * ({@code olympeio/frontend-base:stable}), {@code source} ({@code dist/web}), {@code target} ({@code /usr/share/nginx/html}),
     * {@code owner} ({@code nginx:root}), {@code skip}, {@code labels}, {@code platforms}, {@code includes}, {@code excludes},
     * {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable Frontend frontend;

    /**
     * The backends' images; without this section, one. Elements of each {@code backend}: {@code name} (default {@code backend}),
     * {@code baseImage} ({@code olympeio/backend-base:18-stable}), {@code source} ({@code dist/node}), {@code target}
     * ({@code /home/node/app}), {@code owner} ({@code 0:0}), {@code deployTo} (a regular expression on the names of the backends that it
     * is deployed to), {@code skip}, {@code labels}, {@code platforms}, {@code includes}, {@code excludes},
     * {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable List<Backend> backends;

    /**
     * The image of the code as data. Elements: {@code name} (default {@code codeasdata}), {@code baseImage}
     * ({@code olympeio/codeasdata-base:stable}), {@code source} ({@code dist/codeAsData}), {@code target} ({@code /root/patches}),
     * {@code owner} ({@code 1000:1000}, which gets all that is in the target), {@code targetMode} ({@code 775}), {@code deploy}
     * ({@code false}), {@code updateMode} ({@code auto} or {@code manual}), {@code skip}, {@code labels}, {@code platforms},
     * {@code includes}, {@code excludes}, {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /**
     * The frontend's base image, where its section does not name one. Default: that of the Dockerfile, else
     * {@code olympeio/frontend-base:stable}.
     */
    @Parameter(property = "olympe.frontend.baseImage")
    @Nullable String frontendBaseImage;

    /**
     * The backends' base image, where their sections do not name one. Default: that of the Dockerfile, else
     * {@code olympeio/backend-base:18-stable}.
     */
    @Parameter(property = "olympe.backend.baseImage")
    @Nullable String backendBaseImage;

    /**
     * The base image of the code as data, where its section does not name one. Default: that of the Dockerfile, else
     * {@code olympeio/codeasdata-base:stable}.
     */
    @Parameter(property = "olympe.codeAsData.baseImage")
    @Nullable String codeAsDataBaseImage;

    /**
     * Pushes and deploys the code as data, too, where its section does not say it. Deploying it briefly stops the composition database.
     */
    @Parameter(property = "olympe.codeAsData.deploy", defaultValue = "false")
    boolean codeAsDataDeploy;

    /** The branches that are pushed and deployed, a regular expression on a branch's whole name. */
    @Parameter(property = "olympe.deployBranches", defaultValue = "main|master")
    String deployBranches;

    /**
     * The instances to deploy to, of which the branch chooses one. Each {@code <environment>} has a {@code name}, a {@code branch} (a regular
     * expression on a branch's whole name), a {@code url}, and if need be a {@code serverId} and a {@code payload} of its own, used instead of
     * {@code deployServerId} and {@code payload}. A branch that no environment is for is not deployed; two for one branch are an error.
     */
    @Parameter
    @Nullable List<DeployEnvironment> environments;

    /**
     * The name of the environment to push and deploy for, whatever the branch. Merge and pull requests are not deployed even so.
     */
    @Parameter(property = "olympe.environment")
    @Nullable String environment;

    /** The images of this project, checked. Nothing is read but {@code package.json}. */
    final List<ImageSpec> imageSpecs() {
        PackageJson packageJson = PackageJson.read(projectDirectory());
        Images images = new Images();
        Frontend frontendSection = frontend == null ? new Frontend() : frontend;
        if (wanted(packageJson, frontend, frontendSection, "frontend", "frontendScript", frontendScript)) {
            images.add(
                    ImageKind.FRONTEND,
                    frontendSection,
                    new Defaults(
                            "frontend",
                            frontendBaseImage,
                            "olympeio/frontend-base:stable",
                            "dist/web",
                            "/usr/share/nginx/html",
                            "nginx:root"),
                    Optional.empty());
        }
        List<Backend> written = backends == null
                ? List.of()
                : backends.stream()
                        .map(backend -> backend == null ? new Backend() : backend)
                        .toList();
        for (Backend backend : written.isEmpty() ? List.of(new Backend()) : written) {
            Backend section = written.isEmpty() ? null : backend;
            if (wanted(packageJson, section, backend, "backends", "backendScript", backendScript)) {
                images.add(
                        ImageKind.BACKEND,
                        backend,
                        new Defaults(
                                "backend",
                                backendBaseImage,
                                "olympeio/backend-base:18-stable",
                                "dist/node",
                                "/home/node/app",
                                "0:0"),
                        Optional.empty());
            }
        }
        CodeAsData codeAsDataSection = codeAsData == null ? new CodeAsData() : codeAsData;
        if (!codeAsDataSection.skip) {
            String mode = codeAsDataSection.targetMode == null ? "775" : codeAsDataSection.targetMode.strip();
            if (!MODE.matcher(mode).matches()) {
                throw new OlympeException("The parameter 'codeAsData/targetMode' has the value '" + mode
                        + "', which is not a mode; write three octal digits such as '775'.");
            }
            images.add(
                    ImageKind.CODE_AS_DATA,
                    codeAsDataSection,
                    new Defaults(
                            "codeasdata",
                            codeAsDataBaseImage,
                            "olympeio/codeasdata-base:stable",
                            "dist/codeAsData",
                            "/root/patches",
                            "1000:1000"),
                    Optional.of(Integer.parseInt(mode, 8)));
        }
        return images.specs;
    }

    /** Whether the image of the code as data is pushed and deployed. */
    final boolean deploysCodeAsData() {
        return codeAsData != null && codeAsData.deploy != null ? codeAsData.deploy : codeAsDataDeploy;
    }

    /** Whether an image of this kind is pushed. */
    final boolean pushes(ImageKind kind) {
        return kind != ImageKind.CODE_AS_DATA || deploysCodeAsData();
    }

    /** Returns which builds push and deploy. */
    final DeployBranches deployBranches() {
        return new Environments(environments, deployBranches, environment).branches();
    }

    final ImageLog imageLog() {
        return new MavenImageLog(getLog());
    }

    /** The registries, opened with this build's credentials and proxies. */
    final Registries registries() {
        String host = registry().map(this::host).orElse("");
        return Registries.open(
                new RegistryCredentials(credentials(), registryServerId, host, environment(), imageLog()),
                proxies(),
                InsecureRegistries.of(allowInsecureRegistries, host),
                imageLog());
    }

    /** The folder of the local repository where images' parts are kept between builds. */
    final Path imageCache() {
        return cache().resolve("images");
    }

    /** The folder of the local repository where base images are kept between builds. */
    final Path baseImageCache() {
        return cache().resolve("base-images");
    }

    final Path imagesFolder() {
        return outputDirectory().resolve("images");
    }

    /** The registry with its path, where one is configured. */
    final Optional<String> registry() {
        String prefix = registry == null ? "" : registry.strip();
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        return Optional.of(prefix.substring(0, end)).filter(value -> !value.isEmpty());
    }

    /** The repository of an image of this name. */
    final String repository(String localName) {
        Optional<String> prefix = registry();
        if (prefix.isEmpty()) {
            ImageReference.ofRepository("imageName", localName);
            return localName;
        }
        if (prefix.get().contains("://")) {
            throw new OlympeException("The parameter 'registry' has the value '" + prefix.get()
                    + "'; write it without a protocol, as in 'registry.example.com/acme'.");
        }
        ImageReference.ofRepository("registry", prefix.get() + "/x");
        return ImageReference.ofRepository("imageName", prefix.get() + "/" + localName)
                .toString();
    }

    private String host(String prefix) {
        return ImageReference.ofRepository("registry", prefix + "/x").registry();
    }

    /** The version of Draw that the project is built with, from the folder where Node.js would find it. */
    final Optional<String> drawVersion() {
        for (Path folder = projectDirectory(); folder != null; folder = folder.getParent()) {
            Path draw = folder.resolve(DRAW);
            if (Files.isRegularFile(draw.resolve(PackageJson.FILE_NAME))) {
                return PackageJson.read(draw).version();
            }
        }
        return Optional.empty();
    }

    /** Whether there is this part of the project: package.json has the script that builds it, and its section does not skip it. */
    static boolean wanted(
            PackageJson packageJson,
            @Nullable ImageSection written,
            ImageSection section,
            String parameter,
            String scriptParameter,
            String script) {
        if (section.skip) {
            return false;
        }
        if (packageJson.hasScript(script)) {
            return true;
        }
        if (written != null) {
            throw new OlympeException(String.format(
                    "The parameter '%s' is set, but '%s' has no script '%s' that would build it; add the script, name another with"
                            + " the parameter '%s', or set <skip>true</skip>.",
                    parameter, packageJson.file(), script, scriptParameter));
        }
        return false;
    }

    private List<String> resolvedTags(BuildContext build) {
        boolean isDefault = tags == null || tags.isEmpty();
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        values.put("branch", build.branchSlug());
        values.put("commit", build.shortCommit());
        values.put("tag", build.tagSlug());
        values.put("build", build.buildNumber());
        values.put("version", Optional.of(project.getVersion()));
        values.put(
                "date",
                Optional.of(DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(session.getRequest().getStartTime().toInstant())));
        Set<String> resolved = new LinkedHashSet<>();
        for (String text : isDefault || tags == null ? DEFAULT_TAGS : tags) {
            // Maven has null for an element without content.
            String written = text == null ? "" : text.strip();
            new Template("tags", written).resolve(values).ifPresent(tag -> {
                if (!ImageReference.isTag(tag)) {
                    throw new OlympeException(String.format(
                            "The parameter 'tags' has the value '%s', which gives '%s' in this build, and that is not a tag; a tag has at"
                                    + " most 128 letters, digits and '_', '.', '-', and does not start with '.' or '-'.",
                            written, tag));
                }
                resolved.add(tag);
            });
        }
        List<String> list = new ArrayList<>(resolved);
        if (isDefault && list.size() > 1 && list.get(0).equals("latest")) {
            // A tag that moves is no way to say what was deployed.
            list.remove(0);
            list.add("latest");
        }
        if (list.isEmpty()) {
            throw new OlympeException("The parameter 'tags' has the value '" + tags
                    + "', and each of them names something that this build does not have; add one that always exists,"
                    + " such as '{version}' or 'latest'.");
        }
        return list;
    }

    private Map<String, String> projectLabels(BuildContext build) {
        Map<String, String> all = new TreeMap<>();
        drawVersion().ifPresent(version -> all.put("draw_version", version));
        build.commit().ifPresent(commit -> all.put("org.opencontainers.image.revision", commit));
        all.put("org.opencontainers.image.version", project.getVersion());
        SourceLocation.detect(environment(), projectDirectory())
                .ifPresent(url -> all.put("org.opencontainers.image.source", url));
        addLabels(all, "labels", labels);
        return all;
    }

    private static void addLabels(Map<String, String> all, String parameter, @Nullable Map<String, String> added) {
        if (added == null) {
            return;
        }
        added.forEach((key, value) -> {
            if (key.isBlank()) {
                throw new OlympeException("The parameter '" + parameter + "' has a label without a name; name it.");
            }
            if (!OneLine.isPlain(key)) {
                throw new OlympeException("The parameter '" + parameter + "' has the label '" + key
                        + "', whose name has a line break or another control character; take it out.");
            }
            all.put(key, value == null ? "" : value);
        });
    }

    private record Defaults(
            String name,
            @Nullable String givenBaseImage,
            String baseImage,
            String source,
            String target,
            String owner) {}

    /** The images found so far. */
    private final class Images {

        private final BuildContext build = buildContext();
        private final List<String> buildTags = resolvedTags(build);
        private final Map<String, String> buildLabels = projectLabels(build);
        private final Set<String> names = new HashSet<>();
        private final Set<String> variables = new HashSet<>();
        private final List<ImageSpec> specs = new ArrayList<>();

        void add(ImageKind kind, ImageSection section, Defaults defaults, Optional<Integer> targetMode) {
            String name = text(section.name, defaults.name());
            if (!NAME.matcher(name).matches()) {
                throw invalid(
                        kind,
                        "name",
                        name,
                        "is not a name; use lower-case letters, digits and '.', '_', '-' between them");
            }
            if (!names.add(name)) {
                throw invalid(kind, "name", name, "is another image's, too; give each image a name of its own");
            }
            String variable = BuildEnv.backendVariable(name);
            if (kind == ImageKind.BACKEND && !variables.add(variable)) {
                throw invalid(
                        kind,
                        "name",
                        name,
                        "has the variable '" + variable
                                + "' in build.env, as another backend's has; give them names that differ in more than punctuation");
            }
            Map<String, String> allLabels = new TreeMap<>(buildLabels);
            addLabels(allLabels, ImageSpec.parameter(kind, "labels"), section.labels);
            ImageSpec spec = new ImageSpec(
                    kind,
                    name,
                    repository(imageName + "-" + name),
                    buildTags,
                    ImageReference.of(
                            ImageSpec.parameter(kind, "baseImage"),
                            text(section.baseImage, text(defaults.givenBaseImage(), defaults.baseImage()))),
                    list(section.platforms).stream()
                            .map(platform -> Platform.of(ImageSpec.parameter(kind, "platforms"), platform))
                            .distinct()
                            .toList(),
                    projectDirectory(),
                    text(section.source, defaults.source()),
                    text(section.target, defaults.target()),
                    Owner.of(ImageSpec.parameter(kind, "owner"), text(section.owner, defaults.owner())),
                    targetMode,
                    kind == ImageKind.CODE_AS_DATA,
                    allLabels,
                    list(section.includes),
                    list(section.excludes),
                    modes(kind, section));
            specs.add(written(section, defaults, targetMode).applyTo(spec));
        }
    }

    private static WrittenSection written(ImageSection section, Defaults defaults, Optional<Integer> targetMode) {
        Map<String, String> arguments = new TreeMap<>();
        if (section.buildArgs != null) {
            section.buildArgs.forEach((name, value) -> arguments.put(name, value == null ? "" : value));
        }
        return new WrittenSection(
                text(section.dockerfile, ""),
                arguments,
                given(text(section.baseImage, text(defaults.givenBaseImage(), ""))),
                given(text(section.target, "")),
                given(text(section.owner, "")),
                section instanceof CodeAsData data && data.targetMode != null ? targetMode : Optional.empty());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    private static FileModes modes(ImageKind kind, ImageSection section) {
        return section.modes == null || section.modes.isBlank()
                ? FileModes.CANONICAL
                : FileModes.of(ImageSpec.parameter(kind, "modes"), section.modes);
    }

    private static OlympeException invalid(ImageKind kind, String element, String value, String what) {
        return new OlympeException("The parameter '" + ImageSpec.parameter(kind, element) + "' has the value '" + value
                + "', which " + what + ".");
    }

    private static String text(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static List<String> list(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .filter(value -> value != null && !value.isBlank())
                        .map(String::strip)
                        .toList();
    }
}
