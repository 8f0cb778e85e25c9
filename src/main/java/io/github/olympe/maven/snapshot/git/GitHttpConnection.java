package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.http.HttpProxies;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/** One request of JGit's HTTP transport and its response. It is sent when the response is first asked for. */
final class GitHttpConnection implements HttpConnection {

    private final GitHttp http;
    private final URI uri;
    private final HttpProxies proxies;
    private final File scratch;
    private final Map<String, String> headers = new HashMap<>();
    private String method = "GET";
    private @Nullable TemporaryBuffer body;
    private @Nullable SSLContext trust;
    private @Nullable ClassicHttpResponse response;

    GitHttpConnection(GitHttp http, URI uri, HttpProxies proxies, File scratch) {
        this.http = http;
        this.uri = uri;
        this.proxies = proxies;
        this.scratch = scratch;
    }

    private ClassicHttpResponse response() throws IOException {
        if (response == null) {
            HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
            headers.forEach(request::setHeader);
            if (body != null) {
                request.setEntity(new Body(body));
            }
            response = http.send(request, uri, proxies, trust);
        }
        return response;
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().getCode();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return String.valueOf(response().getReasonPhrase());
    }

    @Override
    public URL getURL() {
        try {
            return uri.toURL();
        } catch (IOException e) {
            throw new IllegalStateException("it was made from a URL", e);
        }
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        Map<String, List<String>> fields = new HashMap<>();
        if (response != null) {
            for (Header header : response.getHeaders()) {
                fields.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                        .add(header.getValue());
            }
        }
        return fields;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        List<String> values = getHeaderFields(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> getHeaderFields(String name) {
        List<String> values = new ArrayList<>();
        if (response != null) {
            for (Header header : response.getHeaders(name)) {
                values.add(header.getValue());
            }
        }
        return values;
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField(HttpHeaders.CONTENT_TYPE);
    }

    @Override
    public int getContentLength() {
        HttpEntity entity = response == null ? null : response.getEntity();
        return entity == null || entity.getContentLength() > Integer.MAX_VALUE ? -1 : (int) entity.getContentLength();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        HttpEntity entity = response().getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    @Override
    public OutputStream getOutputStream() {
        if (body == null) {
            body = new TemporaryBuffer.LocalFile(scratch);
        }
        return body;
    }

    @Override
    public void setRequestProperty(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void setRequestMethod(String requestMethod) {
        method = requestMethod;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return proxies.forUrl(uri).isPresent();
    }

    /** Called if the user's git configuration has {@code http.sslVerify=false}. */
    @Override
    public void configure(KeyManager[] keys, TrustManager[] managers, @Nullable SecureRandom random) {
        trust = GitHttp.context(keys, managers);
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        // It comes with configure(…), which already stops verifying names.
    }

    @Override
    public void setUseCaches(boolean used) {
        // There is no cache.
    }

    @Override
    public void setConnectTimeout(int milliseconds) {
        // The client sets its own.
    }

    @Override
    public void setReadTimeout(int milliseconds) {
        // The client sets the same one.
    }

    @Override
    public void setInstanceFollowRedirects(boolean followed) {
        // JGit follows redirects itself.
    }

    @Override
    public void setDoOutput(boolean used) {
        // A body is sent if one was written.
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        // The length is known when the body is sent.
    }

    @Override
    public void setChunkedStreamingMode(int length) {
        // As above.
    }

    /** The body that JGit wrote. It can be sent again to a proxy that asks for a password. */
    private static final class Body extends AbstractHttpEntity {

        private final TemporaryBuffer content;

        Body(TemporaryBuffer content) {
            super((String) null, null);
            this.content = content;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public long getContentLength() {
            return content.length();
        }

        @Override
        public InputStream getContent() throws IOException {
            return content.openInputStream();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            content.writeTo(out, null);
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {
            // The buffer is in the scratch folder, which is deleted as a whole.
        }
    }
}
