package io.github.olympe.maven.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises the names of this machine: {@code localhost}, {@code 127.0.0.0/8}, {@code ::1}, and names below {@code localhost} that resolve
 * to one of these. A secret may be sent without TLS only to these.
 */
public final class Loopback {

    private static final Pattern NAMES =
            Pattern.compile("(?i)localhost|127(?:\\.\\d{1,3}){3}|\\[?(?:::1|(?:0:){7}1)]?");

    private Loopback() {}

    /** Returns whether a host, given without its port, is this machine. */
    public static boolean is(String host) {
        return NAMES.matcher(host).matches() || host.toLowerCase(Locale.ROOT).endsWith(".localhost") && resolves(host);
    }

    /**
     * Returns whether the name resolves to this machine. No standard makes name servers refuse such names, so each of the addresses must be
     * one of this machine.
     */
    private static boolean resolves(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
