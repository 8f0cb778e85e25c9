package io.github.olympe.maven.vet.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds any of some dozens of short words in a text of many megabytes. It looks at every second pair of bytes. Any three consecutive bytes
 * of a word contain one of these pairs. For each word, the three bytes are used that are rarest in texts.
 */
final class Anchors {

    private static final int PAIRS = 1 << 16;

    private final byte[][] words;
    /** The words that may contain a pair, by pair: each with its index in the list of words and the pair's position in the word. */
    private final int[][] candidates = new int[PAIRS][];

    private final boolean[] isInWord = new boolean[PAIRS];
    private final int longest;

    /** Receives the places of words. */
    @FunctionalInterface
    interface Listener {

        /**
         * A word was found.
         *
         * @param word its index in the list of words
         * @param start the index of its first byte
         */
        void found(int word, int start);
    }

    Anchors(List<String> anchors) {
        words = anchors.stream()
                .map(anchor -> anchor.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        longest = Arrays.stream(words).mapToInt(word -> word.length).max().orElse(0);
        for (int word = 0; word < words.length; word++) {
            if (words[word].length < 3) {
                throw new IllegalArgumentException("'" + anchors.get(word) + "' is too short");
            }
            int rarest = rarest(words[word]);
            add(word, rarest);
            add(word, rarest + 1);
        }
    }

    private void add(int word, int at) {
        int pair = pair(words[word], at);
        isInWord[pair] = true;
        int[] others = candidates[pair] == null ? new int[0] : candidates[pair];
        candidates[pair] = Arrays.copyOf(others, others.length + 2);
        candidates[pair][others.length] = word;
        candidates[pair][others.length + 1] = at;
    }

    /** Returns where the three bytes of a word begin that are rarest in texts. */
    static int rarest(byte[] word) {
        int best = 0;
        for (int at = 1; at + 2 < word.length; at++) {
            if (rarity(word, at) > rarity(word, best)) {
                best = at;
            }
        }
        return best;
    }

    /** Returns how rare two pairs are. Pairs of lower-case letters are the most frequent. */
    private static int rarity(byte[] word, int at) {
        return Math.min(rarity(word[at]) + rarity(word[at + 1]), rarity(word[at + 1]) + rarity(word[at + 2]));
    }

    private static int rarity(byte letter) {
        return letter >= 'a' && letter <= 'z' || letter == ' ' || letter == '"'
                ? 0
                : letter >= 'A' && letter <= 'Z' ? 2 : 1;
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    /**
     * Finds the words that begin in a part of a text.
     *
     * @param text the text
     * @param from where the first word may begin
     * @param to where no further word begins
     * @param end where the text ends
     */
    void find(byte[] text, int from, int to, int end, Listener listener) {
        boolean[] mayBe = isInWord;
        int last = Math.min(end - 1, to + longest);
        for (int i = from; i < last; i += 2) {
            if (mayBe[(text[i] & 0xff) << 8 | text[i + 1] & 0xff]) {
                int[] here = candidates[pair(text, i)];
                for (int c = 0; c < here.length; c += 2) {
                    int start = i - here[c + 1];
                    if (start >= from && start < to && isAt(text, start, end, words[here[c]])) {
                        listener.found(here[c], start);
                    }
                }
            }
        }
    }

    private static boolean isAt(byte[] text, int start, int end, byte[] word) {
        return start + word.length <= end && Arrays.equals(text, start, start + word.length, word, 0, word.length);
    }
}
