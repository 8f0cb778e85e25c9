package io.github.olympe.maven.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * A git server on loopback that speaks git's smart HTTP protocol for one bare repository, with JGit's server side. The test decides who may
 * log in and what happens to a push.
 */
public final class GitHttpServer implements AutoCloseable {

    private final Path repository;
    private final HttpServer server;
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile BiPredicate<String, String> letsIn = (user, password) -> true;
    private volatile boolean asksWho;
    private volatile boolean readOnly;
    private volatile boolean breaksOff;
    private volatile PreReceiveHook hook = PreReceiveHook.NULL;

    private GitHttpServer(Path repository, HttpServer server) {
        this.repository = repository;
        this.server = server;
    }

    /** Starts a server for this bare repository. */
    public static GitHttpServer start(Path bareRepository) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            GitHttpServer server = new GitHttpServer(bareRepository, http);
            http.createContext("/", server::handle);
            http.setExecutor(Executors.newCachedThreadPool(runnable -> {
                Thread thread = new Thread(runnable, "git-http-server");
                thread.setDaemon(true);
                return thread;
            }));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a user and password, and accepts those that the test accepts. */
    public GitHttpServer lettingIn(BiPredicate<String, String> who) {
        asksWho = true;
        letsIn = who;
        return this;
    }

    /** Authenticated users may fetch, but not push. */
    public GitHttpServer readOnly() {
        readOnly = true;
        return this;
    }

    /** Sets what happens before a push is accepted. */
    public GitHttpServer beforeReceiving(PreReceiveHook what) {
        hook = what;
        return this;
    }

    /** Accepts a push, but closes the connection instead of saying so. */
    public GitHttpServer breakingOff() {
        breaksOff = true;
        return this;
    }

    /** The address of the repository. */
    public String url() {
        return "http://" + authority() + "/group/repo.git";
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns each user with password that it received, as {@code user:password}. */
    public List<String> logins() {
        return List.copyOf(logins);
    }

    /** Returns how many bytes of packs and advertisements it has sent. */
    public long bytesSent() {
        return sent.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (asksWho && !authorized(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (!path.startsWith("/group/repo.git/")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (readOnly && exchange.getRequestURI().toString().contains("git-receive-pack")) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                serve(exchange, path);
            }
        } catch (RuntimeException e) {
            e.printStackTrace();
            throw e;
        }
    }

    private boolean authorized(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        String login = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        logins.add(login);
        int colon = login.indexOf(':');
        return letsIn.test(login.substring(0, colon), login.substring(colon + 1));
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        String service = path.endsWith("/info/refs")
                ? exchange.getRequestURI().getQuery().replaceFirst(".*service=", "")
                : path.substring(path.lastIndexOf('/') + 1);
        boolean advertises = path.endsWith("/info/refs");
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-" + service + (advertises ? "-advertisement" : "-result"));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Repository git = new FileRepositoryBuilder()
                        .setBare()
                        .setGitDir(repository.toFile())
                        .build();
                InputStream request = body(exchange)) {
            if (service.equals("git-upload-pack")) {
                upload(exchange, git, advertises, request, answer);
            } else {
                receive(git, advertises, request, answer);
            }
        }
        sent.addAndGet(answer.size());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            answer.writeTo(out);
        }
    }

    private void upload(
            HttpExchange exchange, Repository git, boolean advertises, InputStream request, OutputStream answer)
            throws IOException {
        UploadPack pack = new UploadPack(git);
        pack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(Set.of(protocol.split(":")));
        }
        if (advertises) {
            PacketLineOut lines = new PacketLineOut(answer);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), "git-upload-pack");
        } else {
            pack.upload(request, answer, null);
        }
    }

    private void receive(Repository git, boolean advertises, InputStream request, OutputStream answer)
            throws IOException {
        ReceivePack pack = new ReceivePack(git);
        pack.setBiDirectionalPipe(false);
        pack.setPreReceiveHook(hook);
        if (advertises) {
            PacketLineOut lines = new PacketLineOut(answer);
            lines.writeString("# service=git-receive-pack\n");
            lines.end();
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        } else {
            pack.receive(request, answer, null);
            if (breaksOff) {
                throw new IOException("the test breaks off here");
            }
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        InputStream body = new BufferedInputStream(exchange.getRequestBody());
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(body)
                : body;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
