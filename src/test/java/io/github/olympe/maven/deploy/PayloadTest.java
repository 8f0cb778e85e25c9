package io.github.olympe.maven.deploy;

import static io.github.olympe.maven.deploy.DeployFixture.backend;
import static io.github.olympe.maven.deploy.DeployFixture.images;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadKeys;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRONTEND = "my-registry/image-for-frontend:tag";
    private static final String ONE = "my-registry/image-for-backend-1:tag";
    private static final String OTHERS = "my-registry/image-for-other-backends:tag";
    private static final String CODE = "my-registry/image-for-codeasdata:tag";

    /** The example of Olympe's documentation, without the extra comma that JSON does not allow. */
    private static final String DOCUMENTED = """
            {
              "backends": {
                "images": [
                  "my-registry/image-for-backend-1:tag",
                  "my-registry/image-for-other-backends:tag"
                ],
                "deployRules": [
                  {
                    "source": "^my-registry\\/image-for-other-backends:tag.*$",
                    "target":"^(?!backend-1).*$"
                  },
                  {
                    "source": "^my-registry\\/image-for-backend-1:tag.*$",
                    "target": "^backend-1.*$"
                  }
                ]
              },
              "codeAsData": {
                "image": "my-registry/image-for-codeasdata:tag"
              },
              "frontend": {
                "image":"my-registry/image-for-frontend:tag"
              }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void acceptsTheDocumentedPayloadUnchanged() throws Exception {
        Payload payload = Payload.of(base(DOCUMENTED), images(null, List.of(), null), settings());

        assertThat(JSON.readTree(payload.toJson())).isEqualTo(JSON.readTree(DOCUMENTED));
        assertThat(DeployPreview.of(payload, List.of("backend-1", "backend-2", "backend-3"))
                        .lines())
                .containsExactly(
                        "frontend            -> my-registry/image-for-frontend:tag",
                        "backend-1           -> my-registry/image-for-backend-1:tag",
                        "backend-2           -> my-registry/image-for-other-backends:tag",
                        "backend-3           -> my-registry/image-for-other-backends:tag",
                        "code as data (auto) -> my-registry/image-for-codeasdata:tag");
    }

    @Test
    void makesTheDocumentedRulesFromDeployTo() throws Exception {
        Payload payload = Payload.of(
                PayloadBase.none(),
                images(FRONTEND, List.of(backend(ONE, "^backend-1.*$"), backend(OTHERS, "^(?!backend-1).*$")), CODE),
                settings());

        assertThat(payload.deployRules())
                .containsExactly(
                        new DeployRule("^my-registry\\/image-for-backend-1:tag$", "^backend-1.*$"),
                        new DeployRule("^my-registry\\/image-for-other-backends:tag$", "^(?!backend-1).*$"));
        List<String> names = List.of("backend-1", "backend-10", "backend-2", "mail");
        assertThat(DeployPreview.of(payload, names).rows())
                .isEqualTo(DeployPreview.of(
                                Payload.of(base(DOCUMENTED), images(null, List.of(), null), settings()), names)
                        .rows());
    }

    @Test
    void sendsASingleBackendToAll() {
        Payload payload = Payload.of(
                PayloadBase.none(),
                images(null, List.of(backend("r.example.com:5000/a/b:1.0", null)), null),
                settings());

        assertThat(payload.deployRules())
                .containsExactly(new DeployRule("^r\\.example\\.com:5000\\/a\\/b:1\\.0$", ".*"));
    }

    @Test
    void severalBackendsMustSayWhereTheyAreDeployed() {
        assertFails(
                () -> Payload.of(
                        PayloadBase.none(),
                        images(null, List.of(backend(ONE, "^a$"), backend(OTHERS, null)), null),
                        settings()),
                "There are 2 backend images, but no setting says which backends 'my-registry/image-for-other-backends:tag' is for;"
                        + " set 'deployTo' of its <backend>, or write out 'deployRules'.");
    }

    @Test
    void setsEveryKeyOfTheTable() throws Exception {
        Payload payload = Payload.of(
                PayloadBase.none(),
                images(FRONTEND, List.of(backend(ONE, null)), CODE),
                PayloadSettings.of(
                        List.of(new DeployRule("image-for-backend-1", "^backend$")),
                        "manual",
                        "manual",
                        "true",
                        List.of("--force-sync"),
                        false));

        assertThat(JSON.readTree(payload.toJson())).isEqualTo(JSON.readTree("""
                                {"frontend": {"image": "my-registry/image-for-frontend:tag"},
                                 "backends": {"images": ["my-registry/image-for-backend-1:tag"],
                                              "deployRules": [{"source": "image-for-backend-1", "target": "^backend$"}]},
                                 "codeAsData": {"image": "my-registry/image-for-codeasdata:tag", "updateMode": "manual"},
                                 "noDowntime": {"promotionMode": "manual"},
                                 "skipUpdateVersions": true,
                                 "extraArgs": ["--force-sync"]}
                                """));
    }

    @Test
    void leavesDefaultsToOlympe() throws Exception {
        Payload payload = Payload.of(PayloadBase.none(), images(FRONTEND, List.of(), null), settings());

        assertThat(JSON.readTree(payload.toJson()))
                .isEqualTo(JSON.readTree("{\"frontend\": {\"image\": \"" + FRONTEND + "\"}}"));
    }

    @Test
    void sendsTheUpdateModeWithoutAnImageLikeTheDocumentedAzurePipeline() throws Exception {
        Payload payload = Payload.of(
                PayloadBase.none(),
                images(FRONTEND, List.of(), null),
                PayloadSettings.of(List.of(), "auto", "auto", "false", null, false));

        assertThat(JSON.readTree(payload.toJson()).get("codeAsData"))
                .isEqualTo(JSON.readTree("{\"updateMode\": \"auto\"}"));
    }

    @Test
    void addsImagesToThoseOfTheBaseLikeTheDocumentedGitLabPipeline() {
        Payload payload = Payload.of(
                base(
                        "{\"backends\": {\"images\": [\"a/fixed:1\"], \"deployRules\": ["
                                + "{\"source\": \"a\\/fixed:1\", \"target\": \"^mail$\"}, {\"source\": \"image\", \"target\": \"^shop$\"}]}}"),
                images(null, List.of(backend(ONE, null)), null),
                settings());

        assertThat(payload.backendImages()).containsExactly("a/fixed:1", ONE);
        assertThat(payload.deployRules()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"frontend\": {\"image\": \"a/other:1\"}} ~ frontend.image ~ \"a/other:1\" ~ \"my-registry/image-for-frontend:tag\"",
                "{\"noDowntime\": {\"promotionMode\": \"auto\"}} ~ noDowntime.promotionMode ~ \"auto\" ~ \"manual\"",
                "{\"codeAsData\": {\"updateMode\": \"auto\"}} ~ codeAsData.updateMode ~ \"auto\" ~ \"manual\"",
                "{\"skipUpdateVersions\": false} ~ skipUpdateVersions ~ false ~ true",
                "{\"extraArgs\": []} ~ extraArgs ~ [] ~ [\"--force-sync\"]",
            })
    void aKeyInBothPlacesWithDifferentValuesIsAnError(String base, String key, String there, String here) {
        assertFails(
                () -> Payload.of(
                        base(base),
                        images(FRONTEND, List.of(), null),
                        PayloadSettings.of(List.of(), "manual", "manual", "true", List.of("--force-sync"), false)),
                "The key '" + key + "' is " + there + " in the parameter 'payload', but " + here
                        + " in the configuration; remove one of them.");
    }

    @Test
    void rulesInBothPlacesAreAnError() {
        String base = "{\"backends\": {\"deployRules\": [{\"source\": \"a\", \"target\": \"b\"}]}}";
        assertFailsWith(
                () -> Payload.of(
                        base(base),
                        images(null, List.of(backend(ONE, null)), null),
                        PayloadSettings.of(List.of(new DeployRule("x", "y")), null, null, null, null, false)),
                "The key 'backends.deployRules' is [{\"source\":\"a\",\"target\":\"b\"}] in the parameter 'payload'");
        assertFailsWith(
                () -> Payload.of(base(base), images(null, List.of(backend(ONE, "^x$")), null), settings()),
                "has 'deployTo' '^x$', but the rules are written out in 'backends.deployRules' of the parameter 'payload'");
        assertFailsWith(
                () -> Payload.of(
                        base("{}"),
                        images(null, List.of(backend(ONE, "^x$")), null),
                        PayloadSettings.of(List.of(new DeployRule("x", "y")), null, null, null, null, false)),
                "has 'deployTo' '^x$', but the rules are written out in the parameter 'deployRules'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "frontend.image ~ {\"frontend\": {\"image\": \"%s\"}}",
                "backends.images ~ {\"backends\": {\"images\": [\"a/b:1\", \"%s\"], \"deployRules\": [{\"source\": \".*\", \"target\": \".*\"}]}}",
                "codeAsData.image ~ {\"codeAsData\": {\"image\": \"%s\"}}"
            })
    void eachImageOfThePayloadIsAReference(String key, String payload) {
        assertFailsWith(
                () -> Payload.of(base(payload.formatted("a/b:not a tag")), images(null, List.of(), null), settings()),
                "The image reference of the key '" + key + "' is 'a/b:not a tag'. Write it as in '");
        Payload.of(base(payload.formatted("a/b:tag")), images(null, List.of(), null), settings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"frontendd\": {}} ~ The key 'frontendd' of the parameter 'payload' does not exist; use 'frontend', or",
                "{\"FRONTEND\": {}} ~ use 'frontend', or",
                "{\"backend\": {}} ~ use 'backends', or",
                "{\"codeasdata\": {}} ~ use 'codeAsData', or",
                "{\"nodowntime\": {}} ~ use 'noDowntime', or",
                "{\"skipUpdateVersion\": true} ~ use 'skipUpdateVersions', or",
                "{\"updateMode\": \"auto\"} ~ use 'codeAsData.updateMode', or",
                "{\"image\": \"x\"} ~ use 'codeAsData.image', or",
                "{\"frontend\": {\"images\": []}} ~ The key 'frontend.images' of the parameter 'payload' does not exist; use",
                "{\"backends\": {\"deployRule\": []}} ~ use 'backends.deployRules', or",
                "{\"backends\": {\"rules\": []}} ~ use 'backends.deployRules', or",
                "{\"codeAsData\": {\"mode\": \"auto\"}} ~ use 'codeAsData.updateMode', or",
                "{\"source\": \"a\"} ~ use 'backends.deployRules[].source', or",
                "{\"backends\": {\"deployRules\": [{\"t\": \"a\"}]}} ~ use 'backends.deployRules[0].target', or",
                "{\"backends\": {\"deployRules\": [{\"src\": \"a\"}]}} ~ use 'backends.deployRules[0].source', or",
                "{\"extraArgs\": [\"--forcesync\"]} ~ 'extraArgs[0]' of the parameter 'payload' is \"--forcesync\"; it must be \"--force-sync\".",
                "{\"extraArgs\": \"--force-sync\"} ~ 'extraArgs' of the parameter 'payload' is \"--force-sync\"; it must be a list.",
                "{\"skipUpdateVersions\": \"true\"} ~ is \"true\"; it must be true or false.",
                "{\"codeAsData\": {\"updateMode\": \"never\"}} ~ is \"never\"; it must be \"auto\" or \"manual\".",
                "{\"noDowntime\": {\"promotionMode\": 1}} ~ is 1; it must be \"auto\" or \"manual\".",
                "{\"frontend\": null} ~ 'frontend' of the parameter 'payload' is null; it must be an object.",
                "{\"frontend\": {\"image\": \" \"}} ~ it must be a text.",
                "{\"backends\": {\"images\": \"a\"}} ~ it must be a list.",
                "{\"noDowntime\": {}} ~ lacks the key 'noDowntime.promotionMode', which is required since there is 'noDowntime'",
                "{\"frontend\": {}} ~ lacks the key 'frontend.image'",
                "{\"backends\": {}} ~ lacks the key 'backends.images', which is required since there is 'backends'",
                "{\"backends\": {\"images\": []}} ~ lacks the key 'backends.images'",
                "{\"backends\": {\"images\": [\"a\"], \"deployRules\": []}} ~ lacks the key 'backends.deployRules', which is required",
                "{\"backends\": {\"images\": [\"a\"], \"deployRules\": [{\"source\": \"a\"}]}} ~ lacks the key 'backends.deployRules[].target'",
                "{} ~ The payload has no image",
            })
    void aWrongKeyOrValueIsAnError(String base, String message) {
        assertFailsWith(() -> Payload.of(base(base), images(null, List.of(), null), settings()), message);
    }

    @Test
    void aLongValueIsShortenedInTheError() {
        assertFailsWith(
                () -> Payload.of(
                        base("{\"frontend\": \"" + "x".repeat(118) + "\"}"), images(null, List.of(), null), settings()),
                " is \"" + "x".repeat(118) + "\"; it must be an object.");
        assertFailsWith(
                () -> Payload.of(
                        base("{\"frontend\": \"" + "x".repeat(119) + "\"}"), images(null, List.of(), null), settings()),
                " is \"" + "x".repeat(119) + "…; it must be an object.");
    }

    @Test
    void theKeysAreThoseOfTheDocumentation() {
        assertThat(PayloadKeys.names())
                .containsExactlyInAnyOrder(
                        "backends", "codeAsData", "frontend", "noDowntime", "skipUpdateVersions", "extraArgs");
    }

    @Test
    void theJsonIsACopy() {
        Payload payload = Payload.of(base(DOCUMENTED), images(null, List.of(), null), settings());

        payload.json().remove("frontend");

        assertThat(payload.json().has("frontend")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"frontend\": {\"image\": \"a\"}} ~ true",
                "{\"backends\": {\"images\": [\"a\"]}} ~ true",
                "{\"codeAsData\": {\"image\": \"a\"}} ~ true",
                "{\"codeAsData\": {\"updateMode\": \"auto\"}, \"backends\": {\"images\": []}} ~ false",
                "`` ~ false",
            })
    void aBaseSaysWhetherItNamesAnImage(String text, boolean named) {
        assertThat(base(text).hasImage()).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, false",
        "false, true, true, false",
        "false, false, true, false",
        "false, false, false, true"
    })
    void noImagesAreNeitherFrontendNorBackendNorCode(boolean frontend, boolean backend, boolean code, boolean isEmpty) {
        DeployImages all = images(
                frontend ? FRONTEND : null, backend ? List.of(backend(ONE, null)) : List.of(), code ? CODE : null);

        assertThat(all.isEmpty()).isEqualTo(isEmpty);
    }

    @Test
    void aReferenceHasAtMost600Characters() {
        String longest = "a".repeat(600);

        assertThat(DeployImage.reference("the test", longest)).isEqualTo(longest);
        assertFailsWith(
                () -> DeployImage.reference("the test", longest + "a"), "The image reference of the test is 'aaa");
    }

    /** {@code check} plans the deployment of images that are pushed later in the same build. */
    @Test
    void aPlannedImageCountsAsPushed() {
        assertThat(DeployImage.planned("frontend", FRONTEND))
                .isEqualTo(new DeployImage("frontend", FRONTEND, Optional.empty(), Optional.empty(), true));
    }

    @Test
    void aRuleForAnImageEscapesWhatHasAMeaning() {
        assertThat(DeployRule.forImage("r.io/a\\b:1", "^b$")).isEqualTo(new DeployRule("^r\\.io\\/a\\\\b:1$", "^b$"));
    }

    @Test
    void aParameterThatIsFalseIsSentToo() throws Exception {
        Payload payload = Payload.of(
                PayloadBase.none(),
                images(FRONTEND, List.of(), null),
                PayloadSettings.of(List.of(), null, null, "false", null, false));

        assertThat(JSON.readTree(payload.toJson()).path("skipUpdateVersions")).isEqualTo(BooleanNode.FALSE);
    }

    @Test
    void unknownKeysCanBeAllowed() throws Exception {
        PayloadSettings allowing = PayloadSettings.of(List.of(), null, null, null, null, true);

        Payload payload = Payload.of(
                base("{\"new\": {\"a\": [1.10, null]}, \"frontend\": {\"image\": \"a\", \"cdn\": true}}"),
                images(null, List.of(), null),
                allowing);

        assertThat(JSON.readTree(payload.toJson()))
                .isEqualTo(JSON.readTree(
                        "{\"new\": {\"a\": [1.10, null]}, \"frontend\": {\"image\": \"a\", \"cdn\": true}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "promotionMode ~ automatic ~ 'auto' or 'manual'",
                "updateMode ~ MANUAL ~ 'auto' or 'manual'",
                "skipUpdateVersions ~ yes ~ 'true' or 'false'",
                "extraArgs ~ --sync ~ '--force-sync'",
                "extraArgs ~ `` ~ '--force-sync'",
            })
    void aWrongSettingNamesTheAllowedOnes(String parameter, String value, String allowed) {
        String property = parameter.equals("updateMode") ? "codeAsData.updateMode" : parameter;
        assertFails(
                () -> PayloadSettings.of(
                        List.of(),
                        parameter.equals("promotionMode") ? value : null,
                        parameter.equals("updateMode") ? value : null,
                        parameter.equals("skipUpdateVersions") ? value : null,
                        parameter.equals("extraArgs") ? List.of(value) : null,
                        false),
                "Invalid value for '" + parameter + "' (olympe." + property + "): '" + value + "'. Use " + allowed
                        + ".");
    }

    @Test
    void reportsThePlaceOfTheExtraCommaInTheDocumentationsExample() {
        String documented = DOCUMENTED.replace("image-for-codeasdata:tag\"", "image-for-codeasdata:tag\",");

        assertFails(
                () -> base(documented),
                "Invalid value for 'payload' (not shown, since it may contain a password). It is not JSON: line 20, column 3: Unexpected character ('}' (code 125)):"
                        + " was expecting double-quote to start field name; remove the comma before it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, }", "{\"a\": [1,]}", "{\"a\": [{\"b\": 1,\n}]}"})
    void anExtraCommaIsNamed(String text) {
        assertFailsWith(() -> base(text), "; remove the comma before it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1,", "{\"a\": [1}", "{\"a\": 1, b}", "{\"a\": }"})
    void anotherMistakeHasNothingToDoWithAComma(String text) {
        assertThatThrownBy(() -> base(text))
                .hasMessageContaining("It is not JSON: line 1")
                .hasMessageNotContaining("comma before");
    }

    @Test
    void aMebibyteIsNotTooLarge() throws Exception {
        String text = "{\"a\": \"" + "x".repeat((1 << 20) - 9) + "\"}";
        Files.writeString(directory.resolve("large.json"), text);

        assertThat(base(text).json().has("a")).isTrue();
        assertThat(base("large.json").json().has("a")).isTrue();
        assertFailsWith(() -> base(text.replace("\"a\"", "\"ab\"")), "It is JSON of more than 1 MiB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ ~ line 1, column 2: Unexpected end-of-input: expected close marker for Object",
                "{\"a\" 1} ~ was expecting a colon to separate field name and value",
                "{\"a\": 1, \"a\": 2} ~ Duplicate field 'a'",
                "{\"a\": tru} ~ Unrecognized token 'tru': was expecting",
                "{} {} ~ line 1, column 4",
                "{'a': 1} ~ was expecting double-quote to start field name",
                "[] ~ It is not a JSON object",
                "\"text\" ~ It is not a JSON object",
                "nothing.json ~ 'nothing.json'. It is neither JSON (which starts with '{') nor the name of a JSON file",
                "${env.PAYLOAD} ~ '${env.PAYLOAD}'. Maven does not know it",
            })
    void invalidJsonIsAnError(String text, String message) {
        assertFailsWith(() -> base(text), message);
    }

    @Test
    void readsAFile() throws Exception {
        Files.writeString(directory.resolve("payload.json"), "\ufeff{\"frontend\": {\"image\": \"ä\"}}");

        PayloadBase base = base("payload.json");

        assertThat(base.origin()).isEqualTo("the file 'payload.json'");
        assertThat(base.json().path("frontend").path("image").textValue()).isEqualTo("ä");
    }

    @Test
    void anInvalidFileIsAnError() throws Exception {
        Files.write(directory.resolve("latin.json"), new byte[] {'{', (byte) 0xe4, '}'});
        Files.writeString(directory.resolve("wrong.json"), "{\n  \"frontend\": }");
        Files.writeString(directory.resolve("large.json"), "{\"a\": \"" + "x".repeat(1 << 20) + "\"}");

        assertFailsWith(() -> base("latin.json"), "The file 'latin.json' of the parameter 'payload' is not in UTF-8");
        assertFailsWith(
                () -> base("wrong.json"),
                "of the parameter 'payload' is not JSON: line 2, column 15: Unexpected character");
        assertFailsWith(() -> base("large.json"), "is larger than 1 MiB");
        assertFailsWith(() -> base("a\0b"), "cannot be read as a file");
        assertFailsWith(() -> base("."), "nor the name of a JSON file");
    }

    @Test
    void deepNestingIsAnErrorInsteadOfAStackOverflow() {
        assertFailsWith(
                () -> base("{\"a\":".repeat(100_000)),
                "Invalid value for 'payload' (not shown, since it may contain a password). It is not JSON");
        assertFailsWith(
                () -> base("[".repeat(100_000)),
                "Invalid value for 'payload' (not shown, since it may contain a password). It is not JSON");
    }

    /** Merging loses nothing of either side, changes only what it sets, and gives the same result a second time. */
    @Test
    void mergeKeepsBothSides() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        int merges = 0;
        for (int i = 0; i < 3000; i++) {
            ObjectNode base = randomBase(random);
            boolean frontend = !base.has("frontend") && random.nextBoolean();
            DeployImages images = images(
                    frontend ? FRONTEND : null,
                    random.nextBoolean() ? List.of(backend("a/b:" + random.nextInt(9), null)) : List.of(),
                    random.nextBoolean() ? CODE : null);
            PayloadSettings settings = PayloadSettings.of(
                    List.of(),
                    random.nextBoolean() ? "manual" : null,
                    null,
                    random.nextBoolean() ? "true" : null,
                    null,
                    true);
            Payload payload;
            try {
                payload = Payload.of(base(base.toString()), images, settings);
            } catch (OlympeException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .containsAnyOf(
                                "in the configuration; remove one of them",
                                "has no image",
                                "no setting says which backends");
                continue;
            }
            JsonNode merged = JSON.readTree(payload.toJson());
            assertContains(merged, base, seed);
            images.frontend()
                    .ifPresent(image -> assertThat(payload.frontendImage()).contains(image.reference()));
            images.codeAsData()
                    .ifPresent(image -> assertThat(payload.codeAsDataImage()).contains(image.reference()));
            assertThat(payload.backendImages())
                    .containsAll(images.backends().stream()
                            .map(DeployImages.Backend::reference)
                            .toList())
                    .doesNotHaveDuplicates();
            Payload again = Payload.of(base(payload.toJson()), images, settings);
            assertThat(JSON.readTree(again.toJson())).as("seed %d", seed).isEqualTo(merged);
            merges++;
        }
        assertThat(merges).as("merges, seed %d", seed).isGreaterThan(1000);
    }

    private static void assertContains(JsonNode merged, JsonNode base, long seed) {
        if (base instanceof ObjectNode object) {
            object.properties().forEach(field -> assertContains(merged.path(field.getKey()), field.getValue(), seed));
        } else if (base instanceof ArrayNode array) {
            array.forEach(item -> assertThat(merged).as("seed %d", seed).contains(item));
        } else {
            assertThat(merged).as("seed %d", seed).isEqualTo(base);
        }
    }

    private static ObjectNode randomBase(Random random) {
        ObjectNode base = JSON.createObjectNode();
        if (random.nextBoolean()) {
            base.putObject("frontend").put("image", "x/frontend:1");
        }
        if (random.nextInt(3) == 0) {
            ObjectNode backends = base.putObject("backends");
            backends.putArray("images").add("x/backend:1");
            backends.putArray("deployRules").addObject().put("source", ".*").put("target", ".*");
        }
        if (random.nextInt(3) == 0) {
            base.putObject("codeAsData").put("updateMode", random.nextBoolean() ? "auto" : "manual");
        }
        if (random.nextInt(3) == 0) {
            base.putObject("noDowntime").put("promotionMode", random.nextBoolean() ? "auto" : "manual");
        }
        if (random.nextInt(3) == 0) {
            base.put("skipUpdateVersions", random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            base.putArray("unknown").add(random.nextInt()).add("ü\n\u0000");
        }
        return base;
    }

    private PayloadBase base(String text) {
        return PayloadBase.of("payload", text, directory);
    }

    private static PayloadSettings settings() {
        return PayloadSettings.of(List.of(), null, null, null, null, false);
    }

    private static void assertFails(Runnable action, String message) {
        assertThatThrownBy(action::run).isInstanceOf(OlympeException.class).hasMessage(message);
    }

    private static void assertFailsWith(Runnable action, String part) {
        assertThatThrownBy(action::run).isInstanceOf(OlympeException.class).hasMessageContaining(part);
    }
}
