package io.github.olympe.maven.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A token server for one user, as the distribution project specifies it. It issues JSON web tokens, signed with a test key, for the
 * requested scopes. It gives no right to push to repositories that begin with {@code readonly/}, and no right at all to those that begin
 * with {@code secret/}. It also accepts the password as an identity token (OAuth2 refresh token).
 */
public final class TokenServer implements AutoCloseable {

    static final String SERVICE = "test-registry";
    static final String ISSUER = "test-issuer";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final TestCertificate certificate;
    private final String user;
    private final String password;
    private final List<String> scopes = new CopyOnWriteArrayList<>();
    private volatile int seconds = 300;

    private TokenServer(HttpServer server, TestCertificate certificate, String user, String password) {
        this.server = server;
        this.certificate = certificate;
        this.user = user;
        this.password = password;
    }

    /** Starts it on a free port of 127.0.0.1. */
    public static TokenServer start(TestCertificate certificate, String user, String password) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            TokenServer tokens = new TokenServer(server, certificate, user, password);
            server.createContext("/token", tokens::answer);
            server.start();
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets how long tokens are valid. */
    public TokenServer lifetime(int newSeconds) {
        seconds = newSeconds;
        return this;
    }

    /** Returns the scopes of each token that it has issued. */
    public List<String> scopes() {
        return List.copyOf(scopes);
    }

    String realm() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    TestCertificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = exchange.getRequestMethod().equals("POST")
                    ? form
                    : exchange.getRequestURI().getRawQuery();
            String basic = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            boolean known = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    || form.contains("grant_type=refresh_token") && form.contains("refresh_token=" + password);
            if (!known) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] body = JSON.writeValueAsBytes(Map.of("access_token", token(query), "expires_in", seconds));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String token(String query) throws IOException {
        List<Map<String, Object>> access = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.startsWith("scope=")) {
                String text = URLDecoder.decode(pair.substring("scope=".length()), StandardCharsets.UTF_8);
                asked.addAll(List.of(text.split(" ")));
            }
        }
        scopes.add(String.join(" ", asked));
        for (String scope : asked) {
            String[] parts = scope.split(":");
            List<String> actions = new ArrayList<>(List.of(parts[2].split(",")));
            if (parts[1].startsWith("readonly/")) {
                actions.retainAll(Set.of("pull"));
            }
            if (!parts[1].startsWith("secret/")) {
                access.add(Map.of("type", parts[0], "name", parts[1], "actions", actions));
            }
        }
        Instant now = Instant.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", user);
        claims.put("aud", SERVICE);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond() - 10);
        claims.put("exp", now.getEpochSecond() + seconds);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("access", access);
        Map<String, Object> header = Map.of(
                "typ",
                "JWT",
                "alg",
                "RS256",
                "x5c",
                List.of(Base64.getEncoder().encodeToString(certificate.encoded())));
        String signed = base64(JSON.writeValueAsBytes(header)) + "." + base64(JSON.writeValueAsBytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(certificate.key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
