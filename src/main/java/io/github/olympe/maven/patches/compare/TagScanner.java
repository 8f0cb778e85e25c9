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
     * The tags that a patch contains.
     *
     * @param defined those that follow {@code "t":}, where a patch creates or updates an instance, or a value refers to one
     * @param mentioned all of them
     */
    public record Mentions(Set<String> defined, Set<String> mentioned) {}

    /** Scans one patch. */
    public Mentions scan(Content patch) throws IOException {
        byte[] text;
        try (InputStream in = patch.open()) {
            text = in.readAllBytes();
        }
        Mentions mentions = new Mentions(new HashSet<>(), new HashSet<>());
        boolean afterT = false;
        for (int start = quote(text, 0) + 1; start < text.length; ) {
            int end = quote(text, start);
            if (hashes.get(hash(text, start, end))) {
                String tag = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
                if (tags.contains(tag)) {
                    mentions.mentioned().add(tag);
                    if (afterT) {
                        mentions.defined().add(tag);
                    }
                }
            }
            afterT = end - start == 1 && text[start] == 't';
            start = quote(text, end + 1) + 1;
        }
        return mentions;
    }

    // These two loops are methods of their own since the JVM compiles such once, and the large method around them again
    // and again:
    // that cost more than a tenth of a second of its time.

    /** Where the next quotation mark is, or the end; one after a backslash does not count. */
    private static int quote(byte[] text, int from) {
        int i = from;
        while (i < text.length && text[i] != '"') {
            i += text[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length);
    }

    private static int hash(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return hash & (HASHES - 1);
    }
}
