package io.github.olympe.maven.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;

/** The answer to a request. The content is streamed. Closing the answer frees the connection for the next request. */
public final class Answer implements AutoCloseable {

    private final ClassicHttpResponse response;
    private final Runnable atEnd;
    private final InputStream content;

    Answer(ClassicHttpResponse response, Exchange exchange, Runnable atEnd) throws IOException {
        this.response = response;
        this.atEnd = atEnd;
        this.content = response.getEntity() == null
                ? InputStream.nullInputStream()
                : exchange.counted(response.getEntity().getContent());
    }

    /** Returns the HTTP status. */
    public int status() {
        return response.getCode();
    }

    /** Returns the reason phrase after the status, which may be empty. */
    public String reason() {
        return Optional.ofNullable(response.getReasonPhrase()).orElse("");
    }

    /** Returns the first header of this name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Returns the values of all headers of this name. */
    public List<String> headers(String name) {
        return Stream.of(response.getHeaders(name)).map(Header::getValue).toList();
    }

    /** Returns the charset of the content, UTF-8 if the answer does not name one. */
    public Charset charset() {
        ContentType type = ContentType.parseLenient(header("Content-Type").orElse(""));
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    /** Returns the content, empty if the answer has none. */
    public InputStream content() {
        return content;
    }

    /** Returns the content as text in UTF-8, cut off after this many bytes. */
    public String text(int limit) throws IOException {
        return new String(content.readNBytes(limit), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        HttpClients.end(response, content);
        atEnd.run();
    }
}
