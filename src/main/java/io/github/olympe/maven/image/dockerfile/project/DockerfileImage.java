package io.github.olympe.maven.image.dockerfile.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.dockerfile.BaseContents;
import io.github.olympe.maven.image.dockerfile.DockerfileBuild;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.layer.PlannedLayer;
import io.github.olympe.maven.image.layout.ImageConfiguration;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.Json;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An image that follows its Dockerfile: for each platform, the layers to write and the configuration. */
public final class DockerfileImage {

    private final ImageSpec spec;
    private final FollowedDockerfile dockerfile;
    private final ProjectContext context;
    private final ContentHashes hashes;
    private final Images images;
    private final Path cache;
    private final ImageLog log;
    private final Set<String> notes = new LinkedHashSet<>();

    /** Finds images. */
    @FunctionalInterface
    public interface Images {

        /** Returns the image of this name for one platform. */
        BaseImage resolve(ImageReference reference, Platform platform);
    }

    /**
     * Creates an image that is not planned yet.
     *
     * @param source the hashed content of the folder with the build's result
     * @param output the folder that the plugin writes to
     * @param cache the folder of the cache for what is known of base images
     */
    public DockerfileImage(
            ImageSpec spec,
            FollowedDockerfile dockerfile,
            SourceTree source,
            Path output,
            Workers workers,
            ContentHashes hashes,
            Images images,
            Path cache,
            ImageLog log) {
        this.spec = spec;
        this.dockerfile = dockerfile;
        this.context = new ProjectContext(spec, dockerfile, source, workers, output);
        this.hashes = hashes;
        this.images = images;
        this.cache = cache;
        this.log = log;
    }

    /**
     * The image for one platform.
     *
     * @param base the image that its layers are put onto, with the configuration from the Dockerfile
     * @param history the instructions that changed only the configuration
     * @param targets the folders of the image that hold the build's result
     */
    public record Planned(BaseImage base, List<PlannedLayer> layers, List<String> history, List<String> targets) {}

    /**
     * Follows the Dockerfile for one platform.
     *
     * @param base the base image
     */
    public Planned plan(BaseImage base) {
        DockerfileBuild build = dockerfile.build(base.platform());
        Map<BaseRequest, BaseImage> resolved = new HashMap<>();
        build.base().ifPresent(request -> {
            if (!FollowedDockerfile.platform(request).orElse(base.platform()).accepts(base.platform())) {
                throw request.place()
                        .mistake("the pom builds the image for '" + base.platform()
                                + "'; remove '--platform', or the platform in the pom");
            }
            resolved.put(request, base);
        });
        DockerfilePlan plan = build.plan(
                context.root(),
                request -> contents(resolved.computeIfAbsent(request, asked -> resolve(asked, base.platform()))));
        context.hash(hashes);
        tell(plan, base);
        return new Planned(
                new Configured(base, Json.bytes(plan.configuration())),
                new DockerfileLayers(plan).layers(),
                plan.history(),
                SourceTargets.of(plan, spec.files().path()));
    }

    private BaseImage resolve(BaseRequest request, Platform platform) {
        return images.resolve(
                FollowedDockerfile.reference(request),
                FollowedDockerfile.platform(request).orElse(platform));
    }

    private BaseContents contents(BaseImage image) {
        return new BaseContents(ImageConfiguration.read(image), BaseFolder.root(new BaseFiles(image, cache, log)));
    }

    /** Logs how the Dockerfile was followed, once for all platforms. */
    private void tell(DockerfilePlan plan, BaseImage base) {
        List<String> lines = new ArrayList<>(plan.notes());
        JsonNode before = ImageConfiguration.read(base).at("/config/Labels");
        plan.configuration().at("/config/Labels").properties().forEach(label -> {
            String written = label.getValue().asText();
            String ours = spec.labels().get(label.getKey());
            if (ours != null
                    && !ours.equals(written)
                    && !written.equals(before.path(label.getKey()).asText())) {
                lines.add(dockerfile.path() + ": the label '" + label.getKey() + "' of the pom, '" + ours
                        + "', replaces '" + written + "'");
            }
        });
        lines.stream().filter(notes::add).forEach(log::info);
    }

    /** A base image with another configuration. */
    private record Configured(BaseImage base, byte[] json) implements BaseImage {

        @Override
        public ImageReference reference() {
            return base.reference();
        }

        @Override
        public Platform platform() {
            return base.platform();
        }

        @Override
        public byte[] configuration() {
            return json.clone();
        }

        @Override
        public List<BaseLayer> layers() {
            return base.layers();
        }

        @Override
        public InputStream open(BaseLayer layer) {
            return base.open(layer);
        }
    }
}
