package io.github.olympe.maven.vet.rule;

import java.util.List;

/** Private keys, in a text of any kind. */
final class PrivateKeys {

    static final Rule RULE = Rule.error(
            "private-key",
            "a private key in PEM form (RFC 7468), of OpenSSH, PGP or PuTTY, with its content",
            "which has a private key",
            "replace the key pair, and leave the file out (" + Rule.EXCLUDE + ")");

    /** Line breaks may be escaped, as in JSON; forty characters are less than any key has, and more than an example. */
    private static final String CONTENT =
            "(?:\\s|\\\\[nr])+(?:(?:[A-Za-z-]+: [^\\r\\n\\\\]*)(?:\\s|\\\\[nr])+)*([0-9A-Za-z+/=]{40,})";

    static final List<TextRule> TEXTS = List.of(
            TextRule.of(RULE, "PRIVATE KEY", "(?<=-----BEGIN [A-Z0-9 ]{0,24})PRIVATE KEY(?: BLOCK)?-----" + CONTENT)
                    .meaning(match -> !Placeholders.isOne(match.group(1))),
            TextRule.of(RULE, "PuTTY-User-Key-File-", "PuTTY-User-Key-File-[0-9]+: \\S+[\\r\\n]"));

    private PrivateKeys() {}
}
