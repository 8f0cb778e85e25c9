package io.github.olympe.maven.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of this machine: {@code localhost}, {@code 127.0.0.0/8}, {@code ::1}, and names below {@code localhost} where they resolve to one
 * of these. A secret may go there without TLS, and nowhere else.
 */
public final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("(?i)localhost|127(?:\\.\\d{1,3}){3}|\\[?(?:::1|(?:0:){7}1)]?");

    private Loopback() {}

    /** Whether this host, without its port, is this machine. */
    public static boolean is(String host) {
        return NAMES.matcher(host).matches() || host.toLowerCase(Locale.ROOT).endsWith(".localhost") && resolves(host);
    }

    /** No standard makes a name server refuse such names, so each of their addresses has to be one of this machine. */
    private static boolean resolves(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
