package io.github.olympe.maven.patches.graph;

import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of each text. Tags occur again and again in patches, and most values are the same before and after a change. */
public final class Interner {

    private final Map<String, String> texts = new HashMap<>();

    String of(String text) {
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }
}
