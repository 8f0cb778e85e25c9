package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a repository on a git server, reached over HTTP or SSH. Its failures are sentences that tell a user what to do
 * ({@link GitFailures}).
 */
public final class GitServer implements AutoCloseable {

    private static final String FETCHED = "refs/snapshot/tip";

    /** The messages of servers when two pushes collide. */
    private static final Pattern OVERTAKEN = Pattern.compile(
            "lock|failed to update ref|incorrect old value|stale info|fetch first|non-fast-forward|but expected",
            Pattern.CASE_INSENSITIVE);

    private final GitRemote remote;
    private final String branch;
    private final GitSettings settings;
    private final SecretMask mask;
    private final Repository repository;
    private boolean leavesOutContents = true;
    private final GitHttp http;
    private @Nullable SshSessions ssh;

    public GitServer(GitRemote remote, String branch, GitSettings settings, SecretMask mask, Repository repository) {
        this.remote = remote;
        this.branch = branch;
        this.settings = settings;
        this.mask = mask;
        this.repository = repository;
        this.http = new GitHttp(settings.proxies(), settings.timeout(), repository.getDirectory());
    }

    /** How a push ended. */
    public sealed interface PushAnswer {

        /** The branch has the commit. */
        record Pushed() implements PushAnswer {}

        /** Someone else pushed to the branch since it was fetched, or is pushing now. */
        record Overtaken() implements PushAnswer {}

        /**
         * The server refuses the commit.
         *
         * @param reason why, in its own words
         */
        record Refused(String reason) implements PushAnswer {}
    }

    /**
     * Fetches the branch's tip: its commit and trees. File contents come along only if the server cannot leave them out.
     *
     * @return the tip's commit
     * @throws OlympeException if the server cannot be reached or refuses, or it does not have the branch
     */
    public ObjectId fetch() {
        try {
            try {
                return fetch(leavesOutContents);
            } catch (TransportException e) {
                if (!leavesOutContents || !requiresFilter(e)) {
                    throw e;
                }
                leavesOutContents = false;
                return fetch(false);
            }
        } catch (IOException e) {
            // After a failed authentication, asking for the branches would send the same credentials again.
            throw failures()
                    .refusal(e)
                    .or(this::missingBranch)
                    .orElseGet(() -> failures().unreachable("be fetched from", e));
        }
    }

    private ObjectId fetch(boolean withoutContents) throws IOException {
        try (Transport transport = open()) {
            transport.setDepth(1);
            if (withoutContents) {
                transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
            }
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.fetch(
                    NullProgressMonitor.INSTANCE,
                    List.of(new RefSpec("+" + Constants.R_HEADS + branch + ":" + FETCHED)));
            return repository.exactRef(FETCHED).getObjectId();
        }
    }

    /**
     * Fetches contents of files. If the server does not send single files, it fetches the whole tip of the branch.
     *
     * @param contents the ids of the contents
     * @throws OlympeException if the server cannot be reached or refuses
     */
    public void fetchContents(Collection<ObjectId> contents) {
        List<RefSpec> wanted =
                contents.stream().map(id -> new RefSpec(id.name())).toList();
        try {
            try (Transport transport = open()) {
                transport.setTagOpt(TagOpt.NO_TAGS);
                transport.fetch(NullProgressMonitor.INSTANCE, wanted);
            } catch (TransportException e) {
                fetch(false);
            }
        } catch (IOException e) {
            throw failures().refusal(e).orElseGet(() -> failures().unreachable("be fetched from", e));
        }
    }

    private static boolean requiresFilter(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains(JGitText.get().filterRequiresCapability)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Pushes a commit to the branch, never by force.
     *
     * @param tip the branch's tip, which is the commit's parent
     * @throws OlympeException if the server cannot be reached, or a proxy on the way does not let the request through
     */
    public PushAnswer push(ObjectId commit, ObjectId tip) {
        try (Transport transport = open()) {
            transport.setPushThin(false);
            RemoteRefUpdate update =
                    new RemoteRefUpdate(repository, null, commit, Constants.R_HEADS + branch, false, null, tip);
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> new PushAnswer.Pushed();
                case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> new PushAnswer.Overtaken();
                default -> rejected(String.valueOf(update.getMessage()), result.getMessages(), tip);
            };
        } catch (IOException e) {
            GitFailures failures = failures();
            if (failures.isNotAuthorized(e)) {
                return new PushAnswer.Refused(failures.reason(e));
            }
            Optional<OlympeException> refusal = failures.refusal(e);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            if (tipIs(commit)) {
                // The connection broke after the server had accepted the commit.
                return new PushAnswer.Pushed();
            }
            throw failures.unreachable("be pushed to", e);
        }
    }

    /** Returns what to do if the credentials are not enough. */
    public String remedy() {
        return failures().remedy();
    }

    /** Returns the address without a secret. */
    @Override
    public String toString() {
        return remote.toString();
    }

    private PushAnswer rejected(String why, String messages, ObjectId tip) {
        boolean byRule = why.contains("hook declined");
        return !byRule && (OVERTAKEN.matcher(why).find() || tipMoved(tip))
                ? new PushAnswer.Overtaken()
                : new PushAnswer.Refused(said(why, messages));
    }

    private boolean tipMoved(ObjectId tip) {
        return tip().map(now -> !now.equals(tip)).orElse(false);
    }

    private boolean tipIs(ObjectId commit) {
        return tip().map(commit::equals).orElse(false);
    }

    private Optional<ObjectId> tip() {
        try (Transport transport = open();
                FetchConnection connection = transport.openFetch()) {
            return Optional.ofNullable(connection.getRef(Constants.R_HEADS + branch))
                    .map(Ref::getObjectId);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<OlympeException> missingBranch() {
        try (Transport transport = open();
                FetchConnection connection = transport.openFetch()) {
            if (connection.getRef(Constants.R_HEADS + branch) != null) {
                return Optional.empty();
            }
            List<String> branches = connection.getRefs().stream()
                    .map(Ref::getName)
                    .filter(name -> name.startsWith(Constants.R_HEADS))
                    .map(name -> name.substring(Constants.R_HEADS.length()))
                    .limit(10)
                    .toList();
            return Optional.of(new OlympeException(
                    branches.isEmpty()
                            ? String.format(
                                    "The repository '%s' is empty, so it has no branch '%s'; push a first commit to that branch.",
                                    remote, branch)
                            : String.format(
                                    "The repository '%s' has no branch '%s'; create it, or set the key 'git.branch' to one that it has (%s).",
                                    remote, branch, String.join(", ", branches))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private GitFailures failures() {
        return new GitFailures(
                remote, branch, settings, mask, Optional.ofNullable(ssh).flatMap(SshSessions::refusedHost));
    }

    private Transport open() throws IOException {
        URIish uri = remote.uri();
        if (remote.isSsh() && uri.getUser() == null) {
            uri = settings.credential()
                    .flatMap(Credential::username)
                    .map(remote.uri()::setUser)
                    .orElse(uri);
        }
        Transport transport = Transport.open(repository, uri);
        transport.setTimeout(Math.toIntExact(settings.timeout().toSeconds()));
        GitCredentials credentials = GitCredentials.of(remote, settings.credential());
        credentials.hideIn(mask);
        transport.setCredentialsProvider(credentials);
        if (transport instanceof SshTransport sshTransport) {
            if (ssh == null) {
                ssh = SshSessions.of(settings);
            }
            sshTransport.setSshSessionFactory(ssh.factory());
        } else if (transport instanceof TransportHttp httpTransport) {
            httpTransport.setHttpConnectionFactory(http);
        }
        return transport;
    }

    private String said(String why, String messages) {
        String remoteLines = messages.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return failures().oneLine(why + (remoteLines.isEmpty() ? "" : ": " + remoteLines));
    }

    @Override
    public void close() throws IOException {
        if (ssh != null) {
            ssh.close();
        }
        http.close();
    }
}
