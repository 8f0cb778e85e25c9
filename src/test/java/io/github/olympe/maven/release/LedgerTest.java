package io.github.olympe.maven.release;

import static io.github.olympe.maven.release.Records.accepted;
import static io.github.olympe.maven.release.Records.frontend;
import static io.github.olympe.maven.release.Records.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.text.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LedgerTest {

    private static final String REPOSITORY = LedgerFixture.REPOSITORY;

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
    void aRecordIsReadAsItWasWritten() {
        DeploymentRecord record = accepted("production", 0, frontend("registry.example.com/acme/shop-frontend:main-1"));
        Digest digest = ledger.append(record);
        assertThat(ledger.records("production", 20)).containsExactly(record.read(digest, null));
        assertThat(ledger.record(record.id())).isEqualTo(record.read(digest, null));
    }

    @Test
    void aRecordIsAnOciArtifact() throws Exception {
        DeploymentRecord record = accepted("production", 0, frontend("registry.example.com/acme/shop-frontend:main-1"));
        Digest digest = ledger.append(record);
        assertThat(registry.digest(REPOSITORY, record.id().toString())).isEqualTo(digest.value());
        JsonNode manifest = registry.manifest(REPOSITORY, digest.value());
        assertThat(manifest.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(manifest.path("artifactType").asText()).isEqualTo("application/vnd.olympe.deployment.v1+json");
        assertThat(manifest.path("config").path("mediaType").asText()).isEqualTo("application/vnd.oci.empty.v1+json");
        assertThat(registry.config(REPOSITORY, digest.value())).isEmpty();
        String layer = registry.layers(REPOSITORY, digest.value()).get(0);
        JsonNode json = Json.parse(new String(registry.blob(layer), StandardCharsets.UTF_8));
        assertThat(json.path("time").asText()).isEqualTo("2026-11-26T12:00:00Z");
        assertThat(json.path("outcome").asText()).isEqualTo("accepted");
        assertThat(json.path("mark").asText()).isEqualTo(record.id() + ".sent");
        assertThat(json.has("digest")).isFalse();
        assertThat(json.has("awaited")).isFalse();
    }

    @Test
    void theNewestComesFirst() {
        List<DeploymentRecord> records =
                List.of(accepted("production", 0), accepted("production", 2), accepted("production", 1));
        records.forEach(ledger::append);
        assertThat(ledger.records("production", 2))
                .extracting(DeploymentRecord::id)
                .containsExactly(records.get(1).id(), records.get(2).id());
    }

    @Test
    void eachEnvironmentHasItsOwnHistory() {
        ledger.append(accepted("production", 0));
        ledger.append(accepted("Production", 1));
        ledger.append(accepted("production-2", 2));
        assertThat(ledger.records("production", 20))
                .extracting(DeploymentRecord::environment)
                .containsExactly("production");
        assertThat(ledger.current("Production")).isPresent();
        assertThat(ledger.records("codev", 20)).isEmpty();
    }

    @Test
    void aMarkWithoutARecordMeansThatThePayloadWasSent() {
        DeploymentRecord first = mark("production", 0);
        ledger.append(first);
        ledger.append(first.ended(Outcome.ACCEPTED, null));
        ledger.append(mark("production", 1));
        assertThat(ledger.records("production", 20))
                .extracting(DeploymentRecord::outcome)
                .containsExactly(Outcome.SENT, Outcome.ACCEPTED);
        assertThat(ledger.current("production").map(DeploymentRecord::id)).contains(first.id());
    }

    @Test
    void aRejectedDeploymentDoesNotRun() {
        ledger.append(accepted("production", 0));
        ledger.append(mark("production", 1).ended(Outcome.REJECTED, new DeploymentRecord.Answer(401, null)));
        assertThat(ledger.current("production").orElseThrow().outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void awaitsLastResultIsReadWithItsRecord() {
        DeploymentRecord record = accepted("production", 0);
        ledger.append(record);
        Awaited runs = new Awaited(true, "2026-11-26T12:10:00Z", "It runs.");
        Digest digest = ledger.append(record.id(), runs);
        assertThat(registry.digest(
                        REPOSITORY,
                        LedgerTag.awaited(record.id(), Instant.parse(runs.time()))
                                .toString()))
                .isEqualTo(digest.value());
        ledger.append(record.id(), new Awaited(false, "2026-11-26T12:05:00Z", "Still the old one."));
        assertThat(ledger.records("production", 20))
                .extracting(DeploymentRecord::awaited)
                .containsExactly(runs);
    }

    @Test
    void readsListsOfSeveralPages() {
        registry.tagsOfPage(2);
        for (int second = 0; second < 7; second++) {
            ledger.append(accepted("production", second));
        }
        assertThat(ledger.records("production", 20)).hasSize(7);
        assertThat(registry.requests("GET /v2/" + REPOSITORY + "/tags/list\\?n=2&last="))
                .hasSize(3);
    }

    @Test
    void aListThatLeadsToItselfEnds() {
        ledger.append(accepted("production", 0));
        registry.intercept(request -> request.path().endsWith("/tags/list")
                ? Optional.of(new EmbeddedRegistry.Answer(
                        200, Map.of("Link", "<" + request.path() + ">; rel=\"next\""), "{\"tags\": [\"a\"]}"))
                : Optional.empty());
        assertThatThrownBy(() -> ledger.records("production", 20))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("more than 1000 pages");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ACCEPTED", "REJECTED"})
    void worksWithARegistryWhoseTagsDoNotMove(Outcome outcome) {
        registry.makeTagsImmutable();
        DeploymentRecord first = mark("production", 0);
        ledger.append(first);
        ledger.append(first.ended(outcome, null));
        assertThat(ledger.records("production", 20)).hasSize(1);
        assertThat(registry.tags(REPOSITORY)).hasSize(2);
    }

    /** An earlier attempt may have succeeded although its answer was lost. */
    @ParameterizedTest
    @ValueSource(ints = {409, 415})
    void anExistingRecordCountsAsWritten(int status) {
        DeploymentRecord record = accepted("production", 0);
        Digest digest = ledger.append(record);
        registry.intercept(
                request -> request.method().equals("PUT") && request.path().contains("/manifests/")
                        ? Optional.of(new EmbeddedRegistry.Answer(
                                status,
                                Map.of(),
                                "{\"errors\": [{\"code\": \"TAG_EXISTS\", \"message\": \"the tag exists\"}]}"))
                        : Optional.empty());
        assertThat(ledger.append(record)).isEqualTo(digest);
        assertThatThrownBy(() -> ledger.append(record.ended(Outcome.REJECTED, null)))
                .hasMessageContaining("TAG_EXISTS");
    }

    @Test
    void aRegistryThatAcceptsNoArtifactsGetsAnImage() {
        registry.refuseManifests("application/vnd.oci.image.manifest.v1+json"::equals);
        DeploymentRecord record = accepted("production", 0);
        Digest digest = ledger.append(record);
        assertThat(ledger.records("production", 20)).containsExactly(record.read(digest, null));
    }

    /** Some registries answer like this to a type of manifests that they do not know. */
    @ParameterizedTest
    @ValueSource(ints = {400, 415})
    void aRegistryThatAnswersAnArtifactWithAnErrorGetsAnImage(int status) {
        AtomicInteger asked = new AtomicInteger();
        registry.intercept(request ->
                request.method().equals("PUT") && request.path().contains("/manifests/") && asked.incrementAndGet() == 1
                        ? Optional.of(new EmbeddedRegistry.Answer(status, Map.of(), ""))
                        : Optional.empty());
        DeploymentRecord record = accepted("production", 0);
        Digest digest = ledger.append(record);

        assertThat(registry.manifest(REPOSITORY, digest.value())
                        .path("mediaType")
                        .asText())
                .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(ledger.records("production", 20)).containsExactly(record.read(digest, null));
    }

    @Test
    void aUserWhoMayNotPushIsToldSoAtOnce() {
        registry.intercept(
                request -> request.method().equals("PUT") && request.path().contains("/manifests/")
                        ? Optional.of(new EmbeddedRegistry.Answer(403, Map.of(), ""))
                        : Optional.empty());
        DeploymentRecord record = accepted("production", 0);

        assertThatThrownBy(() -> ledger.append(record))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "The ledger '" + ledger.repository() + "' cannot be written to: this needs credentials (403");
        assertThat(registry.requests("PUT .*/manifests/.*")).hasSize(1);
    }

    @Test
    void anImageUnderTheTagOfARecordIsLeftOut() {
        RecordId id = RecordId.create("production", Records.NOON);
        TestImage.create()
                .file("a", 0, 0, 0644, "1")
                .layer()
                .file("b", 0, 0, 0644, "2")
                .pushTo(registry.host(), REPOSITORY, id.toString());

        assertThat(ledger.records("production", 20)).isEmpty();
        assertThat(fixture.warnings)
                .singleElement()
                .asString()
                .contains("'" + id + "'", "is left out: it is not a document of this plugin. Unless a newer version");
    }

    @Test
    void foreignTagsAreIgnored() {
        ledger.append(accepted("production", 0));
        RecordId other = RecordId.create("production", Records.NOON.plusSeconds(9));
        push(other.toString(), "\"no record\"".getBytes(StandardCharsets.UTF_8));
        push("latest", "\"no record\"".getBytes(StandardCharsets.UTF_8));
        assertThat(ledger.records("production", 20)).hasSize(1);
        assertThat(fixture.warnings)
                .singleElement()
                .asString()
                .startsWith("The entry '" + other + "' of the ledger '" + ledger.repository() + "' is left out: ")
                .endsWith(
                        ". Unless a newer version of the plugin has written it, delete this tag to end the warning; many registries delete"
                                + " each other tag of the same digest with it.");
    }

    @Test
    void aRecordThatTheRegistryHasCleanedUpIsSkipped() {
        DeploymentRecord kept = accepted("production", 0);
        DeploymentRecord withoutBlob = accepted("production", 1);
        DeploymentRecord withoutManifest = accepted("production", 2);
        List.of(kept, withoutBlob, withoutManifest).forEach(ledger::append);
        registry.layers(REPOSITORY, withoutBlob.id().toString())
                .forEach(layer -> registry.removeBlob(REPOSITORY, layer));
        registry.intercept(request -> request.path().endsWith("/manifests/" + withoutManifest.id())
                ? Optional.of(
                        new EmbeddedRegistry.Answer(404, Map.of(), "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}"))
                : Optional.empty());

        assertThat(ledger.records("production", 20))
                .extracting(DeploymentRecord::id)
                .containsExactly(kept.id());
        String gone = "' of the ledger '" + ledger.repository()
                + "' is left out: a part of it is gone from the registry. Keep the registry's clean-up away from this"
                + " repository, and delete this tag to end the warning.";
        assertThat(fixture.warnings)
                .containsExactly("The entry '" + withoutManifest.id() + gone, "The entry '" + withoutBlob.id() + gone);
        assertThatThrownBy(() -> ledger.record(withoutBlob.id()))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("has no record '" + withoutBlob.id() + "'");
    }

    @Test
    void waitsForARecordThatAnotherBuildIsWriting() {
        DeploymentRecord record = accepted("production", 0);
        ledger.append(record);
        AtomicInteger asked = new AtomicInteger();
        registry.intercept(
                request -> request.path().endsWith("/manifests/" + record.id()) && asked.incrementAndGet() <= 2
                        ? Optional.of(new EmbeddedRegistry.Answer(
                                404, Map.of(), "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}"))
                        : Optional.empty());

        assertThat(ledger.records("production", 20))
                .extracting(DeploymentRecord::id)
                .containsExactly(record.id());
        assertThat(fixture.warnings).isEmpty();
    }

    @Test
    void waitsOnlyForTheFirstMissingRecord() {
        List<DeploymentRecord> records =
                List.of(accepted("production", 0), accepted("production", 1), accepted("production", 2));
        records.forEach(ledger::append);
        registry.intercept(request -> request.path().contains("/manifests/production-")
                ? Optional.of(
                        new EmbeddedRegistry.Answer(404, Map.of(), "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}"))
                : Optional.empty());
        registry.forgetRequests();

        assertThat(ledger.records("production", 20)).isEmpty();
        assertThat(fixture.warnings).hasSize(3);
        assertThat(registry.requests("GET /v2/.*/manifests/production-.*")).hasSize(3 + 1 + 1);
    }

    @Test
    void aCopyOfARecordUnderAnotherTagIsNotASecondDeployment() {
        DeploymentRecord record = accepted("production", 0);
        ledger.append(record);
        RecordId copy = RecordId.create("production", Records.NOON.plusSeconds(9));
        push(copy.toString(), Json.bytes(record));

        assertThat(ledger.records("production", 20)).hasSize(1);
        assertThat(fixture.warnings).isEmpty();
    }

    @Test
    void aMissingResultOfAwaitIsReported() {
        DeploymentRecord record = accepted("production", 0);
        ledger.append(record);
        Awaited awaited = new Awaited(false, "2026-11-26T12:01:00Z", "It does not answer.");
        ledger.append(record.id(), awaited);
        LedgerTag tag = LedgerTag.awaited(record.id(), Instant.parse(awaited.time()));
        registry.layers(REPOSITORY, tag.toString()).forEach(layer -> registry.removeBlob(REPOSITORY, layer));

        assertThat(ledger.records("production", 20))
                .singleElement()
                .satisfies(read -> assertThat(read.awaited()).isNull());
        assertThat(fixture.warnings).singleElement().asString().startsWith("The entry '" + tag + "' of the ledger '");
    }

    private void push(String tag, byte[] document) {
        fixture.registries.<Object>pulling(
                ledger.repository(),
                "image",
                client -> LedgerArtifact.push(client, REPOSITORY, tag, "text/plain", document));
    }

    @Test
    void aDeploymentWithoutItsRecordIsKnownByItsMark() {
        DeploymentRecord mark = Records.mark("production", 0);
        DeploymentRecord record = mark.ended(Outcome.ACCEPTED, null);
        ledger.append(mark);
        ledger.append(record);
        registry.layers(REPOSITORY, record.id().toString()).forEach(layer -> registry.removeBlob(REPOSITORY, layer));

        assertThat(ledger.records("production", 20)).singleElement().satisfies(read -> {
            assertThat(read.id()).isEqualTo(record.id());
            assertThat(read.outcome()).isEqualTo(Outcome.SENT);
        });
    }

    @Test
    void aProjectThatWasNeverDeployedHasNoRecords() {
        registry.intercept(request -> request.path().endsWith("/tags/list")
                ? Optional.of(
                        new EmbeddedRegistry.Answer(404, Map.of(), "{\"errors\": [{\"code\": \"NAME_UNKNOWN\"}]}"))
                : Optional.empty());
        assertThat(ledger.records("production", 20)).isEmpty();
        assertThat(ledger.current("production")).isEmpty();
    }
}
