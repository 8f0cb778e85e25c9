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

/** The answer to a request. Its content comes while it is read; closing it leaves the connection to the next request. */
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

    /** Its status. */
    public int status() {
        return response.getCode();
    }

    /** The words beside the status, which may be none. */
    public String reason() {
        return Optional.ofNullable(response.getReasonPhrase()).orElse("");
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The values of all headers of this name. */
    public List<String> headers(String name) {
        return Stream.of(response.getHeaders(name)).map(Header::getValue).toList();
    }

    /** In which letters its content is written, UTF-8 where it does not say. */
    public Charset charset() {
        ContentType type = ContentType.parseLenient(header("Content-Type").orElse(""));
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    /** Its content; none for an answer without. */
    public InputStream content() {
        return content;
    }

    /** The content as text in UTF-8, cut off after that many bytes. */
    public String text(int limit) throws IOException {
        return new String(content.readNBytes(limit), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        HttpClients.end(response, content);
        atEnd.run();
    }
}
