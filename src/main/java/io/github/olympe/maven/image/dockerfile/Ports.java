package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Parses the ports of EXPOSE. */
final class Ports {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/((?i)tcp|udp|sctp))?");
    private static final int HIGHEST = 65535;

    private Ports() {}

    /** Returns the ports of one word in the form of an image's configuration: {@code 80/tcp}. */
    static List<String> of(Place place, String word) {
        Matcher matcher = FORM.matcher(word);
        boolean isPort = matcher.matches();
        int first = isPort ? Integer.parseInt(matcher.group(1)) : -1;
        int last = isPort && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
        if (!isPort || first > last || last > HIGHEST) {
            throw place.mistake("'" + word + "' is not a port; write one such as 80, 53/udp or 8000-8010");
        }
        String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3).toLowerCase(Locale.ROOT);
        return IntStream.rangeClosed(first, last)
                .mapToObj(port -> port + "/" + protocol)
                .toList();
    }
}
