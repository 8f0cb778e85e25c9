package com.google.cloud.tools.jib.http;

import com.google.api.client.http.HttpTransport;

/**
 * Makes Jib's HTTP client send its requests through a transport that is handed to it.
 *
 * <p>The constructor that takes transports is not public, which is why this class is in Jib's package. The public ones make an Apache
 * HttpClient 4 for every request, take proxies and time limits only from system properties of the whole JVM, and write a body again into an
 * upload that broke off.
 */
public final class CustomTransportClient {

    private CustomTransportClient() {}

    /** A client that makes each request once, by HTTPS as far as it can tell: the transport decides how it really goes. */
    public static FailoverHttpClient of(HttpTransport transport) {
        // Where this does not compile, Jib has changed the constructor: take the one with transports, with falling back
        // and retries off.
        return new FailoverHttpClient(false, false, event -> {}, () -> transport, () -> transport, false);
    }
}
