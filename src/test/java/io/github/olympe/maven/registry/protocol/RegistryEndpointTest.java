package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs at which a registry is tried, and which of two failures is reported. */
class RegistryEndpointTest {

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
}
