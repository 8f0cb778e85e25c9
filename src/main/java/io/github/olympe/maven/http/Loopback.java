package io.github.olympe.maven.http;

import java.util.regex.Pattern;

/**
 * Names of this machine that never leave it: {@code localhost}, {@code 127.0.0.0/8}, {@code ::1}. A secret may go there without TLS, and
 * nowhere else.
 */
public final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("(?i)localhost|.+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[?(?:::1|(?:0:){7}1)]?");

    private Loopback() {}

    /** Whether this host, without its port, is this machine. No name is resolved: what a name server says can be forged. */
    public static boolean is(String host) {
        return NAMES.matcher(host).matches();
    }
}
