package io.github.olympe.maven.release;

import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An empty ledger in a registry of its own. */
public final class LedgerFixture implements AutoCloseable {

    static final String REPOSITORY = "acme/shop-deployments";

    /** The registry that holds the ledger. */
    public final EmbeddedRegistry registry;

    /** What reaches the registry. */
    public final Registries registries;

    /** The ledger. */
    public final Ledger ledger;

    /** The ledger's warnings. */
    final List<String> warnings = new ArrayList<>();

    /**
     * Starts the registry.
     *
     * @param folder for the caches of what reaches it
     */
    public LedgerFixture(Path folder) {
        registry = EmbeddedRegistry.start();
        registries = new RegistryFixture(folder).open();
        ledger = new Ledger(
                registries, ImageReference.ofRepository("registry", registry.host() + "/" + REPOSITORY), warnings::add);
    }

    @Override
    public void close() {
        registries.close();
        registry.close();
    }
}
