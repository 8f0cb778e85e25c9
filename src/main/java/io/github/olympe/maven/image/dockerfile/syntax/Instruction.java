package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An instruction of a Dockerfile. Its texts are as written: quotes and variables that docker replaces when it carries out the instruction
 * are still in them.
 */
public sealed interface Instruction {

    /** Where it is written. */
    Place place();

    /** Its texts in which variables are replaced when it is carried out. */
    default List<String> expanded() {
        return List.of();
    }

    /**
     * A name with its value.
     *
     * @param value the value, absent for an ARG that only declares its name
     */
    record Setting(String name, Optional<String> value) {

        private static List<String> texts(List<Setting> settings) {
            return settings.stream()
                    .flatMap(
                            setting -> Stream.of(setting.name(), setting.value().orElse("")))
                    .toList();
        }
    }

    /** {@code ADD} or {@code COPY}. */
    record Copy(
            Place place,
            boolean isAdd,
            Optional<String> from,
            Optional<String> owner,
            Optional<String> mode,
            boolean link,
            List<String> sources,
            String target)
            implements Instruction {

        public Copy {
            sources = List.copyOf(sources);
        }

        @Override
        public List<String> expanded() {
            List<String> texts = new ArrayList<>(sources);
            texts.add(target);
            owner.ifPresent(texts::add);
            mode.ifPresent(texts::add);
            return texts;
        }
    }

    /** {@code ARG}. */
    record Arg(Place place, List<Setting> settings) implements Instruction {

        public Arg {
            settings = List.copyOf(settings);
        }

        @Override
        public List<String> expanded() {
            return Setting.texts(settings);
        }
    }

    /** {@code CMD}. */
    record Cmd(Place place, CommandForm command) implements Instruction {}

    /** {@code ENTRYPOINT}. */
    record Entrypoint(Place place, CommandForm command) implements Instruction {}

    /** {@code ENV}. */
    record Env(Place place, List<Setting> settings) implements Instruction {

        public Env {
            settings = List.copyOf(settings);
        }

        @Override
        public List<String> expanded() {
            return Setting.texts(settings);
        }
    }

    /** {@code EXPOSE}. */
    record Expose(Place place, List<String> ports) implements Instruction {

        public Expose {
            ports = List.copyOf(ports);
        }

        @Override
        public List<String> expanded() {
            return ports;
        }
    }

    /** {@code FROM}, which begins a stage. */
    record From(Place place, Optional<String> platform, String image, Optional<String> name) implements Instruction {}

    /**
     * {@code HEALTHCHECK}.
     *
     * @param test the value of {@code Test} in the image's configuration
     * @param durations nanoseconds by their names in the configuration, without those that are not set
     * @param retries how many failures make a container unhealthy; 0 if it is not set
     */
    record Healthcheck(Place place, List<String> test, List<HealthcheckDuration> durations, int retries)
            implements Instruction {

        public Healthcheck {
            test = List.copyOf(test);
            durations = List.copyOf(durations);
        }
    }

    /** A duration of a health check, by its name in an image's configuration. */
    record HealthcheckDuration(String name, long nanoseconds) {}

    /** {@code LABEL}. */
    record Label(Place place, List<Setting> settings) implements Instruction {

        public Label {
            settings = List.copyOf(settings);
        }

        @Override
        public List<String> expanded() {
            return Setting.texts(settings);
        }
    }

    /** {@code MAINTAINER}. */
    record Maintainer(Place place, String name) implements Instruction {}

    /**
     * An instruction that docker may accept but the plugin cannot follow.
     *
     * @param refusal the sentence that says so
     */
    record NotFollowed(Place place, String refusal) implements Instruction {}

    /** {@code ONBUILD}, with the instruction that is kept for images built on this one. */
    record OnBuild(Place place, String trigger) implements Instruction {}

    /** {@code RUN}. */
    record Run(Place place, CommandForm command) implements Instruction {}

    /** {@code SHELL}. */
    record Shell(Place place, List<String> words) implements Instruction {

        public Shell {
            words = List.copyOf(words);
        }
    }

    /** {@code STOPSIGNAL}. */
    record StopSignal(Place place, String signal) implements Instruction {

        @Override
        public List<String> expanded() {
            return List.of(signal);
        }
    }

    /** {@code USER}. */
    record User(Place place, String user) implements Instruction {

        @Override
        public List<String> expanded() {
            return List.of(user);
        }
    }

    /** {@code VOLUME}. */
    record Volume(Place place, List<String> paths) implements Instruction {

        public Volume {
            paths = List.copyOf(paths);
        }

        @Override
        public List<String> expanded() {
            return paths;
        }
    }

    /** {@code WORKDIR}. */
    record Workdir(Place place, String path) implements Instruction {

        @Override
        public List<String> expanded() {
            return List.of(path);
        }
    }
}
