package io.github.olympe.maven.vet.rule;

import java.util.List;

/** A source map inside a program, in a comment at its end, as made by webpack's {@code inline-source-map}. */
final class InlineSourceMaps {

    static final Rule RULE = Rule.warning(
            "inline-source-map",
            "a source map within a program, which has the project's own sources in it",
            "a program with a source map in it, which shows everybody the project's sources",
            "let the build for production make none (webpack's devtool), unless the sources may be seen");

    static final List<TextRule> TEXTS = List.of(TextRule.of(
                    RULE,
                    "sourceMappingURL=data:",
                    "(?<=[/*][#@] ?)sourceMappingURL=data:application/json;(?:charset=[\\w-]+;)?base64,[0-9A-Za-z+/]{40}")
            .in(TextKind.CODE::equals));

    private InlineSourceMaps() {}
}
