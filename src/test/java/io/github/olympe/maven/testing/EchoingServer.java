package io.github.olympe.maven.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server or a proxy on 127.0.0.1 that refuses every request and repeats what it received: the credential, as sent and decoded, is in its
 * status line, its headers and its body.
 */
public final class EchoingServer implements AutoCloseable {

    private static final Pattern BASIC = Pattern.compile("(?i)basic (\\S+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final LoopbackListener listener;
    private final List<Integer> statuses;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    private EchoingServer(LoopbackListener listener, List<Integer> statuses) {
        this.listener = listener;
        this.statuses = statuses;
    }

    /** Starts one that answers with these statuses in turn, and then always with the last of them. */
    public static EchoingServer answering(Integer... statuses) {
        EchoingServer server = new EchoingServer(LoopbackListener.open(), List.of(statuses));
        server.listener.serve(server::answer);
        return server;
    }

    /** Returns host and port. */
    public String authority() {
        return listener.authority();
    }

    public int port() {
        return listener.port();
    }

    /** Its URL, without a slash at the end. */
    public String url() {
        return "http://" + authority();
    }

    /** Returns the credentials that it received, as they were sent. */
    public List<String> credentials() {
        return List.copyOf(credentials);
    }

    private void answer(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String request = LoopbackListener.head(in);
        Matcher length = LENGTH.matcher(request);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        String sent = request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).matches("(proxy-)?authorization:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("nothing");
        if (!sent.equals("nothing")) {
            credentials.add(sent);
        }
        // A client sends a credential only after it was asked for one.
        boolean asks = sent.equals("nothing") && statuses.get(0) != 407;
        int status = asks ? 401 : statuses.get(Math.min(answered.getAndIncrement(), statuses.size() - 1));
        socket.getOutputStream().write(answer(request, sent, status).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private String answer(String request, String sent, int status) {
        Matcher basic = BASIC.matcher(sent);
        String plain = basic.matches()
                ? new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8)
                : sent.replaceFirst("^\\S+ ", "");
        String told = String.join(
                " ",
                request.lines().findFirst().orElse(""),
                sent,
                plain,
                URLEncoder.encode(plain, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        String json = told.replace("\\", "\\\\").replace("\"", "\\\"");
        String body =
                "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"%1$s\"}], \"error\": \"%1$s\", \"message\": \"%1$s\"}"
                        .formatted(json);
        return String.join(
                "\r\n",
                "HTTP/1.1 " + status + " No to " + sent,
                "X-Echo: " + told,
                "Location: " + url() + "/elsewhere?X-Signature=" + URLEncoder.encode(plain, StandardCharsets.UTF_8),
                (status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate") + ": Basic realm=\"all but "
                        + URLEncoder.encode(plain, StandardCharsets.UTF_8) + "\"",
                "Content-Type: application/json",
                "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
                "Connection: close",
                "",
                body);
    }

    @Override
    public void close() {
        listener.close();
    }
}
