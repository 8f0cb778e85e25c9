package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTokenTest {

    private static WebhookToken token(String text) {
        return WebhookToken.of(Optional.of(Credential.ofToken("WEBHOOK_TOKEN", Secret.of(text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOi.J9_x-y+z/0=", "!", "~"})
    void isSentAsItIsStored(String text) {
        assertThat(token(text)).isEqualTo(new WebhookToken(Secret.of(text), "WEBHOOK_TOKEN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nend", "tab\t", "delete\u007f", "größe"})
    void noHeaderTakesSpacesOrLettersBeyondAscii(String text) {
        assertThatThrownBy(() -> token(text))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The token of the deploy webhook (WEBHOOK_TOKEN) has spaces, line ends or letters that no HTTP"
                                + " header takes; store it again without them.");
    }

    @Test
    void withoutACredentialTheErrorSaysWhereToPutIt() {
        assertThatThrownBy(() -> WebhookToken.of(Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessage(WebhookToken.MISSING);
    }

    @Test
    void aServerWithAKeyAloneIsAnError() {
        Credential key = new Credential(
                "server 'olympe' of settings.xml",
                Optional.of("ann"),
                Optional.empty(),
                Optional.of(Path.of("id_ed25519")),
                Optional.empty());

        assertThatThrownBy(() -> WebhookToken.of(Optional.of(key)))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The server 'olympe' of settings.xml has no password; put the token of the deploy webhook there.");
    }
}
