package io.github.olympe.maven.goal;

/** The section {@code frontend}. */
public class Frontend extends ImageSection {}
