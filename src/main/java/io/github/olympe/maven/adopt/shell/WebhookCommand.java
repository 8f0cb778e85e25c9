package io.github.olympe.maven.adopt.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.found.WebhookCall;
import io.github.olympe.maven.deploy.payload.PayloadKeys;
import io.github.olympe.maven.text.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Interprets {@code curl} and {@code wget}. A request with a body may be one to the deploy webhook. */
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
    /** Nothing, or one placeholder. */
    private static final Pattern NOT_KNOWN = Pattern.compile("\\s*(?:\\{\\w+}|\\$\\{env\\.[\\w.-]+})?\\s*");

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
            other(url, place);
            return;
        }
        String body = data.get();
        if (body.startsWith("@")) {
            body = body.equals("@-") ? input : facts.read(body.substring(1));
        }
        if (!isPayload(body)) {
            other(url, place);
            return;
        }
        String token = "";
        for (String header : flags.all("-H", "--header")) {
            Matcher bearer = BEARER.matcher(header);
            if (bearer.find()) {
                token = bearer.group(1);
            } else if (!header.matches("(?i)(content-type|accept|user-agent)\\s*:.*")) {
                notSent("header " + header.replaceFirst(":.*", ""), place);
            }
        }
        if (flags.first("-u", "--user").isPresent()) {
            notSent("curl --user", place);
        }
        if (flags.options().containsKey("-k") || flags.options().containsKey("--insecure")) {
            findings.open(
                    place,
                    "curl -k",
                    "The plugin always checks the certificate; import its authority into the Java that runs Maven.");
        }
        facts.called(new WebhookCall(place, url, token, body));
    }

    private void notSent(String what, Place place) {
        findings.open(
                place,
                what,
                "The plugin sends a token alone, as 'Authorization: Bearer'. Ask Olympe for one, if this is not needed for something else.");
    }

    /** Reports a request to something else, such as a chat. */
    private void other(String url, Place place) {
        findings.open(
                place,
                "curl " + withoutQuery(url),
                "Keep it in the new pipeline before or after mvn, if it is still needed.");
    }

    /** Returns whether the known part of a body looks like a payload for the deploy webhook. */
    private static boolean isPayload(String body) {
        try {
            JsonNode json = Json.parseStrictly(body);
            return json.isEmpty()
                    || json.has(Unknowns.OBJECT)
                    || PayloadKeys.names().stream().anyMatch(json::has);
        } catch (JsonProcessingException e) {
            return NOT_KNOWN.matcher(body).matches()
                    || body.stripLeading().startsWith("{")
                            && PayloadKeys.names().stream().anyMatch(body::contains);
        }
    }

    private static String withoutQuery(String url) {
        return url.replaceFirst("\\?.*", "?***").replaceFirst("//[^/@]*@", "//***@");
    }
}
