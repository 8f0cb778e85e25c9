package io.github.olympe.maven.credential;

import java.util.List;
import java.util.Locale;

/** The user part of a git URL without a password. Git hosts accept a token there, and some show clone URLs with a name there. */
public final class UrlUser {

    private UrlUser() {}

    /**
     * Returns whether the user is a name and not a token. Azure DevOps repeats the name elsewhere in its clone URLs
     * ({@code https://acme@dev.azure.com/acme/…}, {@code https://acme@acme.visualstudio.com/…}). Bitbucket
     * ({@code https://jane@bitbucket.org/acme/…}, {@code https://jane@bitbucket.example.com/scm/…}) accepts no token as the user.
     */
    public static boolean isName(String user, String host, String path) {
        String lowerHost = host.toLowerCase(Locale.ROOT);
        return List.of(path.split("/")).contains(user)
                || lowerHost.equals(user.toLowerCase(Locale.ROOT) + ".visualstudio.com")
                || lowerHost.startsWith("bitbucket.");
    }
}
