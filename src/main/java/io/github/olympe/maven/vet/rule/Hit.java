package io.github.olympe.maven.vet.rule;

/**
 * A place where a rule applies.
 *
 * @param rule the rule
 * @param line the line of the text, from 1; 0 where it is the file itself
 */
public record Hit(Rule rule, int line) {}
