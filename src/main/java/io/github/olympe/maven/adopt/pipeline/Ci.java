package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.text.InvalidParameter;
import java.util.Locale;

/** A CI system. */
public enum Ci {
    GITLAB("GitLab CI", ".gitlab-ci.yml", ".gitlab-ci.olympe.yml"),
    AZURE("Azure DevOps", "azure-pipelines.yml", "azure-pipelines.olympe.yml"),
    GITHUB("GitHub Actions", ".github/workflows/deploy.yml", ".github/deploy.olympe.yml"),
    JENKINS("Jenkins", "Jenkinsfile", "Jenkinsfile.olympe");

    private final String title;
    private final String file;
    private final String beside;

    Ci(String title, String file, String beside) {
        this.title = title;
        this.file = file;
        this.beside = beside;
    }

    /**
     * Returns the one that the parameter {@code ci} names.
     *
     * @throws io.github.olympe.maven.OlympeException if it is none of them
     */
    public static Ci of(String name) {
        for (Ci ci : values()) {
            if (ci.name().equals(name.toUpperCase(Locale.ROOT))) {
                return ci;
            }
        }
        throw InvalidParameter.of("ci (olympe.adopt.ci)", name, "Use one of gitlab, azure, github, jenkins.");
    }

    /** Returns the system's own name. */
    public String title() {
        return title;
    }

    /** Returns the file of its pipeline. */
    public String file() {
        return file;
    }

    /** Returns the file to write if the first already exists. The CI system does not run it. */
    public String beside() {
        return beside;
    }
}
