package io.github.olympe.maven.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes bad inputs from good ones by cutting, flipping, splicing, nesting, and inserting odd characters. The same seed always makes the
 * same inputs; {@code -Dolympe.test.seed} replaces it.
 */
public final class Mutations {

    private static final List<String> ODD = List.of(
            "\0",
            "\n",
            "\r\n",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\ud800",
            "\\",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "|",
            "(",
            ")",
            "*",
            "+",
            "?",
            "$",
            "^",
            "../",
            "/",
            "//",
            "@",
            "%",
            "%s",
            "${x}",
            "{branch}",
            "NaN",
            "-1",
            "1e999",
            "9223372036854775808",
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "{\"a\":",
            "é",
            "漢",
            "😀",
            "\u0085",
            "\u001b[31m",
            "--",
            " ",
            "\t");

    private final long seed = Long.getLong("olympe.test.seed", 1);
    private final Random random = new Random(seed);

    /** Reads this many mutants of each good input. Each must be accepted, or rejected with a sentence. */
    public static void survive(int times, List<String> good, Reading reading) throws Exception {
        Mutations mutations = new Mutations();
        for (int i = 0; i < times; i++) {
            byte[] mutant = mutations.of(good.get(i % good.size()).getBytes(StandardCharsets.UTF_8), good);
            String name = "seed " + mutations.seed + ", mutant " + i + ": "
                    + new String(mutant, 0, Math.min(200, mutant.length), StandardCharsets.UTF_8);
            long start = System.nanoTime();
            try {
                reading.of(mutant);
            } catch (Throwable e) {
                try {
                    BadInput.requireSentence(e);
                } catch (AssertionError wrong) {
                    throw new AssertionError(name, wrong);
                }
            }
            if (System.nanoTime() - start > 10_000_000_000L) {
                throw new AssertionError(name + " took longer than 10 seconds");
            }
        }
    }

    /** Reads an input. */
    @FunctionalInterface
    public interface Reading {
        void of(byte[] input) throws Exception;
    }

    /** Does what {@link Reading} does, for input as text. */
    public static Reading text(TextReading reading) {
        return input -> reading.of(new String(input, StandardCharsets.UTF_8));
    }

    /** Reads an input as text. */
    @FunctionalInterface
    public interface TextReading {
        void of(String input) throws Exception;
    }

    private byte[] of(byte[] good, List<String> others) {
        byte[] bytes = good;
        for (int rounds = random.nextInt(3); rounds >= 0; rounds--) {
            bytes = once(bytes, others);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, List<String> others) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes);
            case 2 -> joined(bytes, at, ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8), at);
            case 3 -> joined(bytes, at, ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8), to);
            case 4 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            case 5 -> {
                byte[] other = others.get(random.nextInt(others.size())).getBytes(StandardCharsets.UTF_8);
                yield joined(
                        bytes,
                        at,
                        Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length),
                        bytes.length);
            }
            default -> {
                String[] nest = {"[", "{\"a\":", "(", "((", "a/", "a."};
                yield joined(
                        bytes,
                        at,
                        nest[random.nextInt(nest.length)]
                                .repeat(1 << random.nextInt(12))
                                .getBytes(StandardCharsets.UTF_8),
                        at);
            }
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
        return joined;
    }
}
