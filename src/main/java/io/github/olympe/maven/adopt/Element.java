package io.github.olympe.maven.adopt;

import java.util.ArrayList;
import java.util.List;

/** An element of the pom, with text or child elements. */
record Element(String name, String text, List<Element> children) {

    Element {
        children = List.copyOf(children);
    }

    static Element of(String name, String text) {
        return new Element(name, text, List.of());
    }

    static Element of(String name, List<Element> children) {
        return new Element(name, "", children);
    }

    /** Returns the XML, indented. */
    String xml(String indent) {
        if (children.isEmpty()) {
            return indent + "<" + name + ">" + escaped(text) + "</" + name + ">\n";
        }
        List<String> parts = new ArrayList<>();
        parts.add(indent + "<" + name + ">\n");
        children.forEach(child -> parts.add(child.xml(indent + "  ")));
        parts.add(indent + "</" + name + ">\n");
        return String.join("", parts);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
