package io.github.olympe.maven.image.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.CopyRecord;
import io.github.olympe.maven.image.dockerfile.files.Accounts;
import io.github.olympe.maven.image.dockerfile.files.Changes;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.image.dockerfile.syntax.Expansion;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction;
import io.github.olympe.maven.image.dockerfile.syntax.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the instructions of one stage, in order. */
final class StageBuild {

    final DockerfileBuild build;
    final Stage stage;
    final FolderSource context;
    final BaseContentsResolver images;
    final Overrides overrides;
    final Map<Integer, StageBuild> built;
    final Arguments arguments;
    final StageFiles files;
    final ContainerConfiguration configuration;
    final List<CopyRecord> copies = new ArrayList<>();

    private final Optional<BaseRequest> base;
    private final FolderSource baseFiles;
    private final List<String> history = new ArrayList<>();
    private final List<String> triggers;
    private boolean hasCmd;

    /** Creates a stage that begins with an image or with nothing. */
    StageBuild(
            DockerfileBuild build,
            Stage stage,
            Arguments arguments,
            FolderSource context,
            BaseContentsResolver images,
            Overrides overrides,
            Map<Integer, StageBuild> built) {
        this.build = build;
        this.stage = stage;
        this.arguments = arguments;
        this.context = context;
        this.images = images;
        this.overrides = overrides;
        this.built = built;
        this.base = build.image(stage)
                .map(image -> new BaseRequest(
                        image, build.platform(stage.from()), stage.from().place()));
        Optional<BaseContents> contents = base.map(images::resolve);
        this.baseFiles = contents.map(BaseContents::files).orElse(FolderSource.NOTHING);
        this.files = StageFiles.of(baseFiles);
        this.configuration = contents.map(found -> ContainerConfiguration.of(found.configuration()))
                .orElseGet(() -> ContainerConfiguration.scratch(build.settings().platform()));
        this.triggers = takeTriggers();
    }

    /** Creates a stage that begins with another one. */
    private StageBuild(StageBuild parent, Stage stage) {
        this.build = parent.build;
        this.stage = stage;
        this.arguments = parent.arguments.copied();
        this.context = parent.context;
        this.images = parent.images;
        this.overrides = parent.overrides;
        this.built = parent.built;
        this.base = parent.base;
        this.baseFiles = parent.baseFiles;
        this.files = parent.files.copied();
        this.configuration = parent.configuration.copied();
        this.copies.addAll(parent.copies);
        this.history.addAll(parent.history);
        this.triggers = takeTriggers();
    }

    StageBuild child(Stage next) {
        return new StageBuild(this, next);
    }

    private List<String> takeTriggers() {
        List<String> words = configuration.words("OnBuild");
        configuration.remove("OnBuild");
        return words;
    }

    void run() {
        Place from = stage.from().place();
        for (String trigger : triggers) {
            Instruction instruction = Dockerfile.instruction(from.withText("ONBUILD " + trigger), trigger);
            carryOut(instruction, '\\');
        }
        for (Instruction instruction : stage.instructions()) {
            carryOut(instruction, build.dockerfile().escape());
        }
    }

    private void carryOut(Instruction instruction, char escape) {
        Place place = instruction.place();
        Expansion expansion = new Expansion(place, escape, this::variable);
        try {
            if (instruction instanceof Instruction.Copy copy) {
                new CopyStep(this, copy, expansion).run();
            } else if (instruction instanceof Instruction.Run run) {
                RunStep.run(this, run);
            } else if (instruction instanceof Instruction.Workdir workdir) {
                enter(expansion.word(workdir.path()));
            } else if (instruction instanceof Instruction.Arg arg) {
                arguments.declare(arg.settings(), expansion);
            } else {
                configure(instruction, expansion);
            }
        } catch (FilesException e) {
            throw place.mistake(e.reason());
        }
        if (!(instruction instanceof Instruction.Copy
                || instruction instanceof Instruction.Run
                || instruction instanceof Instruction.Arg)) {
            history.add(place.text().strip());
        }
    }

    /** Returns the value of a variable: that of ENV, or else that of ARG. */
    @Nullable String variable(String name) {
        String value = configuration.variable(name);
        return value == null ? arguments.value(name) : value;
    }

    /** Returns the working folder, {@code /} by default. */
    String workdir() {
        return StageFiles.clean(configuration.text("WorkingDir"));
    }

    /** Sets the working folder. If it is missing, it is created for the user. */
    private void enter(String path) throws FilesException {
        String folder = StageFiles.clean(StageFiles.resolve(workdir(), path));
        String user = configuration.text("User");
        Accounts.Ids ids = user.isEmpty() ? new Accounts.Ids(0, 0) : new Accounts(files).owner(user);
        files.makeFolders(folder, ids.uid(), ids.gid());
        configuration.setText("WorkingDir", folder);
    }

    private void configure(Instruction instruction, Expansion expansion) {
        if (instruction instanceof Instruction.Env env) {
            Map<String, String> values = expanded(env.settings(), expansion);
            values.forEach(configuration::setVariable);
        } else if (instruction instanceof Instruction.Label label) {
            expanded(label.settings(), expansion).forEach(configuration::setLabel);
        } else if (instruction instanceof Instruction.User user) {
            configuration.setText("User", required(user.place(), expansion.word(user.user())));
        } else if (instruction instanceof Instruction.Expose expose) {
            for (String written : expose.ports()) {
                expansion.words(written).stream()
                        .flatMap(port -> Ports.of(expose.place(), port).stream())
                        .forEach(port -> configuration.addMember("ExposedPorts", port));
            }
        } else if (instruction instanceof Instruction.Volume volume) {
            volume.paths()
                    .forEach(
                            path -> configuration.addMember("Volumes", required(volume.place(), expansion.word(path))));
        } else if (instruction instanceof Instruction.StopSignal signal) {
            String name = expansion.word(signal.signal());
            Signals.require(signal.place(), name);
            configuration.setText("StopSignal", name);
        } else {
            configureCommands(instruction);
        }
    }

    private void configureCommands(Instruction instruction) {
        if (instruction instanceof Instruction.Cmd cmd) {
            hasCmd = true;
            configuration.setWords(
                    "Cmd", words(cmd.command().exec(), cmd.command().words()));
        } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
            configuration.setWords(
                    "Entrypoint",
                    words(entrypoint.command().exec(), entrypoint.command().words()));
            if (!hasCmd) {
                configuration.remove("Cmd");
            }
        } else if (instruction instanceof Instruction.Healthcheck check) {
            Map<String, Long> durations = new LinkedHashMap<>();
            check.durations().forEach(duration -> durations.put(duration.name(), duration.nanoseconds()));
            configuration.setHealthcheck(check.test(), durations, check.retries());
        } else if (instruction instanceof Instruction.Shell shell) {
            configuration.setWords("Shell", shell.words());
        } else if (instruction instanceof Instruction.OnBuild onBuild) {
            configuration.addWord("OnBuild", onBuild.trigger());
        } else if (instruction instanceof Instruction.Maintainer maintainer) {
            configuration.setAuthor(maintainer.name());
        } else {
            throw new IllegalStateException("no step for " + instruction);
        }
    }

    private List<String> words(boolean exec, List<String> words) {
        if (exec || words.isEmpty()) {
            return words;
        }
        List<String> all = new ArrayList<>(configuration.shell());
        all.addAll(words);
        return all;
    }

    /** Computes all values before it sets any of them. */
    private static Map<String, String> expanded(List<Instruction.Setting> settings, Expansion expansion) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Instruction.Setting setting : settings) {
            values.put(
                    expansion.word(setting.name()),
                    expansion.word(setting.value().orElse("")));
        }
        return values;
    }

    private static String required(Place place, String value) {
        if (value.isBlank()) {
            throw place.mistake(
                    "it is empty when its variables are replaced; give them a default, or set them with <buildArgs>");
        }
        return value;
    }

    /**
     * Returns the plan of the image that this stage makes.
     *
     * @throws OlympeException if the mode in the pom cannot be set
     */
    DockerfilePlan plan(List<String> notes) {
        build.settings().targetMode().ifPresent(this::setTargetMode);
        ObjectNode json = configuration.json();
        return new DockerfilePlan(base, json, history, Changes.of(files, baseFiles), copies, notes);
    }

    private void setTargetMode(int mode) {
        for (CopyRecord copy : copies) {
            try {
                Node target = copy.fromSource() ? files.find(copy.path(), true).node() : null;
                if (target != null && target.isFolder()) {
                    target.setMode(mode);
                }
            } catch (FilesException e) {
                throw stage.from().place().mistake(e.reason());
            }
        }
    }
}
