package io.github.olympe.maven.vet.rule;

/**
 * A path to which a rule applies.
 *
 * @param rule the rule
 * @param path the path to show: the file's, or that of a folder above it
 */
public record PathHit(Rule rule, String path) {}
