package io.github.olympe.maven.image.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BranchPattern;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.LayoutFixture;
import io.github.olympe.maven.image.RepositoryNames;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestBaseImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushPlanTest {

    private static final ImageReference BASE = ImageReference.of(
            "baseImage", "olympeio/backend-base@" + Digest.of("base").value());

    @TempDir
    Path folder;

    private boolean codeAsData;
    private boolean dryRun;

    private PushPlan plan(String registry, String branch) {
        PushSettings settings = new PushSettings(
                RepositoryNames.in(registry),
                new DeployBranches(BranchPattern.of("deployBranches", "main"), List.of(), Optional.empty()),
                codeAsData,
                dryRun,
                Optional.of("2.9.2"),
                folder);
        return PushPlan.of(
                settings,
                new BuildContext(
                        "git",
                        Optional.of(branch),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Makes an image's layout, and returns its entry in {@code images.json}. */
    private ImagesFile.Image assembled(ImageKind kind, String name, String repository) {
        ImageLayout layout = LayoutFixture.of(
                folder.resolve("images").resolve(name),
                List.of(TestBaseImages.backend("amd64").asBase(BASE)),
                Map.of("file", name.getBytes(StandardCharsets.UTF_8)));
        return new ImagesFile.Image(
                kind,
                name,
                repository,
                List.of("main-1", "main"),
                layout.root().digest(),
                Digest.of(name),
                BASE.toString(),
                false,
                List.of("/home/node/app"),
                List.of());
    }

    private ImagesFile.Image shop(String registry) {
        ImagesFile.Image backend = assembled(ImageKind.BACKEND, "backend", registry + "shop-backend");
        new ImagesFile(List.of(backend, assembled(ImageKind.CODE_AS_DATA, "codeasdata", registry + "shop-codeasdata")))
                .write(folder);
        return backend;
    }

    @Test
    void saysWhatItPushesAndWhatItDoesNot() {
        shop("reg.io/acme/");

        assertThat(plan("", "main").describe())
                .containsExactly(
                        "The image 'codeasdata' is not pushed, since deploying it briefly stops the composition database;"
                                + " set -Dolympe.codeAsData.deploy=true to do so.",
                        "Pushing reg.io/acme/shop-backend:main-1 with the tags main-1, main");
    }

    @Test
    void doesNotPushCodeAsDataThatTheEnvironmentHasImported() {
        shop("reg.io/acme/");
        codeAsData = true;
        PushPlan plan = plan("", "main");
        assertThat(plan.codeAsData()).contains(folder.resolve("images/codeasdata"));
        assertThat(plan.requests()).hasSize(2);

        PushPlan without = plan.withoutImportedCodeAsData();

        assertThat(without.codeAsData()).isEmpty();
        assertThat(without.requests()).hasSize(1);
        assertThat(without.notes())
                .containsExactly("The image 'codeasdata' is not pushed, since the environment has imported all of it"
                        + " already (olympe.codeAsData.deploy is auto).");
    }

    @Test
    void aDryRunSaysThatItWouldPush() {
        shop("reg.io/acme/");
        codeAsData = true;
        dryRun = true;

        PushPlan plan = plan("", "main");

        assertThat(plan.notes()).isEmpty();
        assertThat(plan.describe())
                .hasSize(2)
                .allMatch(line -> line.startsWith("Dry run: would push reg.io/acme/shop-"));
    }

    @Test
    void anotherBranchPushesNothingAndReadsNoImages() throws Exception {
        Files.writeString(folder.resolve(ImagesFile.NAME), "{");

        PushPlan plan = plan("reg.io/acme", "topic");

        assertThat(plan.describe())
                .containsExactly(
                        "Skipping push: the branch 'topic' does not match; these branches are deployed: 'main'.");
        assertThat(plan.requests()).isEmpty();
        assertThat(plan.repositories()).isEmpty();
    }

    @Test
    void imagesAssembledWithoutARegistryGoToTheConfiguredOne() {
        shop("");

        PushRequest request = plan("reg.io/acme", "main").requests().get(0);

        assertThat(request.reference()).hasToString("reg.io/acme/shop-backend:main-1");
        assertThat(request.tags()).containsExactly("main-1", "main");
        assertThat(plan("reg.io/acme", "main").repositories()).containsExactly(request.repository());
    }

    @Test
    void imagesAssembledForARegistryGoThere() {
        shop("reg.io/acme/");

        assertThat(plan("other.io/acme", "main").requests().get(0).reference())
                .hasToString("reg.io/acme/shop-backend:main-1");
    }

    @Test
    void withoutARegistryTheParameterIsMissing() {
        shop("");

        assertThatThrownBy(() -> plan("", "main").repositories())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Missing parameter 'registry' (olympe.registry)");
    }

    @Test
    void refusesALayoutThatDoesNotMatchImagesJson() {
        shop("reg.io/acme/");
        LayoutFixture.of(
                folder.resolve("images/backend"),
                List.of(TestBaseImages.backend("amd64").asBase(BASE)),
                Map.of("file", "changed".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> plan("", "main").requests())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("images/backend' is not the one of '")
                .hasMessageContaining("run 'mvn olympe:image' again");
    }

    @Test
    void recordsTheDigestOfEachImage() {
        shop("reg.io/acme/");
        codeAsData = true;
        PushPlan plan = plan("", "main");
        List<PushResult> results = plan.requests().stream()
                .map(request ->
                        new PushResult(request, Digest.of(request.repository().repository()), List.of()))
                .toList();

        plan.finish(results);

        assertThat(ImagesFile.read(folder).images())
                .extracting(ImagesFile.Image::digest)
                .containsExactly(Digest.of("acme/shop-backend"), Digest.of("acme/shop-codeasdata"));
    }

    @Test
    void recordsWhatIsInTheRegistry() {
        shop("");
        PushPlan plan = plan("reg.io/acme", "main");
        Digest pushed = Digest.of("as the registry has it");

        List<ImagesFile.Image> done =
                plan.finish(List.of(new PushResult(plan.requests().get(0), pushed, List.of())));

        assertThat(done).singleElement().satisfies(image -> {
            assertThat(image.reference()).isEqualTo("reg.io/acme/shop-backend:main-1");
            assertThat(image.digest()).isEqualTo(pushed);
        });
        assertThat(ImagesFile.read(folder).images())
                .extracting(ImagesFile.Image::name, ImagesFile.Image::pushed)
                .containsExactly(tuple("backend", true), tuple("codeasdata", false));
        assertThat(folder.resolve(BuildEnv.NAME)).content().isEqualTo("""
                BACKEND_IMAGE=reg.io/acme/shop-backend:main-1
                DRAW_VERSION=2.9.2
                """);
    }
}
