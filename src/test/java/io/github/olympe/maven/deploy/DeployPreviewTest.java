package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployRule;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployPreviewTest {

    private static final String SHOP = "registry.example.com/acme/shop-backend:main-1a2b3c4d";
    private static final String MAIL = "registry.example.com/acme/shop-mail:main-1a2b3c4d";

    @Test
    void showsWhichBackendGetsWhichImage() {
        DeployPreview preview = preview(
                List.of("shop-2", "shop-1", "mail", "other"),
                new DeployRule("shop-backend", "^shop-"),
                new DeployRule("shop-mail", "^mail$"));

        assertThat(preview.lines())
                .containsExactly(
                        "mail   -> " + MAIL,
                        "other  -> (no rule: stays unchanged)",
                        "shop-1 -> " + SHOP,
                        "shop-2 -> " + SHOP);
        assertThat(preview.warnings()).isEmpty();
    }

    @Test
    void withoutBackendNamesItShowsTheTargets() {
        DeployPreview preview =
                preview(List.of(), new DeployRule("shop-backend", "^shop-"), new DeployRule("shop-mail", "^mail$"));

        assertThat(preview.lines()).containsExactly("backends ^shop- -> " + SHOP, "backends ^mail$ -> " + MAIL);
        assertThat(preview.warnings()).isEmpty();
    }

    @Test
    void anImageWithoutARuleIsAnError() {
        assertFails(
                "The backend image '" + MAIL
                        + "' is matched by no deploy rule (their sources are 'shop-backend'), so no backend"
                        + " would get it; add a rule for it, or remove 'deployRules' to let the plugin make one.",
                List.of(),
                new DeployRule("shop-backend", ".*"));
    }

    /** The rule of the documented Azure pipeline, on a branch that it does not fit. */
    @Test
    void aRuleWithoutAnImageIsAnError() {
        assertFails(
                "The deploy rule with source '^registry.example.com\\/acme\\/shop-backend:develop-.*$' matches none of the backend images ("
                        + SHOP + ", " + MAIL + "); correct it, or remove the rule.",
                List.of(),
                new DeployRule("^registry.example.com\\/acme\\/shop-backend:develop-.*$", ".*"));
    }

    @Test
    void twoImagesForOneBackendAreAnError() {
        assertFails(
                "The backend 'shop-1' of 'backendNames' would get 2 images, '" + SHOP + "' by the target '^shop' and '"
                        + MAIL + "' by the target '.*'; make the targets of the deploy rules exclude each other.",
                List.of("shop-1"),
                new DeployRule("shop-backend", "^shop"),
                new DeployRule("shop-mail", ".*"));
        assertFails(
                "The backend 'shop-1' of 'backendNames' would get 2 images, '" + SHOP + "' by the target '.*' and '"
                        + MAIL + "' by the target '.*'; make the targets of the deploy rules exclude each other.",
                List.of("shop-1"),
                new DeployRule("shop", ".*"));
    }

    @Test
    void twoRulesWithTheSameImageForOneBackendAreFine() {
        assertThat(preview(
                                List.of("shop-1"),
                                new DeployRule("shop-backend", "^shop"),
                                new DeployRule("shop-backend", "1$"),
                                new DeployRule("shop-mail", "^mail$"))
                        .rows())
                .containsExactly(new DeployPreview.Row("shop-1", SHOP));
    }

    @Test
    void warnsOfLikelyMistakes() {
        assertThat(preview(List.of(), new DeployRule("shop", ".*")).warnings())
                .containsExactly("The deploy rule with source 'shop' sends several images to the same backends (" + SHOP
                        + ", " + MAIL + ").");
        assertThat(preview(
                                List.of("shop-1"),
                                new DeployRule("shop-backend", "^shop"),
                                new DeployRule("shop-mail", "^mial$"))
                        .warnings())
                .containsExactly("The deploy rule with target '^mial$' matches none of 'backendNames' (shop-1).");
    }

    @Test
    void expressionsMustBeValidJavaScript() {
        assertFails(
                "Invalid value for 'deployRules.source': '\\Qshop\\E'. It cannot be used in a deploy rule (index 0: a"
                        + " quotation '\\Q…\\E', which JavaScript lacks). Write an expression that JavaScript reads.",
                List.of(),
                new DeployRule("\\Qshop\\E", ".*"));
        assertThatThrownBy(() -> preview(List.of(), new DeployRule("shop", "(?i)shop")))
                .hasMessageStartingWith("Invalid value for 'deployRules.target': '(?i)shop'");
    }

    private static DeployPreview preview(List<String> names, DeployRule... rules) {
        return DeployPreview.of(payload(rules), names);
    }

    private static void assertFails(String message, List<String> names, DeployRule... rules) {
        assertThatThrownBy(() -> preview(names, rules))
                .isInstanceOf(OlympeException.class)
                .hasMessage(message);
    }

    private static Payload payload(DeployRule... rules) {
        return Payload.of(
                PayloadBase.none(),
                DeployFixture.images(
                        null, List.of(DeployFixture.backend(SHOP, null), DeployFixture.backend(MAIL, null)), null),
                PayloadSettings.of(List.of(rules), null, null, null, null, false));
    }
}
