package io.github.olympe.maven.image.dockerfile.forms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the configurations of images: what a container runs, as which user, and on which platform. */
final class Fields {

    /** Fields that differ between any two builds, or say how the image was made. */
    private static final Set<String> OF_THE_BUILD =
            Set.of("created", "history", "rootfs", "id", "parent", "docker_version", "container", "container_config");

    /** Fields that docker keeps in the configuration of an image although they are about a container, and fields without a meaning. */
    private static final Set<String> OF_A_CONTAINER = Set.of(
            "Hostname",
            "Domainname",
            "Image",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce");

    private Fields() {}

    static List<String> differences(JsonNode theirs, JsonNode ours) {
        List<String> differences = new ArrayList<>();
        compare("", theirs, ours, OF_THE_BUILD, differences);
        compare("config/", theirs.path("config"), ours.path("config"), OF_A_CONTAINER, differences);
        return differences;
    }

    private static void compare(
            String prefix, JsonNode theirs, JsonNode ours, Set<String> left, List<String> differences) {
        Set<String> names = new TreeSet<>();
        theirs.fieldNames().forEachRemaining(names::add);
        ours.fieldNames().forEachRemaining(names::add);
        names.removeAll(left);
        names.remove("config");
        for (String name : names) {
            String one = text(name, theirs.path(name));
            String other = text(name, ours.path(name));
            if (!one.equals(other)) {
                differences.add(prefix + name + " is " + one + " in buildah's, " + other + " in ours");
            }
        }
    }

    /** A value in which the order of names does not matter, and in which missing, null and empty are the same. */
    private static String text(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty()) {
            return "";
        }
        if (value.isObject()) {
            Map<String, String> members = new TreeMap<>();
            value.properties()
                    .forEach(member -> members.put(member.getKey(), text(member.getKey(), member.getValue())));
            return members.toString();
        }
        if (name.equals("Env")) {
            // Each name is there once, so the order does not matter.
            Set<String> variables = new TreeSet<>();
            value.forEach(variable -> variables.add(variable.toString()));
            return variables.toString();
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
