package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsecureRegistriesTest {

    @ParameterizedTest
    @CsvSource({
        "true,                        r.internal:5000, r.internal:5000, true",
        "true,                        R.internal:5000, r.internal:5000, true",
        "true,                        r.internal:5000, docker.io,       false",
        "true,                        r.internal:5000, r.internal,      false",
        "true,                        '',              docker.io,       false",
        "false,                       r.internal,      r.internal,      false",
        "'',                          r.internal,      r.internal,      false",
        "'a.internal, b.internal:1',  r.internal,      a.internal:5000, true",
        "'a.internal, b.internal:1',  r.internal,      b.internal:1,    true",
        "'a.internal, b.internal:1',  r.internal,      b.internal:2,    false",
        "'a.internal, b.internal:1',  r.internal,      r.internal,      false",
        "'true,a.internal',           r.internal,      r.internal,      true",
        "'[::2]:5000',                r.internal,      [::2]:5000,      true",
    })
    void areThoseThatAreNamed(String value, String registry, String asked, boolean allowed) {
        assertThat(InsecureRegistries.of(value, registry).allows(asked)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes please", "https://r.internal", "r.internal/acme", "r:99999"})
    void whatNamesNoHostIsRefused(String value) {
        assertThatThrownBy(() -> InsecureRegistries.of(value, "r.internal"))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'allowInsecureRegistries': '" + value
                        + "'. Use true, false, or hosts such as 'registry.internal:5000', separated by commas.");
    }

    @Test
    void aCredentialMayBeSentWithoutTlsToThisMachine() {
        assertThat(InsecureRegistries.of(null, "registry.example.com")).isEqualTo(InsecureRegistries.none());
        assertThat(InsecureRegistries.none().allowsPlain("127.0.0.1", 5000)).isTrue();
        assertThat(InsecureRegistries.none().allowsPlain("r.internal", 80)).isFalse();
        assertThat(InsecureRegistries.of("r.internal:5000", "").allowsPlain("r.internal", 5001))
                .isFalse();
        assertThat(InsecureRegistries.of("r.internal", "").allowsPlain("r.internal", 5001))
                .isTrue();
    }
}
