package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.SourceLocation;
import io.github.olympe.maven.credential.EnvironmentSecrets;
import io.github.olympe.maven.goal.bridge.VettedLayer;
import io.github.olympe.maven.goal.session.BuildGoals;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.image.CreationTime;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.ImageProject;
import io.github.olympe.maven.image.ImageSettings;
import io.github.olympe.maven.image.LayerObservers;
import io.github.olympe.maven.image.SectionSettings;
import io.github.olympe.maven.image.push.PushedLayers;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.node.DrawVersion;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.ProjectPart;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.text.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the images of the frontend, the backends and the code as data from the build output in {@code dist}, without Docker. The result
 * is what the Dockerfiles of Olympe's documentation would give. Without a registry, or with {@code imageTar}, it also writes a tar of each
 * image for {@code docker load} to {@code target/olympe/images}.
 */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class ImageMojo extends RegistryMojo<ImagePlan> {

    /**
     * The tags of the images; the first one is deployed. Placeholders: {@code {branch}} and {@code {tag}} (git's names, in the form of
     * GitLab's {@code CI_COMMIT_REF_SLUG}), {@code {commit}} (8 digits), {@code {build}} (the CI's build number), {@code {version}}
     * (Maven's), {@code {date}} ({@code yyyyMMddHHmmss}, UTC). A tag with a placeholder that has no value in this build is left out.
     * Default: {@code {branch}-{commit}}, {@code {branch}}, {@code latest}, {@code {tag}}.
     */
    @Parameter(property = "olympe.tags")
    @Nullable List<String> tags;

    /**
     * Labels for all images. The plugin always sets {@code draw_version} and the labels of the OCI image specification for revision,
     * version, source and base image.
     */
    @Parameter
    @Nullable Map<String, String> labels;

    /**
     * The frontend's image. Elements: {@code name} (default {@code frontend}), {@code baseImage}
     * ({@code olympeio/frontend-base:stable}), {@code source} ({@code dist/web}), {@code target} ({@code /usr/share/nginx/html}),
     * {@code owner} ({@code nginx:root}), {@code skip}, {@code labels}, {@code platforms}, {@code includes}, {@code excludes},
     * {@code modes} ({@code canonical}), {@code dockerfile}, {@code buildArgs}.
     */
    @Parameter
    @Nullable Frontend frontend;

    /**
     * The frontend's base image, if its section does not name one. Default: the one in the Dockerfile, else
     * {@code olympeio/frontend-base:stable}.
     */
    @Parameter(property = "olympe.frontend.baseImage")
    @Nullable String frontendBaseImage;

    /**
     * The backends' base image, if their sections do not name one. Default: the one in the Dockerfile, else
     * {@code olympeio/backend-base:18-stable}.
     */
    @Parameter(property = "olympe.backend.baseImage")
    @Nullable String backendBaseImage;

    /**
     * The base image of the code as data, if its section does not name one. Default: the one in the Dockerfile, else
     * {@code olympeio/codeasdata-base:stable}.
     */
    @Parameter(property = "olympe.codeAsData.baseImage")
    @Nullable String codeAsDataBaseImage;

    /** Writes the tar of each image for {@code docker load} even if a registry is configured. */
    @Parameter(property = "olympe.image.tar", defaultValue = "false")
    boolean imageTar;

    /** The creation time in the images: an ISO 8601 time or seconds since 1970. Default: the time of the base image. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    @Nullable String outputTimestamp;

    @Inject
    LifecycleExecutor lifecycle;

    @Override
    ImagePlan plan(GoalContext context) {
        List<SectionSettings> sections = sections(PackageJson.read(context.projectDirectory()));
        sections.forEach(section -> EnvironmentSecrets.hide(section.buildArgs(), context.mask()));
        ImageSettings settings = new ImageSettings(
                new ImageProject(
                        context.projectDirectory(),
                        project.getVersion(),
                        DrawVersion.of(context.projectDirectory()),
                        SourceLocation.detect(context.environment(), context.projectDirectory()),
                        session.getRequest().getStartTime().toInstant()),
                names(),
                imageName,
                Texts.stripped(tags),
                Texts.withoutNulls(labels),
                sections,
                deploysCodeAsData(),
                imageTar,
                CreationTime.of(outputTimestamp),
                context.outputDirectory());
        return ImagePlan.of(settings, context.build());
    }

    /** Returns the sections of the parts that the project has. */
    private List<SectionSettings> sections(PackageJson packageJson) {
        List<SectionSettings> sections = new ArrayList<>();
        Frontend web = frontend == null ? new Frontend() : frontend;
        if (!web.skip && ProjectPart.frontend(frontendScript).isIn(packageJson, frontend != null)) {
            sections.add(web.settings(ImageKind.FRONTEND, frontendBaseImage));
        }
        boolean described = backends != null && !backends.isEmpty();
        for (Backend backend : Backend.sections(backends)) {
            if (!backend.skip && ProjectPart.backends(backendScript).isIn(packageJson, described)) {
                sections.add(backend.settings(ImageKind.BACKEND, backendBaseImage));
            }
        }
        CodeAsData data = codeAsData == null ? new CodeAsData() : codeAsData;
        if (!data.skip) {
            sections.add(data.settings(ImageKind.CODE_AS_DATA, codeAsDataBaseImage));
        }
        return sections;
    }

    @Override
    GoalContext after(ImagePlan plan, GoalContext context) {
        return context.withPlannedImages(plan.images());
    }

    @Override
    void run(ImagePlan plan, GoalContext context) {
        if (plan.images().isEmpty()) {
            context.inform(plan.describe());
        }
        try (Registries registries = registries(context);
                Registries inPassing = registriesInPassing(context)) {
            UnfinishedBuilds unfinished =
                    new UnfinishedBuilds(context.outputDirectory().resolve("build"));
            plan.images()
                    .forEach(image -> unfinished.requireFinished(
                            context.projectDirectory(), image.files().path()));
            Path baseImages = context.imageCache().baseImages();
            SessionReport.module(context)
                    .assembled(plan.run(
                            registries.baseImages(baseImages, context.offline()),
                            context.imageCache(),
                            context.offline() ? PushedLayers.NONE : inPassing.pushedLayers(baseImages),
                            observers(context),
                            imageLog()));
            if (deploysCodeAsData()
                    && environments().branches().deploy(context.build()).granted()) {
                plan.images().stream()
                        .filter(image -> image.kind() == ImageKind.CODE_AS_DATA)
                        .map(image -> context.outputDirectory()
                                .resolve(ImagePlan.LAYOUTS)
                                .resolve(image.name()))
                        .forEach(folder -> foresee(registries, context, images -> images.assembled(folder)));
            }
        }
    }

    /** If {@code vet} also runs in this build, it inspects the layers while they are written. */
    private LayerObservers observers(GoalContext context) {
        boolean isVetted = new BuildGoals(session, lifecycle)
                .running(project).stream()
                        .anyMatch(execution -> execution.getGoal().equals("vet"));
        return isVetted ? VettedLayer.observers(VetMojo.cache(context)) : LayerObservers.NONE;
    }
}
