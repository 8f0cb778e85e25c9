package io.github.olympe.maven.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as stored in the ledger, without secrets. docs/releases.md describes the JSON.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param id the id; a mark and the record that follows it share it
 * @param environment the environment's name, {@value #ONLY} if the project has only one
 * @param outcome how it ended
 * @param action the goal that deployed
 * @param repeats the record that was deployed again or promoted
 * @param url the webhook, without a query
 * @param payload the JSON that was sent
 * @param images the payload's images
 * @param source the source that was built, and the build that deployed it
 * @param by who deployed it: the CI's user, else the system's
 * @param plugin the plugin's version
 * @param drawVersion the version of Draw that the images were built with, if known
 * @param answer the webhook's answer
 * @param mark the tag of the mark that was pushed before the webhook was called
 * @param previous the digest of the newest record at that time; two deployments at once may have the same
 * @param awaited what {@code await} found; it is stored beside the record and read with it
 * @param digest the record's digest in the registry; absent before it is pushed, and never part of the JSON
 */
public record DeploymentRecord(
        int version,
        RecordId id,
        String environment,
        Outcome outcome,
        Action action,
        @Nullable RecordId repeats,
        String url,
        JsonNode payload,
        List<DeployedImage> images,
        Source source,
        String by,
        String plugin,
        @Nullable String drawVersion,
        @Nullable Answer answer,
        @Nullable String mark,
        @Nullable Digest previous,
        @Nullable Awaited awaited,
        @JsonIgnore @Nullable Digest digest) {

    /** The version of the format that this plugin writes. */
    public static final int VERSION = 1;

    /** The environment's name in the records of a project that has only one. */
    public static final String ONLY = "default";

    /** How a deployment ended. */
    public enum Outcome {
        /** A mark: the payload was about to be sent. Without a record after the mark, it is unknown whether the webhook accepted it. */
        SENT,
        /** The webhook accepted it. */
        ACCEPTED,
        /** The webhook refused it, or could not be reached. */
        REJECTED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The goal that deployed. */
    public enum Action {
        DEPLOY,
        ROLLBACK,
        PROMOTE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The source that was built, and the build that deployed it.
     *
     * @param ci the CI's name, {@code git} outside of a CI
     * @param commit the full commit id
     * @param build the CI's number of the build
     * @param buildUrl the build's page
     */
    public record Source(
            String ci,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable String commit,
            @Nullable String build,
            @Nullable String buildUrl) {

        /** Returns the source of a record that this build deploys again. */
        Source of(Source repeated) {
            return new Source(ci, repeated.branch, repeated.tag, repeated.commit, build, buildUrl);
        }
    }

    /**
     * A webhook's answer.
     *
     * @param status the HTTP status
     * @param body the body, cut if it is long
     */
    public record Answer(int status, @Nullable String body) {}

    public DeploymentRecord {
        Objects.requireNonNull(id, "a record has no 'id'");
        Objects.requireNonNull(environment, "a record has no 'environment'");
        Objects.requireNonNull(outcome, "a record has no 'outcome'");
        Objects.requireNonNull(action, "a record has no 'action'");
        Objects.requireNonNull(url, "a record has no 'url'");
        Objects.requireNonNull(payload, "a record has no 'payload'");
        Objects.requireNonNull(source, "a record has no 'source'");
        Objects.requireNonNull(by, "a record has no 'by'");
        Objects.requireNonNull(plugin, "a record has no 'plugin'");
        images = List.copyOf(Objects.requireNonNull(images, "a record has no 'images'"));
    }

    /** Returns its JSON. It has a member {@code time}, too, for people and tools. */
    ObjectNode json() {
        return Json.object(this).put("time", time());
    }

    /** Returns when the deployment began, ISO 8601 in UTC. */
    public String time() {
        return id.time().toString();
    }

    /**
     * Requires that the webhook answered this deployment, the last one to its environment.
     *
     * @param advice what to do if it did not, a sentence
     * @throws OlympeException if it is unknown whether the webhook accepted it
     */
    public void requireKnownOutcome(String advice) {
        if (outcome == Outcome.SENT) {
            throw new OlympeException("It is not known whether the last deployment to '" + environment + "' (record '"
                    + id + "') was accepted. " + advice);
        }
    }

    /** Returns the first image of this kind. */
    public Optional<DeployedImage> image(DeployedImage.Kind kind) {
        return images.stream().filter(image -> image.kind() == kind).findFirst();
    }

    /** Returns a short name for people: the tag of the first image. */
    public String shortName() {
        return images.stream().findFirst().map(DeployedImage::shortName).orElse("no image");
    }

    /** Describes the record for people, for use in the middle of a sentence. */
    public String shown(Instant now) {
        return "the record " + id + ", " + shortName() + ", of " + Age.of(Duration.between(id.time(), now));
    }

    /** Returns the final record for this mark. */
    DeploymentRecord ended(Outcome newOutcome, @Nullable Answer newAnswer) {
        return new DeploymentRecord(
                version,
                id,
                environment,
                newOutcome,
                action,
                repeats,
                url,
                payload,
                images,
                source,
                by,
                plugin,
                drawVersion,
                newAnswer,
                LedgerTag.mark(id).toString(),
                previous,
                awaited,
                null);
    }

    /** Returns the same record with what was read beside it. */
    DeploymentRecord read(Digest newDigest, @Nullable Awaited newAwaited) {
        return new DeploymentRecord(
                version,
                id,
                environment,
                outcome,
                action,
                repeats,
                url,
                payload,
                images,
                source,
                by,
                plugin,
                drawVersion,
                answer,
                mark,
                previous,
                newAwaited,
                newDigest);
    }
}
