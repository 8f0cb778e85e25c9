package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs at which a registry is tried, and which of two failures is reported. */
@Timeout(60)
class RegistryEndpointTest {

    private final RecordedLog log = new RecordedLog();
    private final AnsweringServer server = new AnsweringServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer answer(int status) {
        try {
            return server.answer(status, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a port, HTTP uses port 80 and HTTPS 443: if nothing listens at one of them, that says nothing about the other. */
    @ParameterizedTest
    @CsvSource({
        "localhost, REFUSED, CERTIFICATE, http https, CERTIFICATE",
        "localhost, REFUSED, REFUSED, http https, REFUSED",
        "127.0.0.2, REFUSED, TRANSIENT, http https, TRANSIENT",
        "localhost:5000, REFUSED, CERTIFICATE, http, REFUSED",
        "localhost:5000, REJECTED, CERTIFICATE, http https, CERTIFICATE",
        "registry.example.com, REFUSED, CERTIFICATE, https, CERTIFICATE"
    })
    void isAskedByHttpsIfNothingListensForHttp(String registry, Kind http, Kind https, String asked, Kind told) {
        Map<String, Kind> answers = Map.of("http", http, "https", https);
        List<String> schemes = new ArrayList<>();

        RegistryFailure failure = catchThrowableOfType(
                RegistryFailure.class,
                () -> RegistryEndpoint.find(
                        registry,
                        InsecureRegistries.none(),
                        (request, anyCertificate) -> {
                            String scheme = request.url().getScheme();
                            schemes.add(scheme);
                            throw RegistryFailure.of(answers.get(scheme), scheme);
                        },
                        new RecordedLog()));

        assertThat(schemes).containsExactly(asked.split(" "));
        assertThat(failure.kind()).isEqualTo(told);
    }

    /**
     * @param answers what is answered to each request: a kind of failure, or a status
     * @param asked the requests; one that accepts any certificate ends with an exclamation mark
     * @param used the URL that is used, with an exclamation mark for any certificate; or the kind of the failure
     */
    @ParameterizedTest
    @CsvSource({
        "docker.io, 200, https, https://registry-1.docker.io",
        "r.example.com, 200, https, https://r.example.com",
        "r.example.com, 400, https, https://r.example.com",
        "r.example.com, NOT_TLS, https, NOT_TLS",
        "localhost:5000, 200, http, http://localhost:5000",
        "localhost:5000, CERTIFICATE, http, CERTIFICATE",
        "localhost:5000, 400 200, http https, https://localhost:5000",
        "localhost:5000, 400 NOT_TLS, http https, http://localhost:5000",
        "localhost:5000, TRANSIENT NOT_TLS, http https, TRANSIENT",
        "localhost:5000, TRANSIENT TRANSIENT, http https, TRANSIENT",
        "localhost, REFUSED 200, http https, https://localhost",
        "localhost, REFUSED NOT_TLS, http https, REFUSED",
        "localhost:7000, 400 CERTIFICATE 200, http https https!, https://localhost:7000!",
        "open.example.com, 200, https, https://open.example.com",
        "open.example.com, CERTIFICATE 200, https https!, https://open.example.com!",
        "open.example.com, NOT_TLS 200, https http, http://open.example.com",
        "open.example.com, NOT_TLS REFUSED, https http, REFUSED",
        "open.example.com, REFUSED 200, https http, http://open.example.com",
        "open.example.com, REFUSED TRANSIENT, https http, REFUSED",
        "open.example.com, TRANSIENT 200, https http, http://open.example.com",
        "open.example.com:5000, REFUSED, https, REFUSED",
        "open.example.com:5000, TRANSIENT 200, https http, http://open.example.com:5000",
        "open.example.com, UNKNOWN_HOST, https, UNKNOWN_HOST",
    })
    void httpsIsUsedUnlessTheRegistryIsOnThisMachineOrAllowedToBeInsecure(
            String registry, String answers, String asked, String used) {
        Deque<String> next = new ArrayDeque<>(List.of(answers.split(" ")));
        List<String> requests = new ArrayList<>();
        RegistryEndpoint.Probe probe = (request, anyCertificate) -> {
            assertThat(request.url().getPath()).isEqualTo("/v2/");
            requests.add(request.url().getScheme() + (anyCertificate ? "!" : ""));
            String answer = next.remove();
            if (!answer.matches("\\d+")) {
                throw RegistryFailure.of(Kind.valueOf(answer), answer);
            }
            return answer(Integer.parseInt(answer));
        };
        String found;
        try {
            RegistryEndpoint endpoint = RegistryEndpoint.find(
                    registry,
                    InsecureRegistries.of("open.example.com,open.example.com:5000,localhost:7000", "r.example.com"),
                    probe,
                    log);
            found = endpoint.base() + (endpoint.anyCertificate() ? "!" : "");
            assertThat(endpoint.origin()).isEqualTo(Origin.ofServer(endpoint.base()));
        } catch (RegistryFailure failure) {
            found = failure.kind().name();
        }

        assertThat(requests).containsExactly(asked.split(" "));
        assertThat(found).isEqualTo(used);
        boolean isWarned =
                registry.startsWith("open") && !used.equals("https://open.example.com") && used.contains(":/");
        assertThat(log.lines()).hasSize(isWarned ? 1 : 0).allMatch(line -> line.contains("(allowInsecureRegistries)"));
    }
}
