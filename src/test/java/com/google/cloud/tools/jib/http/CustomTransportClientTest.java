package com.google.cloud.tools.jib.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.cloud.tools.jib.blob.Blobs;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the parts of Jib Core that {@link CustomTransportClient} needs and that are not part of Jib's API. */
@Timeout(60)
class CustomTransportClientTest {

    private static final String WHAT_TO_DO =
            "change CustomTransportClient to it, with Jib's retries and its falling back to plain HTTP off, or go back to the"
                    + " version of the pom before.";

    /** Remembers what was asked for, and fails each time. */
    private static final class Failing extends HttpTransport {

        private final IOException failure;
        private final List<String> requests = new ArrayList<>();

        Failing(IOException failure) {
            this.failure = failure;
        }

        @Override
        public boolean supportsMethod(String method) {
            return true;
        }

        @Override
        protected LowLevelHttpRequest buildRequest(String method, String url) {
            return new LowLevelHttpRequest() {
                @Override
                public void addHeader(String name, String value) {}

                @Override
                public LowLevelHttpResponse execute() throws IOException {
                    requests.add(method + " " + url);
                    if (requests.size() > 1) {
                        throw new IllegalStateException("once is enough");
                    }
                    throw failure;
                }
            };
        }
    }

    @Test
    void jibHasTheConstructorThatTakesATransport() {
        assertThatCode(() -> FailoverHttpClient.class.getDeclaredConstructor(
                        boolean.class, boolean.class, Consumer.class, Supplier.class, Supplier.class, boolean.class))
                .as("This version of Jib Core has another constructor of FailoverHttpClient that takes transports: "
                        + WHAT_TO_DO)
                .doesNotThrowAnyException();
    }

    static Stream<IOException> failures() {
        return Stream.of(
                new IOException("the connection was lost"),
                new SSLException("the certificate is not trusted"),
                new ConnectException("refused"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachRequestIsSentOnceByHttps(IOException failure) throws IOException {
        Failing transport = new Failing(failure);
        FailoverHttpClient client = CustomTransportClient.of(transport);
        URL url = new URL("https://registry.example.com/v2/");
        Request request = Request.builder()
                .setBody(new BlobHttpContent(Blobs.from("can be sent again"), "text/plain"))
                .build();

        Throwable thrown = catchThrowable(() -> client.put(url, request));

        assertThat(transport.requests)
                .as("The constructor of FailoverHttpClient means something else in this version of Jib Core: "
                        + WHAT_TO_DO)
                .containsExactly("PUT " + url);
        assertThat(thrown).isSameAs(failure);
    }

    @Test
    void sendsNothingByPlainHttp() {
        Failing transport = new Failing(new IOException("not reached"));
        FailoverHttpClient client = CustomTransportClient.of(transport);

        assertThatThrownBy(() -> client.get(
                        new URL("http://registry.example.com/v2/"),
                        Request.builder().build()))
                .isInstanceOf(SSLException.class);

        assertThat(transport.requests).isEmpty();
    }
}
