package io.github.olympe.maven.credential;

import java.util.List;
import java.util.Locale;

/** The user part of a git URL that has no password. Git hosts take a token there, and some have a name in the clone URLs that they show. */
public final class UrlUser {

    private UrlUser() {}

    /**
     * Returns whether the user is a name and no token: the URL shows it again, as Azure DevOps' clone URLs do
     * ({@code https://acme@dev.azure.com/acme/…}, {@code https://acme@acme.visualstudio.com/…}), or it is one of Bitbucket's
     * ({@code https://jane@bitbucket.org/acme/…}, {@code https://jane@bitbucket.example.com/scm/…}), which takes no token for the user.
     */
    public static boolean isName(String user, String host, String path) {
        String lowerHost = host.toLowerCase(Locale.ROOT);
        return List.of(path.split("/")).contains(user)
                || lowerHost.equals(user.toLowerCase(Locale.ROOT) + ".visualstudio.com")
                || lowerHost.startsWith("bitbucket.");
    }
}
