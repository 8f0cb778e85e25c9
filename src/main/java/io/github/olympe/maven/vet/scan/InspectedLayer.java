package io.github.olympe.maven.vet.scan;

import java.util.Set;
import java.util.function.Supplier;

/**
 * A layer that was looked through.
 *
 * @param inspection what was found
 * @param paths the paths of all its entries, whiteouts left out; read only where a finding depends on them
 */
public record InspectedLayer(Inspection inspection, Supplier<Set<String>> paths) {}
