package io.github.olympe.maven.http;

import io.github.olympe.maven.credential.Credential;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Downloads files by HTTP or HTTPS, or copies them from a {@code file:} URL. Only the given origins get the credential, whatever a redirect
 * leads to. Redirects from HTTPS to plain HTTP are refused. So is plain HTTP to another machine, unless it is allowed.
 *
 * @param proxies the proxies to use; loopback hosts are always reached directly
 * @param credential a user with a password, or a token
 * @param origins the servers that get the credential
 * @param allowInsecure whether plain HTTP to other machines is allowed
 */
public record Download(
        HttpProxies proxies, Optional<Credential> credential, Set<Origin> origins, boolean allowInsecure) {

    private static final int MOST_REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    public Download {
        origins = Set.copyOf(origins);
    }

    /**
     * Downloads a file.
     *
     * @param largest the largest number of bytes allowed
     * @throws IOException if it cannot be downloaded; the message is a part of a sentence
     */
    public void to(Path file, URI url, long largest) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            fetch(url, out, largest);
        }
    }

    /** Downloads a text in UTF-8, with the rules of {@link #to}. */
    public String text(URI url, int largest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fetch(url, out, largest);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void fetch(URI url, OutputStream out, long largest) throws IOException {
        if ("file".equalsIgnoreCase(url.getScheme())) {
            try (InputStream in = Files.newInputStream(Path.of(url))) {
                copy(in, out, largest, url);
            }
            return;
        }
        try (CloseableHttpClient client =
                HttpClients.builder(proxies, new SystemTls(), CONNECT, SILENCE).build()) {
            URI place = url;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                ClassicHttpResponse response = answer(client, place, request(place));
                InputStream content = response.getEntity() == null
                        ? InputStream.nullInputStream()
                        : response.getEntity().getContent();
                try {
                    if (response.getCode() == 200) {
                        copy(content, out, largest, place);
                        return;
                    }
                    place = redirect(place, response);
                } finally {
                    HttpClients.end(response, content);
                }
            }
        }
        throw new IOException("'" + url + "' leads to more than " + MOST_REDIRECTS + " redirects");
    }

    private static ClassicHttpResponse answer(CloseableHttpClient client, URI url, HttpGet request) throws IOException {
        try {
            return client.executeOpen(null, request, null);
        } catch (IOException e) {
            throw new IOException("'" + url + "' cannot be reached: " + e);
        }
    }

    private URI redirect(URI from, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (response.getCode() / 100 != 3 || location == null) {
            throw new IOException("'" + from + "' answers with HTTP status " + response.getCode());
        }
        URI to;
        try {
            to = from.resolve(location.getValue().strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + from + "' redirects to something that is not a URL");
        }
        Origin origin = Origin.of(to).orElse(null);
        if (origin == null
                || "https".equalsIgnoreCase(from.getScheme())
                        && !origin.scheme().equals("https")) {
            throw new IOException("'" + from + "' redirects to '" + to.getScheme() + "://" + to.getHost()
                    + "', which is not encrypted");
        }
        return to;
    }

    private HttpGet request(URI url) throws IOException {
        Origin origin = Origin.of(url).orElseThrow(() -> new IOException("'" + url + "' is not an HTTP URL"));
        if (origin.isInsecure() && !allowInsecure) {
            throw new IOException("'" + url + "' is plain HTTP to another machine");
        }
        HttpGet request = new HttpGet(url);
        if (origins.contains(origin)) {
            credential
                    .map(Request::authorization)
                    .ifPresent(value -> request.setHeader(HttpHeaders.AUTHORIZATION, value));
        }
        return request;
    }

    private static void copy(InputStream in, OutputStream out, long largest, URI url) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            length += n;
            if (length > largest) {
                throw new IOException("'" + url + "' is larger than " + largest + " bytes");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("'" + url + "' takes longer than " + LONGEST.toMinutes() + " minutes");
            }
            out.write(buffer, 0, n);
        }
    }
}
