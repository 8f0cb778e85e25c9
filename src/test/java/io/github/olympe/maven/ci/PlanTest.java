package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aPlanIsCarriedOutUnlessItSaysThatThereIsNothingToDo() {
        Plan plan = () -> List.of("npm ci");

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.checkOtherBuilds()).isEmpty();
    }
}
