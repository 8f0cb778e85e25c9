package io.github.olympe.maven.vet.scan;

import java.util.Set;
import java.util.function.Supplier;

/**
 * An inspected layer.
 *
 * @param inspection the result
 * @param paths the paths of all its entries without whiteouts; read only if a finding depends on them
 */
public record InspectedLayer(Inspection inspection, Supplier<Set<String>> paths) {}
