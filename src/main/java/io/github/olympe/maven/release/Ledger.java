package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of a project, in the repository {@code <registry>/<imageName>-deployments}. Records are only added, never changed or
 * removed. The registry only needs to support pushing, pulling and listing tags. If it does not allow one of these, each method throws an
 * {@link OlympeException} that says what is missing.
 */
public final class Ledger {

    /** The suffix of the repository's name, after the name of the images. */
    public static final String SUFFIX = "-deployments";

    private final Registries registries;
    private final ImageReference repository;
    private final Consumer<String> warnings;

    /** Whether everything listed has had time to become readable. */
    private boolean settled;

    /**
     * Creates a ledger. No request is sent yet.
     *
     * @param repository the ledger's repository
     * @param warnings receives a sentence or two about each broken entry, each time it is read
     */
    public Ledger(Registries registries, ImageReference repository, Consumer<String> warnings) {
        this.registries = registries;
        this.repository = repository;
        this.warnings = warnings;
    }

    /** Returns the ledger's repository. */
    public ImageReference repository() {
        return repository;
    }

    /**
     * Adds a record or a mark.
     *
     * @return its digest in the registry
     */
    public Digest append(DeploymentRecord entry) {
        LedgerTag tag = entry.outcome() == DeploymentRecord.Outcome.SENT
                ? LedgerTag.mark(entry.id())
                : LedgerTag.record(entry.id());
        return push(tag, LedgerArtifact.RECORD_TYPE, entry.json());
    }

    /** Adds what {@code await} found about a deployment. */
    public Digest append(RecordId id, Awaited awaited) {
        return push(LedgerTag.awaited(id, Instant.parse(awaited.time())), LedgerArtifact.AWAITED_TYPE, awaited);
    }

    private Digest push(LedgerTag tag, String type, Object document) {
        byte[] json = Json.bytes(document);
        return asking(LedgerAccess.WRITE, registry -> {
            String name = repository.repository();
            try {
                return LedgerArtifact.push(registry, name, tag.toString(), type, json);
            } catch (RegistryFailure failure) {
                if (failure.kind() != RegistryFailure.Kind.REJECTED
                        && failure.kind() != RegistryFailure.Kind.MEDIA_TYPE) {
                    throw failure;
                }
                // An earlier attempt may have succeeded although its answer was lost, and an immutable tag cannot be
                // pushed twice.
                Optional<Digest> there = LedgerArtifact.find(registry, name, tag.toString(), json);
                return there.orElseThrow(() -> failure);
            }
        });
    }

    /**
     * Returns the deployments to an environment, newest first. They include marks without a record, with the outcome
     * {@link DeploymentRecord.Outcome#SENT}.
     *
     * @param environment the name; {@link DeploymentRecord#ONLY} in a project that has only one
     * @param count the largest number of records
     */
    public List<DeploymentRecord> records(String environment, int count) {
        return records(environment, read -> read.size() == count);
    }

    /**
     * Returns the deployments to an environment, newest first, like {@link #records(String, int)}. It stops when it has enough and reads no
     * older record.
     *
     * @param enough tests the records read so far, at least one
     */
    public List<DeploymentRecord> records(String environment, Predicate<List<DeploymentRecord>> enough) {
        String slug = RecordId.slug(environment);
        List<DeploymentRecord> found = new ArrayList<>();
        for (Map.Entry<RecordId, List<LedgerTag>> entry : tags().entrySet()) {
            if (entry.getKey().environment().equals(slug)) {
                Optional<DeploymentRecord> record = read(entry.getKey(), entry.getValue())
                        .filter(read -> read.environment().equals(environment));
                record.ifPresent(found::add);
                if (record.isPresent() && enough.test(found)) {
                    break;
                }
            }
        }
        return found;
    }

    /** Returns the current deployment of an environment: the newest record that the webhook accepted. */
    public Optional<DeploymentRecord> current(String environment) {
        return newest(environment, record -> record.outcome() == DeploymentRecord.Outcome.ACCEPTED);
    }

    /** Returns the newest deployment to an environment that fulfils a condition. No older record is read. */
    public Optional<DeploymentRecord> newest(String environment, Predicate<DeploymentRecord> wanted) {
        List<DeploymentRecord> read = records(environment, soFar -> wanted.test(last(soFar)));
        return read.isEmpty() ? Optional.empty() : Optional.of(last(read)).filter(wanted);
    }

    private static DeploymentRecord last(List<DeploymentRecord> records) {
        return records.get(records.size() - 1);
    }

    /**
     * Returns the record that a user names.
     *
     * @throws OlympeException if there is none
     */
    public DeploymentRecord record(RecordId id) {
        List<LedgerTag> tags = tags().getOrDefault(id, List.of());
        return read(id, tags)
                .orElseThrow(() -> new OlympeException("The ledger '" + repository + "' has no record '" + id
                        + "'; see those that it has with 'mvn olympe:history'."));
    }

    /** Returns all tags of the ledger, grouped by record, newest first. */
    private Map<RecordId, List<LedgerTag>> tags() {
        List<String> tags = asking(LedgerAccess.LIST, registry -> registry.tags(Access.pull(repository.repository())));
        settled = false;
        Map<RecordId, List<LedgerTag>> byRecord =
                new TreeMap<>(RecordId.OLDEST_FIRST.reversed().thenComparing(RecordId::environment));
        tags.forEach(text -> LedgerTag.find(text)
                .ifPresent(tag -> byRecord.computeIfAbsent(tag.id(), id -> new ArrayList<>())
                        .add(tag)));
        return byRecord;
    }

    /** Reads a record. If it is gone, its mark is read, so that a deployment does not vanish from the history. */
    private Optional<DeploymentRecord> read(RecordId id, List<LedgerTag> tags) {
        return Stream.of(
                        tags.stream().filter(LedgerTag::isRecord), tags.stream().filter(LedgerTag::isMark))
                .flatMap(same -> same)
                .flatMap(tag -> read(id, tag).stream())
                .findFirst()
                .map(record -> record.read(Objects.requireNonNull(record.digest()), awaited(tags)));
    }

    private Optional<DeploymentRecord> read(RecordId id, LedgerTag tag) {
        // A copy of a record under another tag is ignored.
        return read(
                        tag,
                        artifact -> Json.value(artifact.document(), DeploymentRecord.class)
                                .read(artifact.digest(), null))
                .filter(record -> record.id().equals(id));
    }

    private @Nullable Awaited awaited(List<LedgerTag> tags) {
        return tags.stream()
                .filter(LedgerTag::isAwaited)
                .max(Comparator.comparing(LedgerTag::part))
                .flatMap(tag -> read(tag, artifact -> Json.value(artifact.document(), Awaited.class)))
                .orElse(null);
    }

    /** Reads a value from an artifact. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(LedgerArtifact artifact) throws ForeignText.Malformed;
    }

    /** Reads an entry. A broken one causes only a warning, because the others are still good. */
    private <T> Optional<T> read(LedgerTag tag, Reader<T> reader) {
        try {
            return Optional.of(reader.read(
                    artifact(tag).orElseThrow(() -> new ForeignText.Malformed("it is not a document of this plugin"))));
        } catch (ForeignText.Malformed e) {
            warnOfBroken(
                    tag,
                    e.reason()
                            + ". Unless a newer version of the plugin has written it, delete this tag to end the warning; many registries"
                            + " delete each other tag of the same digest with it.");
        } catch (RegistryFailure failure) {
            if (failure.kind() != RegistryFailure.Kind.NOT_FOUND) {
                throw LedgerAccess.READ.explain(failure, repository);
            }
            settled = true;
            warnOfBroken(
                    tag,
                    "a part of it is gone from the registry. Keep the registry's clean-up away from this repository,"
                            + " and delete this tag to end the warning.");
        }
        return Optional.empty();
    }

    /** Reads the artifact under a listed tag. Another deployment may be writing it at this moment. */
    private Optional<LedgerArtifact> artifact(LedgerTag tag) throws RegistryFailure {
        String doing = LedgerAccess.READ.doing(repository);
        Registries.Call<Optional<LedgerArtifact>> call =
                registry -> LedgerArtifact.read(registry, repository.repository(), tag.toString());
        return settled
                ? registries.asking(repository.registry(), doing, call)
                : registries.askingListed(repository.registry(), doing, call);
    }

    private void warnOfBroken(LedgerTag tag, String why) {
        warnings.accept("The entry '" + tag + "' of the ledger '" + repository + "' is left out: " + why);
    }

    private <T> T asking(LedgerAccess access, Registries.Call<T> call) {
        try {
            return registries.asking(repository.registry(), access.doing(repository), call);
        } catch (RegistryFailure failure) {
            throw access.explain(failure, repository);
        }
    }
}
