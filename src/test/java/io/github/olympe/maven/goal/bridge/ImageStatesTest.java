package io.github.olympe.maven.goal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.compare.WholeImage;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.patches.DiffPlan;
import io.github.olympe.maven.patches.DiffSettings;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.CountedImage;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStatesTest {

    private static final String DATA = "root/patches/acme.shop/";

    @TempDir
    Path project;

    private final Map<String, TestImage> images = new HashMap<>();
    private final List<Digest> opened = new ArrayList<>();

    @Test
    void comparesTheCodeAsDataOfTwoImagesAndFetchesOnlyWhatDiffers() throws IOException {
        TestImage old = codeAsData(patch("0a01", "Price"), patch("0a02", "Tax"));
        TestImage fresh = codeAsData(patch("0a01", "Net price"), patch("0a03", "Total"));
        images.put("old", old);
        images.put("new", fresh);

        Difference difference = compare("r.example.com/shop:old", "r.example.com/shop:new");

        assertThat(difference.lines())
                .containsExactly(
                        "Code as data:",
                        "  Deleted brick 'Tax'",
                        "  Renamed brick 'Price' to 'Net price'",
                        "  Added brick 'Total'",
                        "The environment imports 2 files (1 new brick, 1 changed brick); 0 files and 2 layers"
                                + " unchanged; 1 deleted brick stays in its database.",
                        "3 changes in 1 folder: 1 added, 1 deleted, 1 renamed.");
        assertThat(opened)
                .extracting(Digest::value)
                .containsExactlyInAnyOrder(
                        old.layerDigests().get(1), fresh.layerDigests().get(1));
    }

    @Test
    void anImageEqualsItselfAndIsNotFetched() throws IOException {
        images.put("old", codeAsData(patch("0a01", "Price")));

        Difference difference = compare("r.example.com/shop:old", "r.example.com/shop:old");

        assertThat(difference.isEmpty()).isTrue();
        assertThat(opened).isEmpty();
    }

    @Test
    void aHardLinkToAPatchOutsideOfItsFolderIsThatPatch() throws IOException {
        images.put("old", codeAsData(patch("0a01", "Price")));
        images.put(
                "new",
                TestImage.create()
                        .file("data/one", 1000, 1000, 0644, patch("0a01", "Net price"))
                        .hardLink(DATA + "0a01.newInst.json", "data/one"));

        assertThat(compare("r.example.com/shop:old", "r.example.com/shop:new").lines())
                .contains("  Renamed brick 'Price' to 'Net price'");
    }

    @Test
    void comparesAnImageWithAFolder() throws IOException {
        images.put("old", codeAsData(patch("0a01", "Price")));
        Path file = project.resolve("dist/codeAsData/acme.shop/0a01.newInst.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, patch("0a01", "Net price"));
        Files.writeString(project.resolve("dist/codeAsData/version.json"), "{}");

        assertThat(compare("r.example.com/shop:old", "dist/codeAsData").lines())
                .contains("  Renamed brick 'Price' to 'Net price'")
                .last()
                .asString()
                .startsWith("1 change in 1 folder");
    }

    @Test
    void comparesFilesModesOwnersLinksAndConfiguration() throws IOException {
        String html = "usr/share/nginx/html/";
        images.put(
                "ours",
                TestImage.create()
                        .file("etc/passwd", 0, 0, 0644, "root:x:0:0")
                        .layer()
                        .file(html + "main.js", 101, 0, 0644, "let a = 1;")
                        .file(html + "same.js", 101, 0, 0644, "let b;")
                        .file(html + "gone.js", 101, 0, 0644, "let c;")
                        .link(html + "link", "main.js")
                        .config("User", "nginx")
                        .env("API_TOKEN", "one")
                        .env("MODE", "a"));
        images.put(
                "theirs",
                TestImage.create()
                        .file("etc/passwd", 0, 0, 0644, "root:x:0:0")
                        .layer()
                        .folder("usr", 0, 0, 0755)
                        .file(html + "main.js", 101, 0, 0644, "let a = 12;")
                        .file(html + "same.js", 0, 0, 0600, "let b;")
                        .file(html + "gone.js", 101, 0, 0644, "let c;")
                        .link(html + "link", "same.js")
                        .file(html + "new.js", 0, 0, 0644, "let d;")
                        .layer()
                        .whiteout(html + "gone.js")
                        .env("API_TOKEN", "two")
                        .env("MODE", "b")
                        .config("WorkingDir", "/app"));

        assertThat(compare("r.example.com/shop:ours", "r.example.com/shop:theirs")
                        .lines())
                .containsExactly(
                        "/usr/share/nginx/html/gone.js deleted",
                        "/usr/share/nginx/html/link changed (link to 'same.js', owner 0:0,"
                                + " before link to 'main.js', owner 0:0)",
                        "/usr/share/nginx/html/main.js changed (11 B, before 10 B)",
                        "/usr/share/nginx/html/new.js added (6 B)",
                        "/usr/share/nginx/html/same.js changed (mode 0600, owner 0:0, before mode 0644, owner 101:0)",
                        "configuration: Env API_TOKEN changed from '***' to '***'",
                        "configuration: Env MODE changed from 'a' to 'b'",
                        "configuration: User removed (was 'nginx')",
                        "configuration: WorkingDir set to '/app'",
                        "5 files changed; 4 settings of the image changed.");
        assertThat(project.resolve("target/olympe/diff/diff.json"))
                .content()
                .contains("\"attributes\" : \"mode 0600, owner 0:0\"", "\"name\" : \"WorkingDir\"")
                .doesNotContain("\"one\"", "\"two\"");
        assertThat(project.resolve("target/olympe/diff")).isDirectoryNotContaining("glob:.*");
    }

    @Test
    void anUpperLayerDeletesFilesOfLowerLayers() throws IOException {
        images.put("old", web());
        images.put("new", web().layer().whiteout("usr/share/nginx/html/admin.html"));

        assertThat(compare("r.example.com/shop:old", "r.example.com/shop:new").lines())
                .first()
                .isEqualTo("/usr/share/nginx/html/admin.html deleted");
        assertThat(compare("r.example.com/shop:new", "r.example.com/shop:old").lines())
                .first()
                .asString()
                .startsWith("/usr/share/nginx/html/admin.html added");
    }

    @Test
    void oneImagesLayerDeletesFilesOfASharedLayer() throws IOException {
        String file = "usr/share/nginx/html/main.js";
        images.put("old", web().layer().file(file, 0, 0, 0644, "let a;"));
        images.put("new", web().layer().file(file, 0, 0, 0644, "let ab;").whiteout("usr/share/nginx/html/admin.html"));

        assertThat(compare("r.example.com/shop:old", "r.example.com/shop:new").lines())
                .containsExactly(
                        "/usr/share/nginx/html/admin.html deleted",
                        "/usr/share/nginx/html/main.js changed (7 B, before 6 B)",
                        "2 files changed.");
    }

    @Test
    void sharedLayersAreNotFetchedIfBothImagesDeleteTheSame() throws IOException {
        String file = "usr/share/nginx/html/main.js";
        String gone = "usr/share/nginx/html/admin.html";
        images.put("old", web().layer().whiteout(gone).file(file, 0, 0, 0644, "let a;"));
        images.put("new", web().layer().whiteout(gone).file(file, 0, 0, 0644, "let ab;"));

        assertThat(compare("r.example.com/shop:old", "r.example.com/shop:new").lines())
                .containsExactly("/usr/share/nginx/html/main.js changed (7 B, before 6 B)", "1 file changed.");
        assertThat(opened).hasSize(2);
    }

    @Test
    void aWholeImageKnowsTheContentOfThePluginsLayers() throws IOException {
        BaseImage image = web().file("etc/hosts", 0, 0, 0644, "")
                .layer()
                .file("usr/share/nginx/html/main.js", 0, 0, 0644, "let a;")
                .whiteout("usr/share/nginx/html/admin.html")
                .asBase(ImageReference.of("image", "r.example.com/shop:new"));
        String history = "{\"history\": [{}, {\"comment\": \"olympe-maven-plugin\"}], ";
        String configuration = new String(image.configuration(), StandardCharsets.UTF_8)
                .replaceAll(", *\"history\": *\\[.*?]", "")
                .replaceFirst("\\{", history);
        try (ImageStates states = new ImageStates(
                parameter -> (reference, platforms) ->
                        List.of(new CountedImage(image, configuration.getBytes(StandardCharsets.UTF_8), opened)),
                "",
                project)) {
            WholeImage whole = states.recorded("new", ImageReference.of("image", "r.example.com/shop:new"))
                    .readWhole();
            assertThat(whole.baseLayers()).isEqualTo(1);
            assertThat(whole.files()).containsOnlyKeys("/etc/hosts", "/usr/share/nginx/html/main.js");
            assertThat(whole.ownPaths())
                    .containsExactlyInAnyOrder("/usr/share/nginx/html/main.js", "/usr/share/nginx/html/admin.html");
        }
    }

    private static TestImage web() {
        return TestImage.create().file("usr/share/nginx/html/admin.html", 101, 0, 0644, "<h1>admin</h1>");
    }

    @Test
    void aUserInAUrlIsNotShown() throws IOException {
        images.put("old", web().env("DATABASE", "mongodb://shop:s3cret@db/shop"));
        images.put("new", web().env("DATABASE", "mongodb://db/shop"));

        assertThat(compare("r.example.com/shop:old", "r.example.com/shop:new").lines())
                .contains("configuration: Env DATABASE changed from '***' to '***'");
    }

    @Test
    void anInvalidReferenceIsNotSentToARegistry() {
        for (String text : List.of("no-such-branch", "origin/no-such-branch", "no-such:thing")) {
            assertThatThrownBy(() -> compare(text, ""))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("Invalid value for 'from' (olympe.diff.from): '" + text + "'");
        }
    }

    private Difference compare(String from, String to) throws IOException {
        Path output = project.resolve("target/olympe/diff");
        BaseImages registry = (reference, platforms) -> List.of(
                new CountedImage(images.get(reference.tag().orElseThrow()).asBase(reference), opened));
        try (ImageStates states = new ImageStates(parameter -> registry, "/root/patches", output)) {
            return DiffPlan.of(new DiffSettings(
                            project, output, from, to, List.of("snapshot"), "@acme/shop", false, new SecretMask()))
                    .run(List.of(states), Optional.empty());
        }
    }

    /** A layer of a base image, the project's patches, and a layer on top. */
    private static TestImage codeAsData(String... patches) {
        TestImage image =
                TestImage.create().file("etc/passwd", 0, 0, 0644, "root:x:0:0").layer();
        for (String patch : patches) {
            String tag = patch.replaceAll(".*\"rootTag\":\"(\\w+)\".*", "$1");
            image.file(DATA + tag + ".newInst.json", 1000, 1000, 0644, patch);
        }
        return image.layer().file("root/patches/version.json", 1000, 1000, 0644, "{}");
    }

    private static String patch(String tag, String name) {
        return "{\"operations\":[{\"o\":1,\"t\":\"" + tag + "\",\"p\":{\"ff023000000000000011\":\"" + name
                + "\"}}],\"optionalOperations\":[],\"rootTag\":\"" + tag + "\"}";
    }
}
