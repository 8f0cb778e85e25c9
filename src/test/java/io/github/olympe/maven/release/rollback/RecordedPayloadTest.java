package io.github.olympe.maven.release.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.RuleExpression;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.release.DeployedImage.Kind;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.RecordId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedPayloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SENT = """
            {"noDowntime": {"promotionMode": "manual"},
             "frontend": {"image": "r.example.com/f:1"},
             "codeAsData": {"image": "r.example.com/c:1", "keys": ["***", "plain", "***"]},
             "backends": {
               "images": ["r.example.com/orders:1", "r.example.com/mail:1"],
               "password": "***",
               "deployRules": [
                 {"source": "orders:1$", "target": "^orders-.*$"},
                 {"source": "mail", "target": "^mail$"}
               ]}}
            """;
    private static final String SECRETS = """
            {"codeAsData": {"keys": ["k3y", "another", "th1rd"]}, "backends": {"password": "pa55word"}}
            """;

    private static DeployedImage image(Kind kind, String reference) {
        return new DeployedImage(kind, "name", reference, Digest.of(reference));
    }

    private static DeploymentRecord record(String payload) throws Exception {
        return new DeploymentRecord(
                DeploymentRecord.VERSION,
                RecordId.of("production-20261126120000-01234567"),
                "production",
                DeploymentRecord.Outcome.ACCEPTED,
                DeploymentRecord.Action.DEPLOY,
                null,
                "https://deploy.example.com/acme/production",
                JSON.readTree(payload),
                List.of(
                        image(Kind.FRONTEND, "r.example.com/f:1"),
                        image(Kind.BACKEND, "r.example.com/orders:1"),
                        image(Kind.BACKEND, "r.example.com/mail:1"),
                        image(Kind.CODE_AS_DATA, "r.example.com/c:1")),
                new DeploymentRecord.Source("GitLab CI", "main", null, "1".repeat(40), "17", null),
                "jane",
                "0.1.0",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static JsonNode sentAgain(String payload, String configured, String orders) throws Exception {
        return RecordedPayload.of(
                        record(payload),
                        List.of(
                                image(Kind.FRONTEND, "r.example.com/f:rollback"),
                                image(Kind.BACKEND, orders),
                                image(Kind.BACKEND, "r.example.com/mail:1"),
                                image(Kind.CODE_AS_DATA, "r.example.com/c:rollback")))
                .json(JSON.readTree(configured));
    }

    @Test
    void imagesHaveTheirCurrentReferences() throws Exception {
        JsonNode json = sentAgain(SENT, SECRETS, "r.example.com/orders:1");

        assertThat(json.at("/frontend/image").asText()).isEqualTo("r.example.com/f:rollback");
        assertThat(json.at("/codeAsData/image").asText()).isEqualTo("r.example.com/c:rollback");
        assertThat(json.at("/backends/images"))
                .isEqualTo(JSON.readTree("[\"r.example.com/orders:1\", \"r.example.com/mail:1\"]"));
        assertThat(json.at("/backends/deployRules"))
                .isEqualTo(JSON.readTree(SENT).at("/backends/deployRules"));
        assertThat(json.at("/noDowntime/promotionMode").asText()).isEqualTo("manual");
    }

    @Test
    void aRuleThatWouldMatchOtherImagesIsReplaced() throws Exception {
        JsonNode json = sentAgain(SENT, SECRETS, "r.example.com/orders:rollback");

        JsonNode rules = json.at("/backends/deployRules");
        assertThat(rules).hasSize(2);
        RuleExpression source =
                RuleExpression.of("source", rules.at("/0/source").asText());
        assertThat(source.matches("r.example.com/orders:rollback")).isTrue();
        assertThat(source.matches("r.example.com/orders:1")).isFalse();
        assertThat(source.matches("r.example.com/mail:1")).isFalse();
        assertThat(rules.at("/0/target").asText()).isEqualTo("^orders-.*$");
        assertThat(rules.get(1)).isEqualTo(JSON.readTree(SENT).at("/backends/deployRules/1"));
    }

    @Test
    void aReplacedRuleKeepsItsOwnTarget() throws Exception {
        String mailFirst = """
                {"backends": {
                   "images": ["r.example.com/orders:1", "r.example.com/mail:1"],
                   "deployRules": [
                     {"source": "mail", "target": "^mail$"},
                     {"source": "orders:1$", "target": "^orders-.*$"}
                   ]}}
                """;

        JsonNode rules =
                sentAgain(mailFirst, "{}", "r.example.com/orders:rollback").at("/backends/deployRules");

        assertThat(rules).extracting(rule -> rule.path("target").asText()).containsExactly("^mail$", "^orders-.*$");
    }

    @Test
    void secretsComeFromTheConfiguration() throws Exception {
        JsonNode json = sentAgain(SENT, SECRETS, "r.example.com/orders:1");

        assertThat(json.at("/backends/password").asText()).isEqualTo("pa55word");
        assertThat(json.at("/codeAsData/keys")).isEqualTo(JSON.readTree("[\"k3y\", \"plain\", \"th1rd\"]"));
        for (String without : List.of(
                "{\"codeAsData\": {\"keys\": [\"k3y\", \"\", \"th1rd\"]}}",
                "{\"codeAsData\": {\"keys\": [\"k3y\", \"\", \"th1rd\"]}, \"backends\": {\"password\": null}}",
                "{\"codeAsData\": {\"keys\": [\"k3y\", \"\", \"th1rd\"]}, \"backends\": {\"password\": {}}}")) {
            assertThatThrownBy(() -> sentAgain(SENT, without, "r.example.com/orders:1"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("does not have the secret in the key 'backends.password' of its payload");
        }
    }

    @Test
    void aPayloadWithOnlyAFrontendHasNoBackends() throws Exception {
        JsonNode json =
                sentAgain("{\"frontend\": {\"image\": \"elsewhere.example.com/f:9\"}}", "{}", "x.example.com/o:1");

        assertThat(json).isEqualTo(JSON.readTree("{\"frontend\": {\"image\": \"elsewhere.example.com/f:9\"}}"));
        assertThat(sentAgain("{\"backends\": {}}", "{}", "x.example.com/o:1"))
                .isEqualTo(JSON.readTree("{\"backends\": {}}"));
    }
}
