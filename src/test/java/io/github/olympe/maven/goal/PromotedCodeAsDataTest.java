package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Codev runs code as data that its last deployment did not include. */
@Timeout(90)
class PromotedCodeAsDataTest {

    @TempDir
    Path folder;

    private DeployedShop shop;
    private String codeAsData;

    @BeforeEach
    void deployToCodev() throws Exception {
        shop = new DeployedShop(folder);
        codeAsData = shop.codeAsData("main-1", "Net price");
        shop.deploy("codev", shop.frontend("main-1", "1"), codeAsData);
        shop.deploy("codev", shop.frontend("main-2", "2"));
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private List<String> promote(String codeAsDataDeploy) throws Exception {
        GoalFixture<PromoteMojo> fixture = shop.promote();
        fixture.goal.codeAsDataDeploy = codeAsDataDeploy;
        fixture.goal.execute();
        return fixture.log.lines();
    }

    private JsonNode sent() throws Exception {
        List<?> requests = shop.production.requests();
        return new ObjectMapper()
                .readTree(shop.production.requests().get(requests.size() - 1).body());
    }

    @Test
    void isPromotedWithTheRest() throws Exception {
        promote("true");

        assertThat(sent().path("codeAsData").path("image").asText()).isEqualTo(codeAsData);
        assertThat(sent().path("frontend").path("image").asText()).endsWith(":main-2");
    }

    @Test
    void isPromotedIfProductionHasAnOlderOne() throws Exception {
        shop.deploy("production", shop.frontend("main-0", "0"), shop.codeAsData("main-0", "Price"));

        List<String> lines = promote("auto");

        assertThat(lines)
                .contains("The environment imports 1 file (0 new bricks, 1 changed brick); 0 files unchanged.");
        assertThat(sent().path("codeAsData").path("image").asText()).isEqualTo(codeAsData);
    }

    @Test
    void isLeftOutIfProductionHasAlreadyImportedIt() throws Exception {
        shop.deploy("production", shop.frontend("main-0", "0"), shop.codeAsData("copy", "Net price"));

        List<String> lines = promote("auto");

        assertThat(lines).contains(PayloadMojo.NOTHING_TO_IMPORT);
        assertThat(sent().has("codeAsData")).isFalse();
    }

    @Test
    void nothingIsDeployedIfItIsTheOnlyImageAndAlreadyImported() throws Exception {
        shop.deploy("production", null, codeAsData);
        GoalFixture<PromoteMojo> back = shop.promote();
        back.goal.promoteFrom = "production";
        back.goal.environment = "codev";
        back.goal.codeAsDataDeploy = "auto";
        int sent = shop.codev.requests().size();

        back.goal.execute();

        assertThat(back.log.lines()).contains(PayloadMojo.NOTHING_TO_IMPORT, PayloadMojo.NO_OTHER_IMAGE);
        assertThat(shop.codev.requests()).hasSize(sent);
    }

    @Test
    void isNotPromotedUnlessRequested() throws Exception {
        promote("false");

        assertThat(sent().has("codeAsData")).isFalse();
    }
}
