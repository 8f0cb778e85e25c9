package io.github.olympe.maven.report;

import io.github.olympe.maven.text.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what got larger or slower since the last run, one sentence each. Small differences are left out. */
final class Comparison {

    private static final double MUCH = 0.1;
    private static final long SECOND = 1000;

    private Comparison() {}

    static List<String> of(Report.Module before, Report.Module now) {
        List<String> sentences = new ArrayList<>();
        Map<String, Report.Image> images = byName(before.images(), Report.Image::name);
        for (Report.Image image : now.images()) {
            Report.Image last = images.get(image.name());
            if (last != null && isMuch(last.size(), image.size())) {
                sentences.add("The image " + image.name() + (image.size() > last.size() ? " grew" : " shrank")
                        + " from " + ByteSize.of(last.size()) + " to " + ByteSize.of(image.size()) + ".");
            }
        }
        Map<String, Report.Goal> goals = byName(before.goals(), Report.Goal::name);
        for (Report.Goal goal : now.goals()) {
            Report.Goal last = goals.get(goal.name());
            if (last != null
                    && Math.abs(last.milliseconds() - goal.milliseconds()) >= SECOND
                    && isMuch(last.milliseconds(), goal.milliseconds())) {
                sentences.add("The goal " + goal.name() + " took " + PageView.time(goal.milliseconds())
                        + ", the last time " + PageView.time(last.milliseconds()) + ".");
            }
        }
        return sentences;
    }

    private static boolean isMuch(long before, long now) {
        return Math.abs(now - before) > MUCH * Math.max(1, before);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity(), (first, second) -> second));
    }
}
