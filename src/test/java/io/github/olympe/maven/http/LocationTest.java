package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    private static final URI BASE = URI.create("https://r.example.com/v2/acme/shop/blobs/uploads/");

    @ParameterizedTest
    @CsvSource({
        "/v2/x?_state=a%2Bb%3D%3D&x=, https://r.example.com/v2/x?_state=a%2Bb%3D%3D&x=",
        "0a1b,                        https://r.example.com/v2/acme/shop/blobs/uploads/0a1b",
        "https://s.example.com:443/x, https://s.example.com:443/x",
        "HTTP://S.Example.com/x,      http://S.Example.com/x",
        "/x?state=a|b^c d,            https://r.example.com/x?state=a%7Cb%5Ec%20d",
        "/x/[a]?q=[b]&p=100%,         https://r.example.com/x/%5Ba%5D?q=%5Bb%5D&p=100%25",
        "/ü?ä=%zz,                    https://r.example.com/%C3%BC?%C3%A4=%25zz",
        "http://[::1]:5000/a,         http://[::1]:5000/a",
    })
    void isReadAsIntended(String value, String url) throws URISyntaxException {
        assertThat(Location.of(BASE, value)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://r.example.com/",
                "file:///etc/passwd",
                "mailto:x",
                "https://",
                "https://r:99999/",
                "https://r:0/",
                "https://a b/"
            })
    void whatLeadsToNoServerIsRefused(String value) {
        assertThatThrownBy(() -> Location.of(BASE, value)).isInstanceOf(URISyntaxException.class);
    }

    @Test
    void aRelativeLocationIsNotAbsolute() {
        assertThatThrownBy(() -> Location.absolute("/token")).isInstanceOf(URISyntaxException.class);
    }
}
