package io.github.olympe.maven.http;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param method the HTTP method
 * @param url the URL
 * @param headers its headers, that of the body's type included
 * @param body its content
 * @param anyCertificate whether any certificate of the server is accepted
 */
public record Request(
        String method, URI url, Map<String, String> headers, Optional<Body> body, boolean anyCertificate) {

    public Request {
        headers = Map.copyOf(headers);
    }

    /** Returns a request without headers and content. */
    public static Request of(String method, URI url) {
        return new Request(method, url, Map.of(), Optional.empty(), false);
    }

    /** Returns the same request with this header, in place of any with the same name. */
    public Request withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(method, url, more, body, anyCertificate);
    }

    /** Returns the same request with a user and password as basic authentication, or a token alone as a bearer token. */
    public Request withCredential(Credential credential) {
        return withHeader("Authorization", authorization(credential));
    }

    /** Returns the value of the header {@code Authorization}. */
    static String authorization(Credential credential) {
        String secret = credential.secret().map(Secret::reveal).orElse("");
        return credential
                .username()
                .map(user -> "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                .orElse("Bearer " + secret);
    }

    /** Returns the same request without this header. */
    public Request withoutHeader(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.keySet().removeIf(name::equalsIgnoreCase);
        return new Request(method, url, fewer, body, anyCertificate);
    }

    /** Returns the same request with this content. */
    public Request withBody(Body newBody) {
        return new Request(method, url, headers, Optional.of(newBody), anyCertificate);
    }

    /** Returns the same request to another URL. */
    public Request to(URI newUrl) {
        return new Request(method, newUrl, headers, body, anyCertificate);
    }

    /** Returns the same request, which accepts any certificate or only trusted ones. */
    public Request trusting(boolean takesAnyCertificate) {
        return new Request(method, url, headers, body, takesAnyCertificate);
    }
}
