package io.github.olympe.maven.registry.protocol;

import com.google.api.client.http.LowLevelHttpResponse;
import io.github.olympe.maven.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer in the form that Jib Core's HTTP client expects. */
final class TransportResponse extends LowLevelHttpResponse {

    private static final String CONTENT_LENGTH = "Content-Length";

    private final int status;
    private final String reason;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable InputStream content;
    private final Runnable close;

    private TransportResponse(
            int status, String reason, Map<String, String> headers, @Nullable InputStream content, Runnable close) {
        this.status = status;
        this.reason = reason;
        this.headers = new ArrayList<>(headers.entrySet());
        this.content = content;
        this.close = close;
    }

    /**
     * Converts the answer of a server.
     *
     * @param method the method of the request
     * @param added headers to pass on besides the harmless ones
     */
    static TransportResponse of(String method, Answer answer, Map<String, String> added) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(added);
        for (String name : List.of("Docker-Content-Digest", "Retry-After", CONTENT_LENGTH)) {
            answer.header(name).ifPresent(value -> headers.put(name, value));
        }
        boolean head = method.equals("HEAD");
        if (head) {
            // Jib treats a blob without a length as an error (RegistryQuirksTest.aBlobMayHaveNoLength).
            headers.putIfAbsent(CONTENT_LENGTH, "0");
        }
        boolean refused = answer.status() / 100 != 2;
        InputStream content = refused
                ? new ByteArrayInputStream(answer.content().readNBytes(RegistryErrors.LONGEST_ERROR))
                : answer.content();
        return new TransportResponse(
                answer.status(), answer.reason(), headers, head ? null : new Unclosed(content), answer::close);
    }

    /** Returns the challenge that the registry sent to the first request. */
    static TransportResponse challenging(Optional<String> challenge) {
        return challenge
                .map(value ->
                        new TransportResponse(401, "Unauthorized", Map.of("WWW-Authenticate", value), null, () -> {}))
                .orElseGet(() -> new TransportResponse(200, "OK", Map.of(), null, () -> {}));
    }

    /** Returns the answer of a token server. */
    static TransportResponse withToken(String token) {
        byte[] content = ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8);
        return new TransportResponse(200, "OK", Map.of(), new ByteArrayInputStream(content), () -> {});
    }

    /** A stream that stays open when Jib closes it after the answer. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream content) {
            super(content);
        }

        @Override
        public void close() {}
    }

    @Override
    public @Nullable InputStream getContent() {
        return content;
    }

    @Override
    public @Nullable String getContentEncoding() {
        return null;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public String getStatusLine() {
        return "HTTP/1.1 " + status + " " + reason;
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public String getReasonPhrase() {
        return reason;
    }

    @Override
    public int getHeaderCount() {
        return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
        return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
        return headers.get(index).getValue();
    }

    @Override
    public void disconnect() {
        close.run();
    }
}
