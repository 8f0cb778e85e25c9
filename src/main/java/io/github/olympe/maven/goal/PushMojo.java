package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.PushResult;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Pushes the images that {@code image} assembled to the registry, with all their tags. It needs nothing but {@code target/olympe}, so that
 * it may run on another machine. Builds of other branches than {@code deployBranches} (and those of {@code environments}), and of merge
 * or pull requests, push nothing; the code as data is pushed only with {@code olympe.codeAsData.deploy}.
 */
@Mojo(name = "push", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class PushMojo extends AbstractImageMojo {

    @Inject
    LifecycleExecutor lifecycle;

    @Override
    void run() {
        DeployBranches.Decision decision = deployBranches().push(buildContext());
        if (!decision.granted()) {
            getLog().info("Skipping push: " + decision.reason() + ".");
            return;
        }
        ImagesFile file = ImagesFile.read(outputDirectory());
        List<ImagesFile.Image> images = file.images().stream()
                .filter(image -> pushes(image.kind()))
                .map(this::inRegistry)
                .toList();
        file.images().stream()
                .filter(image -> !pushes(image.kind()))
                .forEach(image -> getLog().info("The image '" + image.name()
                        + "' is not pushed, since deploying it briefly stops the composition database;"
                        + " set -Dolympe.codeAsData.deploy=true to do so."));
        List<PushRequest> requests = images.stream().map(this::request).toList();
        if (dryRun) {
            requests.forEach(request -> getLog().info("Dry run: would push " + request.reference() + " ("
                    + request.layout().root().digest() + ") with the tags " + String.join(", ", request.tags())));
            return;
        }
        if (requests.isEmpty()) {
            getLog().info("There are no images to push.");
            return;
        }
        List<PushResult> results;
        try (Registries registries = registries()) {
            results = registries.pusher(baseImageCache()).push(requests);
        }
        List<ImagesFile.Image> pushed = IntStream.range(0, images.size())
                .mapToObj(i -> images.get(i).withPushed(results.get(i).digest()))
                .toList();
        SessionReport.module(context()).pushed(pushed, results);
        new ImagesFile(file.images().stream()
                        .map(image -> pushed.stream()
                                .filter(other -> other.name().equals(image.name()))
                                .findFirst()
                                .orElse(image))
                        .toList())
                .write(outputDirectory());
        BuildEnv.write(outputDirectory(), pushed, drawVersion().or(() -> BuildEnv.drawVersion(outputDirectory())));
    }

    /** An image that was assembled with no registry configured goes to the one that is configured now. */
    private ImagesFile.Image inRegistry(ImagesFile.Image image) {
        boolean namesRegistry = ImageReference.ofRepository("imageName", image.repository())
                .toString()
                .equals(image.repository());
        if (namesRegistry) {
            return image;
        }
        if (registry().isEmpty()) {
            throw new OlympeException(
                    "The parameter 'registry' is missing, so that it is not known where to push the images; set it to the registry"
                            + " with its path, such as 'registry.example.com/acme' (-Dolympe.registry).");
        }
        return image.withRepository(repository(image.repository()));
    }

    private PushRequest request(ImagesFile.Image image) {
        ImageLayout layout = ImageLayout.read(imagesFolder().resolve(image.name()));
        if (!PushRequest.holds(layout, image.digest())) {
            throw new OlympeException("The image in '" + layout.folder() + "' is not the one of '"
                    + outputDirectory().resolve(ImagesFile.NAME) + "'; run 'mvn olympe:image' again.");
        }
        return new PushRequest(layout, ImageReference.ofRepository("registry", image.repository()), image.tags());
    }

    @Override
    void ended(GoalContext context) {
        new ReactorDeployments(session, lifecycle).ended(context);
    }
}
