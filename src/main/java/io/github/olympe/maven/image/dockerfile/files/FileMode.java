package io.github.olympe.maven.image.dockerfile.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mode as {@code chmod} takes it: octal digits, or clauses such as {@code u+rwX,go=}. It follows POSIX, "chmod", with the umask 022.
 *
 * @param octal the permission bits; -1 if there are clauses
 * @param changes the changes that the clauses make, in order
 */
public record FileMode(int octal, List<Change> changes) {

    /** The bits that new files do not get: the umask. */
    public static final int UMASK = 022;

    private static final Pattern OCTAL = Pattern.compile("0{0,8}[0-7]{1,4}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)");
    private static final Pattern ACTION = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
    private static final int ALL_BUT_UMASK = -1;
    private static final int SET_IDS = 06000;
    private static final int STICKY = 01000;
    private static final int ANY_EXECUTE = 0111;

    public FileMode {
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param who the bits that may change, or {@link #ALL_BUT_UMASK}
     * @param operator {@code +}, {@code -} or {@code =}
     * @param permissions letters of {@code rwxXst}, or one of {@code ugo}, whose bits are copied
     */
    record Change(int who, char operator, String permissions) {}

    /**
     * Parses a mode.
     *
     * @throws FilesException if it is not a mode
     */
    public static FileMode of(String text) throws FilesException {
        if (OCTAL.matcher(text).matches()) {
            return new FileMode(Integer.parseInt(text, 8), List.of());
        }
        List<Change> changes = new ArrayList<>();
        for (String clause : text.split(",", -1)) {
            Matcher matcher = CLAUSE.matcher(clause);
            if (clause.length() > 100 || !matcher.matches()) {
                throw new FilesException(
                        "'" + text + "' is not a mode; write octal digits such as 755, or letters such as u+x");
            }
            int who = who(matcher.group(1));
            Matcher action = ACTION.matcher(matcher.group(2));
            while (action.find()) {
                changes.add(new Change(who, action.group(1).charAt(0), action.group(2)));
            }
        }
        return new FileMode(-1, changes);
    }

    /** Returns the bits of these letters, or {@link #ALL_BUT_UMASK} if there are none. */
    private static int who(String letters) {
        if (letters.isEmpty()) {
            return ALL_BUT_UMASK;
        }
        int who = 0;
        for (char letter : letters.toCharArray()) {
            who |= switch (letter) {
                case 'u' -> 04700;
                case 'g' -> 02070;
                case 'o' -> 0007;
                default -> 07777;
            };
        }
        return who | STICKY;
    }

    /** Returns whether it uses digits or {@code =}. Programs then disagree about a folder's set-user-id and set-group-id bits. */
    public boolean replaces() {
        return octal >= 0 || changes.stream().anyMatch(change -> change.operator() == '=');
    }

    /** Returns the mode that a file gets, from the one that it has. */
    public int apply(int mode, boolean isFolder) {
        int result = octal >= 0 ? octal : mode;
        for (Change change : changes) {
            int who = change.who() == ALL_BUT_UMASK ? 07777 & ~UMASK : change.who();
            int bits = bits(change.permissions(), result, isFolder) & who;
            result = switch (change.operator()) {
                case '+' -> result | bits;
                case '-' -> result & ~bits;
                default -> (result & ~replaced(change.who())) | bits;
            };
        }
        return result;
    }

    /** Returns the bits that {@code =} clears first. */
    private static int replaced(int who) {
        int all = who == ALL_BUT_UMASK ? 07777 : who;
        return (all & 0777) == 0777 ? all : all & ~STICKY;
    }

    private static int bits(String permissions, int mode, boolean isFolder) {
        int bits = 0;
        for (char letter : permissions.toCharArray()) {
            bits |= switch (letter) {
                case 'r' -> 0444;
                case 'w' -> 0222;
                case 'x' -> ANY_EXECUTE;
                case 'X' -> isFolder || (mode & ANY_EXECUTE) != 0 ? ANY_EXECUTE : 0;
                case 's' -> SET_IDS;
                case 't' -> STICKY;
                case 'u' -> (mode >> 6 & 7) * ANY_EXECUTE;
                case 'g' -> (mode >> 3 & 7) * ANY_EXECUTE;
                default -> (mode & 7) * ANY_EXECUTE;
            };
        }
        return bits;
    }
}
