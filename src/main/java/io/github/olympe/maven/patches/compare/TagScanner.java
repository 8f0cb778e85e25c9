package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out which patches mention given tags, without parsing them: it looks only at the texts in quotation marks, which is several times
 * faster than a parser.
 */
public final class TagScanner {

    private static final int HASHES = 1 << 16;

    private final Set<String> tags;
    private final BitSet hashes = new BitSet(HASHES);

    public TagScanner(Set<String> tags) {
        this.tags = tags;
        tags.forEach(tag -> hashes.set(tag.hashCode() & (HASHES - 1)));
    }

    /**
     * Which of the tags a patch has.
     *
     * @param defined those that follow {@code "t":}, where a patch creates or updates an instance, or a value refers to one
     * @param mentioned all
     */
    public record Mentions(Set<String> defined, Set<String> mentioned) {}

    /** Looks through one patch. */
    public Mentions scan(Content patch) throws IOException {
        byte[] text;
        try (InputStream in = patch.open()) {
            text = in.readAllBytes();
        }
        Mentions mentions = new Mentions(new HashSet<>(), new HashSet<>());
        boolean afterT = false;
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '"') {
                continue;
            }
            int start = ++i;
            int hash = 0;
            for (; i < text.length && text[i] != '"'; i++) {
                hash = 31 * hash + text[i];
                i += text[i] == '\\' ? 1 : 0;
            }
            int end = Math.min(i, text.length);
            if (hashes.get(hash & (HASHES - 1))) {
                String tag = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
                if (tags.contains(tag)) {
                    mentions.mentioned().add(tag);
                    if (afterT) {
                        mentions.defined().add(tag);
                    }
                }
            }
            afterT = end - start == 1 && text[start] == 't';
        }
        return mentions;
    }
}
