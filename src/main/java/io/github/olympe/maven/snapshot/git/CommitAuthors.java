package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.ci.GitDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The author and the committer of a snapshot's commit: from the parameters, else from git's variables and configuration, else
 * {@link CommitIdentity#BOT}.
 *
 * @param author who made the snapshot
 * @param committer who made the commit
 */
public record CommitAuthors(CommitIdentity author, CommitIdentity committer) {

    /**
     * Returns the author and committer for a project.
     *
     * @throws IOException if git's configuration cannot be read
     */
    public static CommitAuthors of(GitSettings settings, Path project) throws IOException {
        FileRepositoryBuilder builder = GitDirectory.find(project).setMustExist(false);
        if (builder.getGitDir() == null) {
            return of(settings, userConfig(settings.home()));
        }
        try (Repository repository = builder.build()) {
            return of(settings, repository.getConfig());
        }
    }

    /** Reads the user's configuration in {@code $HOME}, where git itself looks for it. */
    private static Config userConfig(Path home) throws IOException {
        FS fileSystem = FS.DETECTED.newInstance();
        fileSystem.setUserHome(home.toFile());
        SystemReader reader = SystemReader.getInstance();
        try {
            FileBasedConfig config = reader.openUserConfig(reader.getSystemConfig(), fileSystem);
            config.load();
            return config;
        } catch (ConfigInvalidException e) {
            throw new IOException("git's configuration cannot be read: " + e.getMessage(), e);
        }
    }

    private static CommitAuthors of(GitSettings settings, Config config) {
        CommitIdentity fallback = new CommitIdentity(
                text(config.getString("user", null, "name")).orElse(CommitIdentity.BOT.name()),
                text(config.getString("user", null, "email")).orElse(CommitIdentity.BOT.email()));
        return new CommitAuthors(
                settings.author().orElseGet(() -> configured(settings, config, "author", fallback)),
                settings.committer().orElseGet(() -> configured(settings, config, "committer", fallback)));
    }

    /** Returns the identity in git's own order: the variable, {@code author.name} or {@code committer.name}, {@code user.name}. */
    private static CommitIdentity configured(
            GitSettings settings, Config config, String role, CommitIdentity fallback) {
        String variable = "GIT_" + role.toUpperCase(Locale.ROOT) + "_";
        return new CommitIdentity(
                text(settings.environment().get(variable + "NAME"))
                        .or(() -> text(config.getString(role, null, "name")))
                        .orElse(fallback.name()),
                text(settings.environment().get(variable + "EMAIL"))
                        .or(() -> text(config.getString(role, null, "email")))
                        .orElse(fallback.email()));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
