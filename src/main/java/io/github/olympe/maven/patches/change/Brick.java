package io.github.olympe.maven.patches.change;

import java.util.ArrayList;
import java.util.List;

/**
 * A brick as shown to users: a function, a screen, a data type, a folder.
 *
 * @param kind what Draw calls such a brick, such as {@code coded function}
 * @param name its name, else its tag
 * @param tag its tag
 * @param folder the names of the folders above, with {@code /} between them; empty if none is known
 */
public record Brick(String kind, String name, String tag, String folder) {

    private static final int MOST = 5;

    /** Returns kind and name, such as {@code function 'Price'}. */
    public String shown() {
        return kind + " " + Value.quoted(name);
    }

    /** Returns the names of bricks: {@code 'A', 'B' and 3 others}. */
    public static String names(List<Brick> bricks) {
        List<String> names = new ArrayList<>();
        bricks.stream().limit(MOST).forEach(brick -> names.add(Value.quoted(brick.name())));
        int more = bricks.size() - MOST;
        if (more > 0) {
            names.add(more + (more == 1 ? " other" : " others"));
        }
        String last = names.remove(names.size() - 1);
        return names.isEmpty() ? last : String.join(", ", names) + " and " + last;
    }
}
