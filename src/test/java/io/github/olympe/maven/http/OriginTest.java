package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://r.example.com/a,      https://r.example.com:443/b,      true",
        "https://r.example.com/a,      HTTPS://R.Example.COM/,           true",
        "http://r.example.com,         http://r.example.com:80/v2/?x=y,  true",
        "http://[::1]:5000,            http://[::1]:5000/x,              true",
        "https://r.example.com,        http://r.example.com,             false",
        "https://r.example.com,        https://r.example.com:8443,       false",
        "https://r.example.com,        https://r.example.com.evil.com,   false",
        "https://r.example.com,        https://user@evil.com/,           false",
        "http://r.example.com:443,     https://r.example.com:443,        false",
    })
    void isOneServer(URI one, URI other, boolean same) {
        assertThat(Origin.ofServer(one).equals(Origin.ofServer(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "https://R.example.com:443/a, https://r.example.com",
        "http://r.example.com:443/a,  http://r.example.com:443",
        "http://localhost:80,         http://localhost",
    })
    void isShownWithoutADefaultPort(URI url, String shown) {
        assertThat(Origin.ofServer(url)).hasToString(shown);
    }
}
