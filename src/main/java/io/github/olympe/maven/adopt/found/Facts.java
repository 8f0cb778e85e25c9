package io.github.olympe.maven.adopt.found;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pipeline does, as far as it was understood. */
public final class Facts {

    private final List<ImageBuild> images = new ArrayList<>();
    private final List<WebhookCall> calls = new ArrayList<>();
    private final Map<String, Place> scripts = new LinkedHashMap<>();
    private final Set<String> branches = new LinkedHashSet<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Place> unread = new LinkedHashMap<>();
    private final Map<String, String> dotenv = new LinkedHashMap<>();
    private Optional<String> versionTemplate = Optional.empty();
    private Optional<String> nodeVersion = Optional.empty();

    /** Notes an image that is built. */
    public void built(ImageBuild image) {
        images.add(image);
    }

    /** Notes another reference for an image that was built. */
    public void tagged(Place place, String from, String to) {
        for (int i = 0; i < images.size(); i++) {
            ImageBuild image = images.get(i);
            if (image.references().contains(from)) {
                List<String> references = new ArrayList<>(image.references());
                references.add(to);
                images.set(
                        i,
                        new ImageBuild(
                                image.place(), references, image.dockerfile(), image.buildArgs(), image.labels()));
                return;
            }
        }
        images.add(new ImageBuild(place, List.of(to), "", Map.of(), Map.of()));
    }

    /** Notes a request to the webhook. */
    public void called(WebhookCall call) {
        calls.add(call);
    }

    /** Notes a script of package.json that is run. */
    public void ran(String script, Place place) {
        scripts.putIfAbsent(script, place);
    }

    /** Notes a branch that a condition names, or a regular expression for branches. */
    public void branch(String pattern) {
        branches.add(pattern);
    }

    /** Notes the template of a new version. */
    public void version(String template) {
        versionTemplate = Optional.of(template);
    }

    /** Notes the version of Node.js that builds run with. */
    public void node(String version) {
        nodeVersion = nodeVersion.or(() -> Optional.of(version));
    }

    public List<ImageBuild> images() {
        return List.copyOf(images);
    }

    public List<WebhookCall> calls() {
        return List.copyOf(calls);
    }

    public Map<String, Place> scripts() {
        return scripts;
    }

    public Set<String> branches() {
        return branches;
    }

    /** Notes what a command writes into a file. */
    public void wrote(String file, String text, boolean appends, Place place) {
        files.merge(file, text, (before, added) -> appends ? before + added : added);
        unread.put(file, place);
    }

    /** Returns the content of a file that a command wrote, empty for another file. */
    public String read(String file) {
        unread.remove(file);
        return files.getOrDefault(file, "");
    }

    /** Returns whether a command wrote a file. */
    public boolean hasWritten(String file) {
        return files.containsKey(file);
    }

    /** Returns the files that commands wrote and none read, each with the last command that wrote it. */
    public Map<String, Place> unread() {
        return unread;
    }

    /** Returns the variables that one job passes to the next. */
    public Map<String, String> dotenv() {
        return dotenv;
    }

    public Optional<String> versionTemplate() {
        return versionTemplate;
    }

    public Optional<String> nodeVersion() {
        return nodeVersion;
    }
}
