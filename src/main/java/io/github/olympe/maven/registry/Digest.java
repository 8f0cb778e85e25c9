package io.github.olympe.maven.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a blob, as the OCI image specification writes it: {@code sha256:} and 64 hexadecimal digits in lower case.
 *
 * @param value the full text, {@code sha256:…}
 */
public record Digest(String value) {

    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new OlympeException(
                    "'" + value + "' is not a digest; it must be 'sha256:' and 64 hexadecimal digits in lower case.");
        }
    }

    /** Parses a text from outside, absent if it is not a digest. */
    public static Optional<Digest> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /** Returns a digest from its hexadecimal digits alone. */
    public static Digest ofHex(String hex) {
        return new Digest(PREFIX + hex);
    }

    /** Returns the digest of a finished computation. */
    public static Digest of(MessageDigest sha256) {
        return ofHex(HexFormat.of().formatHex(sha256.digest()));
    }

    /** Returns the digest of these bytes. */
    public static Digest of(byte[] content) {
        MessageDigest sha256 = sha256();
        sha256.update(content);
        return of(sha256);
    }

    /** Returns the digest of this text in UTF-8. */
    public static Digest of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of a file's content. */
    public static Digest ofFile(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return of(sha256);
    }

    /** Starts a new computation of SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the full text, as in JSON. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }

    /** Returns the 64 hexadecimal digits. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    /** Returns the 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex());
    }

    /** Returns the first 12 hexadecimal digits, for people. */
    public String shortHex() {
        return hex().substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Returns Jib Core's form of the digest. */
    public DescriptorDigest forJib() {
        try {
            return DescriptorDigest.fromDigest(value);
        } catch (DigestException e) {
            throw new IllegalStateException("checked when it was made", e);
        }
    }
}
