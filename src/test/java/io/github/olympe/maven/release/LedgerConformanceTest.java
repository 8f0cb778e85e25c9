package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.deploy.SilentDeployLog;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeploymentRecord.Action;
import io.github.olympe.maven.release.DeploymentRecord.Outcome;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.testing.TokenServer;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger in Debian's {@code docker-registry}. {@code skopeo} reads its records, and neither deployments at the same time nor killed
 * builds lose any.
 */
@Timeout(1200)
class LedgerConformanceTest {

    private static final int AT_A_TIME = 20;
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 3;
    private static final int MOMENTS = 50;
    private static final int ALL = 10_000;

    private final long seed = Long.getLong("olympe.test.seed", 20261126L);

    private final List<DeployingJvm> endless = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endTheEndless() {
        endless.forEach(DeployingJvm::close);
    }

    private static String skopeo(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        return RequiredProgram.SKOPEO.run(line.toArray(String[]::new));
    }

    @Test
    void skopeoReadsARecord() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start()) {
            assertIsReadBySkopeo(
                    registry,
                    new RegistryFixture(folder),
                    List.of("--tls-verify=false"),
                    List.of("--src-tls-verify=false"));
        }
    }

    @Test
    void skopeoReadsARecordOfARegistryWithPasswords() throws Exception {
        try (DockerRegistry registry =
                DockerRegistry.builder().htpasswd(folder, "ci", "pässword").start()) {
            assertIsReadBySkopeo(
                    registry,
                    new RegistryFixture(folder).server(registry.host(), "ci", "pässword"),
                    List.of("--tls-verify=false", "--creds=ci:pässword"),
                    List.of("--src-tls-verify=false", "--src-creds=ci:pässword"));
        }
    }

    @Test
    void aRegistryWithATokenServerKeepsTheHistory() throws IOException {
        TestCertificate certificate = TestCertificate.forTokens(folder.resolve("tokens"));
        try (TokenServer tokens = TokenServer.start(certificate, "ci", "secret-password");
                DockerRegistry registry =
                        DockerRegistry.builder().tokens(tokens).start();
                WatchedWebhook webhook = WatchedWebhook.start();
                ReleaseFixture fixture = new ReleaseFixture(
                        folder,
                        registry.host(),
                        webhook.url(),
                        new RegistryFixture(folder).server(registry.host(), "ci", "secret-password"))) {
            fixture.deploy(fixture.plan("main-1"));
            fixture.now = Records.NOON.plusSeconds(90);
            fixture.deploy(fixture.plan("main-2"));

            assertThat(fixture.ledger.records(DeploymentRecord.ONLY, ALL))
                    .extracting(DeploymentRecord::outcome)
                    .containsExactly(DeploymentRecord.Outcome.ACCEPTED, DeploymentRecord.Outcome.ACCEPTED);
            assertThat(tokens.scopes())
                    .contains("repository:" + ReleaseFixture.REPOSITORY + ":pull,push")
                    .allMatch(scope -> !scope.contains("*") && !scope.contains("delete"));
            assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
        }
    }

    @Test
    void aRegistryThatWantsAPasswordDoesNotStopADeployment() throws Exception {
        try (DockerRegistry registry = DockerRegistry.builder()
                        .htpasswd(folder, "ci", "pässword")
                        .start();
                WatchedWebhook webhook = WatchedWebhook.start();
                ReleaseFixture fixture = ReleaseFixture.toRealRegistry(folder, registry.host(), webhook.url())) {
            fixture.deploy(fixture.plan("main-1"));
            assertThat(webhook.seen()).containsOnlyKeys("main-1");
            assertThat(fixture.log)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN The deployment is not recorded. The ledger '" + registry.host())
                            .contains("requires a credential, but none was sent (401")
                            .contains("<id>" + registry.host() + "</id>, <username> and <password> to settings.xml"));
        }
    }

    private void assertIsReadBySkopeo(
            DockerRegistry registry, RegistryFixture open, List<String> inspectOptions, List<String> copyOptions)
            throws IOException {
        try (WatchedWebhook webhook = WatchedWebhook.start();
                ReleaseFixture fixture = new ReleaseFixture(folder, registry.host(), webhook.url(), open)) {
            Digest image = fixture.registries.pulling(
                    fixture.ledger.repository(),
                    "image",
                    client -> LedgerArtifact.push(
                            client, "acme/shop-frontend", "main-2", "text/plain", new byte[] {1, 2, 3}));
            fixture.deploy(fixture.plan("main-1"));
            RecordId first = recorded(fixture);
            fixture.log.clear();
            fixture.now = Records.NOON.plusSeconds(90);
            DeployPlan plan = fixture.plan("main-2");
            Recorder recorder = fixture.recorder();
            recorder.run(
                    plan,
                    Action.ROLLBACK,
                    fixture.ledger.record(first),
                    recorder.replaced(plan),
                    fixture.webhook(),
                    ReleaseFixture.token(),
                    new SilentDeployLog());
            RecordId second = recorded(fixture);

            String ledger = "docker://" + registry.host() + "/" + ReleaseFixture.REPOSITORY + ":";
            String[] inspect = inspectOptions.toArray(String[]::new);
            String[] raw = with(inspect, "--raw", ledger + second);
            JsonNode manifest = Json.parse(skopeo("inspect", raw));
            assertThat(manifest.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
            assertThat(manifest.path("artifactType").asText()).isEqualTo("application/vnd.olympe.deployment.v1+json");
            assertThat(manifest.path("config").path("mediaType").asText())
                    .isEqualTo("application/vnd.oci.empty.v1+json");
            assertThat(manifest.path("layers")).hasSize(1);
            JsonNode layer = manifest.path("layers").path(0);
            assertThat(layer.path("mediaType").asText()).isEqualTo("application/vnd.olympe.deployment.v1+json");

            Path copy = folder.resolve("copy");
            skopeo(
                    "copy",
                    with(copyOptions.toArray(String[]::new), "--quiet", ledger + second, "oci:" + copy + ":record"));
            String blob = layer.path("digest").asText().replace("sha256:", "");
            JsonNode json =
                    Json.parse(Files.readString(copy.resolve("blobs/sha256").resolve(blob)));
            String previous = Digest.of(skopeo("inspect", with(inspect, "--raw", ledger + first)))
                    .value();
            assertThat(json)
                    .isEqualTo(expected(
                            fixture,
                            second,
                            first,
                            webhook.url(),
                            webhook.seen().get("main-2"),
                            image.value(),
                            previous));
            Set<String> members = new TreeSet<>();
            json.fieldNames().forEachRemaining(members::add);
            assertThat(members).isEqualTo(documentedMembers());
            assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
        }
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static RecordId recorded(ReleaseFixture fixture) {
        return fixture.log.stream()
                .map(line -> Pattern.compile("Recorded as (\\S+)\\.").matcher(line))
                .filter(Matcher::matches)
                .map(matcher -> RecordId.of(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(fixture.log));
    }

    private static JsonNode expected(
            ReleaseFixture fixture,
            RecordId id,
            RecordId repeats,
            String url,
            String payload,
            String image,
            String previous)
            throws IOException {
        ObjectNode record = (ObjectNode) Json.parse(
                """
                {"version": 1, "id": "%s", "time": "2026-11-26T12:01:30Z", "environment": "default",
                 "outcome": "accepted", "action": "rollback", "repeats": "%s", "url": "%s",
                 "images": [{"kind": "frontend", "name": "frontend", "reference": "%s", "digest": "%s"}],
                 "source": {"ci": "GitLab CI", "branch": "main", "commit": "%s", "build": "17",
                            "buildUrl": "https://git.example.com/acme/shop/-/jobs/9"},
                 "by": "jane", "plugin": "0.1.0", "drawVersion": "2.9.1",
                 "answer": {"status": 200}, "mark": "%s.sent", "previous": "%s"}""".formatted(id, repeats, url, fixture.image("main-2"), image, "1a2b3c4d".repeat(5), id, previous));
        record.set("payload", Json.parse(payload));
        ((ObjectNode) record.path("answer")).put("body", WatchedWebhook.ANSWER);
        return record;
    }

    /** The members in the table of docs/releases.md. */
    private static Set<String> documentedMembers() throws IOException {
        String page = Files.readString(Path.of("docs/releases.md"), StandardCharsets.UTF_8);
        String table = page.substring(page.indexOf("| member | holds |"));
        table = table.substring(0, table.indexOf("\n\n"));
        Set<String> members = new TreeSet<>();
        for (String row : table.split("\n")) {
            Matcher name = Pattern.compile("`([a-zA-Z]+)(\\[])?`").matcher(row.split("\\|")[1]);
            while (name.find()) {
                members.add(name.group(1));
            }
        }
        return members;
    }

    @Test
    void twentyThreadsLoseNoRecord() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (DockerRegistry registry = DockerRegistry.start();
                PagingRegistry paging = PagingRegistry.before(registry);
                WatchedWebhook webhook = WatchedWebhook.start()) {
            CyclicBarrier start = new CyclicBarrier(AT_A_TIME);
            List<Future<List<String>>> ended = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                String name = "thread-" + i;
                ended.add(threads.submit(() -> {
                    Path own = Files.createDirectories(folder.resolve(name));
                    try (ReleaseFixture build = ReleaseFixture.toRealRegistry(own, paging.host(), webhook.url())) {
                        for (int round = 0; round < ROUNDS; round++) {
                            start.await();
                            build.deploy(build.plan(name + "-" + round));
                        }
                        return List.copyOf(build.log);
                    }
                }));
            }
            for (Future<List<String>> log : ended) {
                assertThat(log.get()).noneMatch(line -> line.startsWith("WARN"));
            }
            assertNoneIsLost(registry, paging, webhook);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void fourProcessesLoseNoRecord() throws Exception {
        List<DeployingJvm> jvms = new ArrayList<>();
        try (DockerRegistry registry = DockerRegistry.start();
                PagingRegistry paging = PagingRegistry.before(registry);
                WatchedWebhook webhook = WatchedWebhook.start()) {
            for (int i = 0; i < PROCESSES; i++) {
                jvms.add(DeployingJvm.start(
                        folder, paging.host(), webhook.url(), "process-" + i, AT_A_TIME / PROCESSES, ROUNDS));
            }
            jvms.forEach(DeployingJvm::awaitReady);
            for (DeployingJvm jvm : jvms) {
                jvm.go();
            }
            for (DeployingJvm jvm : jvms) {
                assertThat(jvm.ended()).hasSize(AT_A_TIME / PROCESSES * ROUNDS);
            }
            assertNoneIsLost(registry, paging, webhook);
        } finally {
            jvms.forEach(DeployingJvm::close);
        }
    }

    private void assertNoneIsLost(DockerRegistry registry, PagingRegistry paging, WatchedWebhook webhook)
            throws IOException {
        try (ReleaseFixture reader = ReleaseFixture.toRealRegistry(folder, paging.host(), webhook.url())) {
            Map<String, DeploymentRecord> history = history(reader);
            assertThat(webhook.seen()).hasSize(AT_A_TIME * ROUNDS);
            assertThat(history.keySet()).isEqualTo(webhook.seen().keySet());
            assertThat(history.values()).allMatch(record -> record.outcome() == Outcome.ACCEPTED);
            assertTagsAreTheirOwn(registry, reader, history);
            System.out.println(history.size() + " deployments, " + AT_A_TIME + " at a time: none lost.");
        }
    }

    /** Returns the whole history, by the tags of the images. Each deployment must be in it once. */
    private static Map<String, DeploymentRecord> history(ReleaseFixture reader) {
        List<DeploymentRecord> records = new ArrayList<>();
        // The registry may still be at what a killed JVM sent last: it lists a tag a moment before it has the tag's
        // manifest.
        Waiting.until("each tag that is listed can be read", () -> {
            reader.log.clear();
            records.clear();
            records.addAll(reader.ledger.records(DeploymentRecord.ONLY, ALL));
            return reader.log.isEmpty();
        });
        Map<String, DeploymentRecord> history = records.stream()
                .collect(Collectors.toMap(DeploymentRecord::shortName, record -> record, (a, b) -> {
                    throw new AssertionError(a + " and " + b + " are of one deployment");
                }));
        Set<Digest> digests = new HashSet<>();
        history.values().forEach(record -> digests.add(record.digest()));
        assertThat(history.values())
                .as("what each replaced is there")
                .allMatch(record -> record.previous() == null || digests.contains(record.previous()));
        return history;
    }

    /** Records and marks have their own tags, and no tag has moved: a record that says "sent" still does. */
    private static void assertTagsAreTheirOwn(
            DockerRegistry registry, ReleaseFixture reader, Map<String, DeploymentRecord> history) throws IOException {
        Set<String> expected = new TreeSet<>();
        for (DeploymentRecord record : history.values()) {
            LedgerTag mark = LedgerTag.mark(record.id());
            expected.add(mark.toString());
            if (record.outcome() != Outcome.SENT) {
                expected.add(LedgerTag.record(record.id()).toString());
            }
            Optional<LedgerArtifact> pushed = reader.registries.pulling(
                    reader.ledger.repository(),
                    "image",
                    client -> LedgerArtifact.read(client, ReleaseFixture.REPOSITORY, mark.toString()));
            assertThat(pushed.orElseThrow().document().path("outcome").asText())
                    .as("what " + mark + " says")
                    .isEqualTo("sent");
        }
        Set<String> tags = new TreeSet<>();
        Json.parse(skopeo(
                        "list-tags",
                        "--tls-verify=false",
                        "docker://" + registry.host() + "/" + ReleaseFixture.REPOSITORY))
                .path("Tags")
                .forEach(tag -> tags.add(tag.asText()));
        assertThat(tags).as("the tags").isEqualTo(expected);
    }

    /**
     * Kills a JVM that makes one deployment after the other, each time at a random moment of the three after its first one. In one of five
     * cases the webhook does it, after it has received the payload and before it answers.
     */
    @Test
    void killedBuildsLeaveTheHistoryComplete() throws Exception {
        System.out.println("Seed: " + seed + " (another one: -Dolympe.test.seed=…)");
        Random random = new Random(seed);
        try (DockerRegistry registry = DockerRegistry.start();
                WatchedWebhook webhook = WatchedWebhook.start();
                ReleaseFixture reader = ReleaseFixture.toRealRegistry(folder, registry.host(), webhook.url())) {
            Duration life = undisturbed(registry, webhook, "first");
            Map<String, DeploymentRecord> settled = new HashMap<>();
            Map<String, Integer> moments = new TreeMap<>();
            DeployingJvm next = endless(registry, webhook, "moment-0");
            for (int i = 0; i < MOMENTS; i++) {
                String name = "moment-" + i;
                Optional<String> unanswered =
                        i % 5 == 0 ? Optional.of(name + "-0-" + (1 + random.nextInt(3))) : Optional.empty();
                Duration after = Duration.ofNanos(random.nextLong(life.toNanos()));
                Set<String> recorded;
                try (DeployingJvm jvm = next) {
                    unanswered.ifPresent(tag -> webhook.beforeAnswering(tag, jvm::kill));
                    jvm.go();
                    if (unanswered.isEmpty()) {
                        jvm.awaitRecorded(name + "-0-0");
                        Waiting.delay(after);
                        jvm.kill();
                    }
                    recorded = jvm.ended();
                }
                // It starts while the history is read.
                next = endless(registry, webhook, "moment-" + (i + 1));
                String moment = "seed " + seed + ", " + name;
                Set<String> seen = webhook.seen().keySet();
                Map<String, DeploymentRecord> history = history(reader);
                assertThat(history.keySet())
                        .as(moment + ": what the webhook saw")
                        .containsAll(seen);
                assertThat(history).as(moment + ": what was there before").containsAllEntriesOf(settled);
                for (String tag : recorded) {
                    assertThat(history.get(tag).outcome())
                            .as(moment + ": " + tag)
                            .isEqualTo(Outcome.ACCEPTED);
                }
                unanswered.ifPresent(tag -> {
                    assertThat(history.get(tag).outcome())
                            .as(moment + ": no answer")
                            .isEqualTo(Outcome.SENT);
                    settled.put(tag, history.get(tag));
                });
                history.forEach((tag, record) -> {
                    if (record.outcome() == Outcome.ACCEPTED) {
                        settled.put(tag, record);
                    }
                });
                assertThat(webhook.seen().keySet())
                        .as(moment + ": what is accepted was sent")
                        .containsAll(history.keySet().stream()
                                .filter(tag -> history.get(tag).outcome() == Outcome.ACCEPTED)
                                .toList());
                moments.merge(kind(name, history, webhook), 1, Integer::sum);
            }
            undisturbed(registry, webhook, "last");
            Map<String, DeploymentRecord> history = history(reader);
            assertThat(history).containsAllEntriesOf(settled).containsKey("last-0-3");
            assertTagsAreTheirOwn(registry, reader, history);
            System.out.println(MOMENTS + " moments within " + life.toMillis() + " ms: " + moments + "; "
                    + history.size() + " deployments in the history.");
        }
    }

    /** A JVM that deploys until it is killed. */
    private DeployingJvm endless(DockerRegistry registry, WatchedWebhook webhook, String name) throws IOException {
        DeployingJvm jvm = DeployingJvm.start(folder, registry.host(), webhook.url(), name, 1, Integer.MAX_VALUE);
        endless.add(jvm);
        return jvm;
    }

    /** Lets a JVM deploy four times, and returns how long the last three take. */
    private Duration undisturbed(DockerRegistry registry, WatchedWebhook webhook, String name) throws Exception {
        try (DeployingJvm jvm = DeployingJvm.start(folder, registry.host(), webhook.url(), name, 1, 4)) {
            jvm.go();
            jvm.awaitRecorded(name + "-0-0");
            long start = System.nanoTime();
            jvm.awaitRecorded(name + "-0-3");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(jvm.ended()).hasSize(4);
            return took;
        }
    }

    /** Returns when it was killed, judged by the last deployment that left a trace. */
    private static String kind(String name, Map<String, DeploymentRecord> history, WatchedWebhook webhook) {
        return history.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "-"))
                .filter(entry -> entry.getValue().outcome() == Outcome.SENT)
                .map(entry -> webhook.seen().containsKey(entry.getKey())
                        ? "between POST and record"
                        : "between mark and POST")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(), text -> text.isEmpty() ? "before a mark or after its record" : text));
    }
}
