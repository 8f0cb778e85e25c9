package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.found.WebhookCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code curl} and {@code wget}: a request with a body is one to the deploy webhook. */
final class WebhookCommand {

    private static final Set<String> WITH_VALUE = Set.of(
            "-X",
            "--request",
            "-H",
            "--header",
            "-d",
            "--data",
            "--data-raw",
            "--data-binary",
            "--data-ascii",
            "--json",
            "-o",
            "--output",
            "-w",
            "--write-out",
            "-u",
            "--user",
            "--url",
            "-m",
            "--max-time",
            "--retry",
            "--retry-delay",
            "--connect-timeout",
            "-O",
            "--post-data",
            "--post-file",
            "--cacert",
            "-x",
            "--proxy",
            "-A");
    private static final Pattern BEARER = Pattern.compile("(?i)authorization:\\s*bearer\\s+(\\S+)");

    private final Findings findings;
    private final Facts facts;

    WebhookCommand(Findings findings, Facts facts) {
        this.findings = findings;
        this.facts = facts;
    }

    void run(List<String> arguments, String input, Place place) {
        Flags flags = Flags.of(arguments, WITH_VALUE);
        Optional<String> data =
                flags.first("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json", "--post-data");
        String url = flags.first("--url")
                .or(() -> flags.words().stream().findFirst())
                .orElse("");
        if (data.isEmpty()) {
            findings.open(
                    place,
                    "curl " + withoutQuery(url),
                    "Keep it in the new pipeline before or after mvn, if it is still needed.");
            return;
        }
        String body = data.get();
        if (body.startsWith("@")) {
            body = body.equals("@-") ? input : facts.files().getOrDefault(body.substring(1), "");
        }
        String token = "";
        for (String header : flags.all("-H", "--header")) {
            Matcher bearer = BEARER.matcher(header);
            if (bearer.find()) {
                token = bearer.group(1);
            }
        }
        if (flags.options().containsKey("-k") || flags.options().containsKey("--insecure")) {
            findings.open(
                    place,
                    "curl -k",
                    "The plugin always checks the certificate; import its authority into the Java that runs Maven.");
        }
        facts.called(new WebhookCall(place, url, token, body));
    }

    private static String withoutQuery(String url) {
        return url.replaceFirst("\\?.*", "?***").replaceFirst("//[^/@]*@", "//***@");
    }
}
