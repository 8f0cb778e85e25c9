package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** One branch of a repository on a git server, reached over HTTP or SSH. Its failures are told as a user can act on them. */
public final class GitServer implements AutoCloseable {

    private static final String FETCHED = "refs/snapshot/tip";

    private static final Pattern NOT_AUTHORIZED = Pattern.compile(
            "not authorized|not permitted|authentication (is|was) required|no credentials|\\b40[13]\\b|auth fail|cannot log in|permission denied"
                    + "|no more authentication methods|access denied|authentication not supported",
            Pattern.CASE_INSENSITIVE);

    /** What servers say when two pushes meet. */
    private static final Pattern OVERTAKEN = Pattern.compile(
            "lock|failed to update ref|incorrect old value|stale info|fetch first|non-fast-forward|but expected",
            Pattern.CASE_INSENSITIVE);

    private final GitRemote remote;
    private final String branch;
    private final GitSettings settings;
    private final SecretMask mask;
    private final Repository repository;
    private boolean leavesOutContents = true;
    private @Nullable SshdSessionFactory ssh;
    private @Nullable KnownHosts knownHosts;

    public GitServer(GitRemote remote, String branch, GitSettings settings, SecretMask mask, Repository repository) {
        this.remote = remote;
        this.branch = branch;
        this.settings = settings;
        this.mask = mask;
        this.repository = repository;
    }

    /** How a push ended. */
    public sealed interface PushAnswer {

        /** The branch has the commit. */
        record Pushed() implements PushAnswer {}

        /** Someone else pushed to the branch since it was fetched, or is doing so. */
        record Overtaken() implements PushAnswer {}

        /**
         * The server does not want it.
         *
         * @param reason why, in its own words
         */
        record Refused(String reason) implements PushAnswer {}
    }

    /**
     * Fetches the branch's tip: its commit and its trees, and file contents only from a server that cannot leave them out.
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
            throw missingBranch().orElseGet(() -> failure("be fetched from", e));
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
     * @param tip the branch's tip that the commit has for its parent
     * @throws OlympeException if the server cannot be reached, or lets nobody in
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
            if (tipIs(commit)) {
                // The connection broke after the server had taken the commit.
                return new PushAnswer.Pushed();
            }
            if (isNotAuthorized(e)) {
                return new PushAnswer.Refused(reason(e));
            }
            throw failure("be pushed to", e);
        }
    }

    /** The address, fit to be shown. */
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
            sshTransport.setSshSessionFactory(ssh());
        } else if (transport instanceof TransportHttp http) {
            HttpProxySettings.apply(http, settings.proxies());
        }
        return transport;
    }

    private SshdSessionFactory ssh() {
        if (ssh == null) {
            Path sshFolder = settings.home().resolve(".ssh");
            KnownHosts hosts = new KnownHosts(
                    settings.knownHosts(),
                    List.of(sshFolder.resolve("known_hosts"), sshFolder.resolve("known_hosts2")),
                    List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2")));
            SshdSessionFactoryBuilder builder = new SshdSessionFactoryBuilder()
                    .setHomeDirectory(settings.home().toFile())
                    .setSshDirectory(sshFolder.toFile())
                    .setServerKeyDatabase((home, folder) -> hosts)
                    .setConnectorFactory(new AgentConnectors(
                            Optional.ofNullable(settings.environment().get("SSH_AUTH_SOCK"))
                                    .filter(path -> !path.isBlank())
                                    .map(Path::of)))
                    .setKeyPasswordProvider(
                            provider -> new Passphrase(settings.credential().flatMap(Credential::passphrase)));
            settings.credential().flatMap(Credential::privateKey).ifPresent(key -> {
                if (!Files.isReadable(key)) {
                    throw new OlympeException(String.format(
                            "The private key '%s' of %s cannot be read; correct the <privateKey> of the server.",
                            key, settings.credential().map(Credential::source).orElse("")));
                }
                builder.setDefaultIdentities(folder -> List.of(key));
            });
            knownHosts = hosts;
            ssh = builder.build(null);
        }
        return ssh;
    }

    private OlympeException failure(String verb, IOException e) {
        Optional<KnownHosts.Refused> unknown = Optional.ofNullable(knownHosts).flatMap(KnownHosts::refused);
        if (unknown.isPresent()) {
            return new OlympeException(unknownHost(unknown.get()));
        }
        if (isNotAuthorized(e)) {
            return new OlympeException(String.format(
                    "The repository '%s' lets nobody in with %s (%s); %s.",
                    remote, credentialSource(), reason(e), remedy()));
        }
        return new OlympeException(
                String.format(
                        "The branch '%s' cannot %s the repository '%s' (%s); check the address, and that its host is reached from this machine.",
                        branch, verb, remote, reason(e)),
                e);
    }

    private String unknownHost(KnownHosts.Refused host) {
        String file = settings.knownHosts()
                .map(Path::toString)
                .orElse(settings.home().resolve(".ssh/known_hosts").toString());
        return host.changed()
                ? String.format(
                        "The host '%s' of the repository '%s' shows the key %s, which is not the one that it is known by; somebody may be listening,"
                                + " so ask the host's administrator, and then correct its line in '%s'.",
                        host.name(), remote, host.key(), file)
                : String.format(
                        "The host '%s' of the repository '%s' is unknown, and its key %s cannot be trusted without more; compare it with the key that"
                                + " the host's administrator gives you, and add it to '%s' (ssh-keyscan prints the line).",
                        host.name(), remote, host.key(), file);
    }

    private String credentialSource() {
        if (remote.isSsh()) {
            return settings.credential()
                    .filter(credential -> credential.privateKey().isPresent())
                    .map(credential -> "the key of " + credential.source())
                    .orElse("the keys of the SSH agent and of ~/.ssh");
        }
        GitCredentials credentials = GitCredentials.of(remote, settings.credential());
        return credentials.isEmpty() ? "no credentials" : "the credentials of " + credentials.source();
    }

    /** What to do where the server lets nobody in, or nobody push. */
    public String remedy() {
        return remote.isSsh()
                ? "add the public key to the server with the right to push, and name its private key by a server of settings.xml (parameter"
                        + " 'gitServerId', olympe.git.serverId), if it is neither in the SSH agent nor in ~/.ssh"
                : "give a token that may read and write the repository, by a server of settings.xml (parameter 'gitServerId', olympe.git.serverId)"
                        + " or the environment variable OLYMPE_GIT_TOKEN";
    }

    private boolean isNotAuthorized(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (NOT_AUTHORIZED.matcher(withoutAddress(t)).find()) {
                return true;
            }
        }
        return false;
    }

    /** The innermost reason, on one line, without the address, which the sentence has. */
    private String reason(IOException e) {
        Throwable last = e;
        while (last.getCause() != null
                && last.getCause() != last
                && last.getCause().getMessage() != null) {
            last = last.getCause();
        }
        return oneLine(withoutAddress(last));
    }

    private String withoutAddress(Throwable e) {
        return String.valueOf(e.getMessage()).replace(remote + ": ", "").replace(remote.toString(), "");
    }

    private String said(String why, String messages) {
        String remoteLines = messages.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return oneLine(why + (remoteLines.isEmpty() ? "" : ": " + remoteLines));
    }

    private String oneLine(String text) {
        String line = mask.mask(text).replaceAll("\\p{Cntrl}+", " ").strip().replaceAll("[.:;\\s]+$", "");
        return line.length() > 400 ? line.substring(0, 400) + "…" : line;
    }

    @Override
    public void close() {
        if (ssh != null) {
            ssh.close();
        }
    }

    /** Opens private keys with the one passphrase that there is. */
    private record Passphrase(Optional<Secret> secret) implements KeyPasswordProvider {

        @Override
        @SuppressWarnings("NullAway") // JGit's contract: null where there is no passphrase
        public char[] getPassphrase(URIish uri, int attempt) {
            return attempt == 0 ? secret.map(s -> s.reveal().toCharArray()).orElse(null) : null;
        }

        @Override
        public void setAttempts(int maxNumberOfAttempts) {
            // There is one passphrase, so there is one attempt.
        }

        @Override
        public boolean keyLoaded(URIish uri, int attempt, @Nullable Exception error)
                throws IOException, GeneralSecurityException {
            return false;
        }
    }
}
