package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.files.Accounts;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.run.NotComputable;
import io.github.olympe.maven.image.dockerfile.run.Script;
import io.github.olympe.maven.image.dockerfile.run.Session;
import io.github.olympe.maven.image.dockerfile.run.User;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries out a RUN. */
final class RunStep {

    /** Shells that split scripts in the same way, with options that make no difference if all commands succeed. */
    private static final Pattern SHELL =
            Pattern.compile("(?:\\S*/)?(?:sh|ash|bash|dash)(?: -[ex]+)*(?: -o pipefail)? -[ex]*c");

    private static final String ROOT = "0";

    private RunStep() {}

    static void run(StageBuild stage, Run run) throws FilesException {
        Script script = StaticCheck.script(run);
        requireShell(run, stage.configuration.shell());
        Accounts accounts = new Accounts(stage.files);
        String written = stage.configuration.text("User");
        User user = user(accounts, written.isEmpty() ? ROOT : written);
        Function<String, @Nullable String> variables = name -> {
            String value = stage.variable(name);
            return value == null && name.equals("HOME") ? home(accounts, user) : value;
        };
        try {
            script.run(new Session(stage.files, stage.workdir(), user, variables));
        } catch (NotComputable e) {
            throw run.place().unsupported(e.reason(), e.advice());
        }
    }

    static void requireShell(Run run, List<String> shell) {
        if (!run.command().exec() && !SHELL.matcher(String.join(" ", shell)).matches()) {
            throw run.place().unsupported("its shell is '" + String.join(" ", shell) + "'");
        }
    }

    /** Returns the user of a container with this setting. */
    private static User user(Accounts accounts, String written) throws FilesException {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : colon == 0 ? ROOT : written.substring(0, colon);
        String group = colon < 0 ? "" : written.substring(colon + 1);
        long uid = accounts.uid(name);
        if (!group.isEmpty()) {
            long gid = accounts.group(group);
            return new User(uid, gid, Set.of(gid));
        }
        Optional<Accounts.User> known = uid == 0 && name.equals(ROOT) ? Optional.empty() : accounts.user(uid);
        long gid = known.map(Accounts.User::gid).orElse(0L);
        Set<Long> groups = new HashSet<>(Set.of(gid));
        if (known.isPresent()) {
            groups.addAll(accounts.groups(known.get().name()));
        }
        return new User(uid, gid, groups);
    }

    private static String home(Accounts accounts, User user) {
        try {
            return accounts.user(user.uid())
                    .map(Accounts.User::home)
                    .filter(home -> !home.isEmpty())
                    .orElse("/");
        } catch (FilesException e) {
            return "/";
        }
    }
}
