package com.google.cloud.tools.jib.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link CustomTransportClient} needs of Jib Core, which Jib promises to nobody. */
class CustomTransportClientTest {

    @Test
    void theConstructorThatTakesTransportsIsThere() {
        assertThatCode(() -> FailoverHttpClient.class.getDeclaredConstructor(
                        boolean.class, boolean.class, Consumer.class, Supplier.class, Supplier.class, boolean.class))
                .as("This version of Jib Core has another constructor of FailoverHttpClient that takes transports: "
                        + "change CustomTransportClient to it, with Jib's retries and its falling back to plain HTTP off, "
                        + "or go back to the version of the pom before.")
                .doesNotThrowAnyException();
    }
}
