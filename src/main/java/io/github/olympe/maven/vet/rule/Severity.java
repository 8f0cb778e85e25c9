package io.github.olympe.maven.vet.rule;

/** What a finding does to the build. */
public enum Severity {
    /** It fails. */
    ERROR,
    /** It goes on. */
    WARNING
}
