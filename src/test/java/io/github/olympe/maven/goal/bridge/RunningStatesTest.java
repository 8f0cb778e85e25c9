package io.github.olympe.maven.goal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.patches.DiffPlan;
import io.github.olympe.maven.patches.DiffSettings;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeployedImage.Kind;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.release.LedgerFixture;
import io.github.olympe.maven.release.RecordId;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningStatesTest {

    @TempDir
    Path folder;

    private LedgerFixture fixture;
    private EmbeddedRegistry registry;
    private Ledger ledger;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture(folder);
        registry = fixture.registry;
        ledger = fixture.ledger;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void comparesWhatAnEnvironmentRunsWithAFolder() throws IOException {
        record("production", 1, Outcome.ACCEPTED, codeAsData("a", "Price"), frontend("a", "let a;"));
        record("production", 2, Outcome.ACCEPTED, frontend("b", "let b;"));
        record("production", 3, Outcome.REJECTED, codeAsData("c", "Other"));
        Path patch = folder.resolve("dist/codeAsData/acme.shop/0a01.newInst.json");
        Files.createDirectories(patch.getParent());
        Files.writeString(patch, patch("Net price"));
        Files.writeString(folder.resolve("dist/codeAsData/version.json"), "{}");

        Difference difference = compare("production", "dist/codeAsData");

        assertThat(difference.from()).isEqualTo("production");
        assertThat(difference.lines())
                .contains(
                        "  Renamed brick 'Price' to 'Net price'",
                        "The environment imports 1 file (0 new bricks, 1 changed brick); 0 files unchanged.");
    }

    @Test
    void comparesTheImagesOfTwoEnvironmentsOneByOne() throws IOException {
        record("test", 1, Outcome.ACCEPTED, codeAsData("a", "Price"), frontend("a", "let a;"));
        record("production", 2, Outcome.ACCEPTED, codeAsData("b", "Net price"), frontend("b", "let ab;"));

        Difference difference = compare("test", "production");

        assertThat(difference.lines())
                .containsExactly(
                        "Code as data:",
                        "  Renamed brick 'Price' to 'Net price'",
                        "frontend: /usr/share/nginx/html/main.js changed (7 B, before 6 B)",
                        "The environment imports 1 file (0 new bricks, 1 changed brick); 0 files and 1 layer"
                                + " unchanged.",
                        "1 change in 1 folder: 1 renamed; 1 file of frontend changed.");
    }

    @Test
    void comparesAnEnvironmentWithAnImage() throws IOException {
        record("test", 1, Outcome.ACCEPTED, codeAsData("a", "Price"), frontend("a", "let a;"));
        DeployedImage fresh = frontend("b", "let ab;");

        assertThat(compare("test", fresh.reference()).lines())
                .containsExactly("/usr/share/nginx/html/main.js changed (7 B, before 6 B)", "1 file changed.");
    }

    @Test
    void saysIfNothingIsKnown() {
        record("test", 1, Outcome.ACCEPTED, frontend("a", "let a;"));

        assertThatThrownBy(() -> compare("production", ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("It is not known what the environment 'production' runs: ");
        assertThatThrownBy(() -> compare("test", ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("No record says which code as data the environment 'test' runs.");
    }

    @Test
    void namesTheParameterOfAMissingImage() throws IOException {
        String missing = registry.host() + "/acme/none:1";
        Files.createDirectory(folder.resolve("patches"));

        assertThatThrownBy(() -> compare(missing, ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The image '" + missing + "' cannot be pulled: ")
                .hasMessageContaining("correct the parameter 'from' (olympe.diff.from), or push it there");
        assertThatThrownBy(() -> compare("patches", missing))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("correct the parameter 'to' (olympe.diff.to)");
    }

    @Test
    void blamesNoParameterForAMissingRecordedImage() throws IOException {
        Files.createDirectory(folder.resolve("patches"));
        record("production", 1, Outcome.ACCEPTED, codeAsData("a", "Price"));
        registry.removeManifest("acme/shop-codeasdata", "a");

        assertThatThrownBy(() -> compare("production", "patches"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("the parameter 'registry' (olympe.registry)")
                .message()
                .doesNotContain("olympe.diff");
    }

    @Test
    void predictsWhatAnEnvironmentImports() {
        DeployedImage old = codeAsData("a", "Price");
        DeployedImage fresh = codeAsData("b", "Net price");
        record("test", 1, Outcome.ACCEPTED, old);
        try (ImageStates images = images()) {
            RunningStates states = new RunningStates(ledger, List.of(), images);

            assertThat(states.forecast("test", images.inRegistry(ImageReference.of("a", old.reference()))))
                    .hasValueSatisfying(
                            forecast -> assertThat(forecast.isEmpty()).isTrue());
            assertThat(states.forecast("test", images.inRegistry(ImageReference.of("b", fresh.reference()))))
                    .hasValueSatisfying(forecast -> assertThat(forecast.lines())
                            .containsExactly(
                                    "The environment imports 1 file (0 new bricks, 1 changed brick); 0 files and 1"
                                            + " layer unchanged.",
                                    "  Changed: 'Net price'"));
            assertThat(states.forecast("production", images.inRegistry(ImageReference.of("b", fresh.reference()))))
                    .isEmpty();
        }
    }

    @Test
    void makesNoForecastAfterADeploymentThatMayHaveBeenAccepted() {
        DeployedImage old = codeAsData("a", "Price");
        record("test", 1, Outcome.ACCEPTED, old);
        record("test", 2, Outcome.SENT, codeAsData("b", "Net price"));
        record("test", 3, Outcome.ACCEPTED, frontend("c", "let c;"));
        try (ImageStates images = images()) {
            RunningStates states = new RunningStates(ledger, List.of(), images);

            assertThat(states.forecast("test", images.inRegistry(ImageReference.of("a", old.reference()))))
                    .isEmpty();
        }
    }

    @Test
    void distinguishesImagesWithTheSameName() throws IOException {
        record("test", 1, Outcome.ACCEPTED, backend("shop", "let a;"), backend("orders", "let b;"));
        record("production", 2, Outcome.ACCEPTED, backend("shop", "let a;"), backend("orders", "let bc;"));

        assertThat(compare("test", "production").lines())
                .contains("orders: /usr/share/nginx/html/main.js changed (7 B, before 6 B)");
    }

    /** Like a record made from variables. */
    private DeployedImage backend(String repository, String content) {
        String tag = "v" + content.length();
        String digest = web(content).pushTo(registry.host(), "acme/" + repository, tag);
        return new DeployedImage(
                Kind.BACKEND, "backend", registry.host() + "/acme/" + repository + ":" + tag, new Digest(digest));
    }

    private ImageStates images() {
        return new ImageStates(
                parameter -> fixture.registries.images(folder.resolve("cache"), false, parameter),
                "/root/patches",
                folder.resolve("diff"));
    }

    private Difference compare(String from, String to) throws IOException {
        Path output = folder.resolve("target/olympe/diff");
        try (ImageStates images = images()) {
            return DiffPlan.of(new DiffSettings(
                            folder, output, from, to, List.of("snapshot"), "@acme/shop", false, new SecretMask()))
                    .run(
                            List.of(new RunningStates(ledger, List.of("test", "production"), images), images),
                            Optional.empty());
        }
    }

    private DeployedImage codeAsData(String tag, String name) {
        return pushed(
                Kind.CODE_AS_DATA,
                tag,
                TestImage.create()
                        .file("etc/passwd", 0, 0, 0644, "root:x:0:0")
                        .layer()
                        .file("root/patches/acme.shop/0a01.newInst.json", 0, 0, 0644, patch(name)));
    }

    private DeployedImage frontend(String tag, String content) {
        return pushed(Kind.FRONTEND, tag, web(content));
    }

    private static TestImage web(String content) {
        return TestImage.create()
                .file("etc/passwd", 101, 0, 0644, "nginx:x:101:0")
                .layer()
                .file("usr/share/nginx/html/main.js", 0, 0, 0644, content);
    }

    private DeployedImage pushed(Kind kind, String tag, TestImage image) {
        String name = kind == Kind.FRONTEND ? "frontend" : "codeasdata";
        String digest = image.pushTo(registry.host(), "acme/shop-" + name, tag);
        return new DeployedImage(kind, name, registry.host() + "/acme/shop-" + name + ":" + tag, new Digest(digest));
    }

    private void record(String environment, int second, Outcome outcome, DeployedImage... images) {
        ledger.append(new DeploymentRecord(
                DeploymentRecord.VERSION,
                RecordId.of(environment + "-2026112612000" + second + "-1a2b3c4d"),
                environment,
                outcome,
                DeploymentRecord.Action.DEPLOY,
                null,
                "https://deploy.example.com/" + environment,
                Json.object(),
                List.of(images),
                new DeploymentRecord.Source("git", "main", null, null, null, null),
                "a",
                "0.1.0",
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private static String patch(String name) {
        return "{\"operations\":[{\"o\":1,\"t\":\"0a01\",\"p\":{\"ff023000000000000011\":\"" + name
                + "\"}}],\"optionalOperations\":[],\"rootTag\":\"0a01\"}";
    }
}
