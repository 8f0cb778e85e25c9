package io.github.olympe.maven.vet.rule;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tokens that are recognised by the form that their issuers document: a known prefix and a known number of characters of a known set. Keys
 * that are made for browsers (Google's {@code AIza…}, Stripe's {@code pk_live_…}, Mapbox's {@code pk.…}, Sentry's DSN) are no secrets and
 * not here.
 */
final class TokenForms {

    /**
     * A token stands alone: no letter, digit, dash or underscore before or after it, unless that ends an escape, such as the line break of a
     * JSON string or {@code %3D} of a URL.
     */
    private static final String START =
            "(?:(?<![0-9A-Za-z_-])|(?<=\\\\[nrtbfv0])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=\\\\x[0-9A-Fa-f]{2}))";

    private static final String END = "(?![0-9A-Za-z_-])";

    /** The key that Azure documents for its emulator, and has in the libraries for its storage. */
    private static final String EMULATOR_KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /** The table: a new kind of token is a row here, and a case of the test's corpus. */
    private static final List<Form> FORMS = List.of(
            form("anthropic-key", "key of Anthropic", "[0-9A-Za-z_-]{80,}", "sk-ant-api03-", "sk-ant-admin01-"),
            form("atlassian-token", "token of Atlassian", "[0-9A-Za-z_=-]{150,}", "ATATT3xFfGF0"),
            form(
                    "aws-key",
                    "secret key of AWS",
                    TextRule.QUOTE + "?]?\\s*[:=]\\s*" + TextRule.QUOTE + "?[0-9A-Za-z+/]{40}(?![+/])",
                    "aws_secret_access_key",
                    "AWS_SECRET_ACCESS_KEY",
                    "secretAccessKey",
                    "SecretAccessKey"),
            form(
                    "bitbucket-token",
                    "token of Bitbucket",
                    "[0-9A-Za-z]{32}|[0-9A-Za-z_=-]{150,}",
                    "ATBB",
                    "ATCTT3xFfGF0"),
            form("azure-devops-token", "token of Azure DevOps", "[0-9A-Za-z]{4}", "AZDO"),
            form("azure-storage-key", "key of an Azure storage account", "[0-9A-Za-z+/]{86}==", "AccountKey="),
            form("databricks-token", "token of Databricks", "[0-9a-f]{32}(?:-[0-9])?", "dapi"),
            form("digitalocean-token", "token of DigitalOcean", "[0-9a-f]{64}", "dop_v1_", "doo_v1_", "dor_v1_"),
            form("docker-token", "token of Docker Hub", "[0-9A-Za-z_-]{27,}", "dckr_pat_", "dckr_oat_"),
            form("figma-token", "token of Figma", "[0-9A-Za-z_-]{40,}", "figd_"),
            form(
                    "github-token",
                    "token of GitHub",
                    "(?:[0-9A-Za-z]{36}|[0-9A-Za-z]{22}_[0-9A-Za-z]{59})",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_"),
            form(
                    "gitlab-token",
                    "token of GitLab",
                    "[0-9A-Za-z_-]{20,}",
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "glcbt-",
                    "glptt-",
                    "glft-",
                    "glsoat-",
                    "glimt-",
                    "gloas-",
                    "glagent-"),
            form("google-secret", "client secret of Google", "[0-9A-Za-z_-]{28}", "GOCSPX-"),
            form("grafana-token", "token of Grafana", "[0-9A-Za-z]{32}_[0-9a-f]{8}", "glsa_"),
            form("huggingface-token", "token of Hugging Face", "[A-Za-z]{34}", "hf_"),
            form("linear-key", "key of Linear", "[0-9A-Za-z]{40}", "lin_api_"),
            form("mapbox-token", "secret token of Mapbox", "[0-9A-Za-z_-]{40,}\\.[0-9A-Za-z_-]{20,}", "sk.eyJ"),
            form("new-relic-key", "user key of New Relic", "[0-9A-Z]{27}", "NRAK-"),
            form("notion-token", "token of Notion", "[0-9A-Za-z]{46}", "ntn_"),
            form("npm-token", "token of npm", "[0-9A-Za-z]{36}", "npm_"),
            form(
                    "openai-key",
                    "key of OpenAI",
                    "[0-9A-Za-z_-]{20,}T3BlbkFJ[0-9A-Za-z_-]{20,}",
                    "sk-proj-",
                    "sk-svcacct-",
                    "sk-admin-"),
            form("postman-key", "key of Postman", "[0-9a-f]{24}-[0-9a-f]{34}", "PMAK-"),
            form("pulumi-token", "token of Pulumi", "[0-9a-f]{40}", "pul-"),
            form("pypi-token", "token of PyPI", "[0-9A-Za-z_-]{50,}", "pypi-AgEIcHlwaS5vcmc"),
            form("rubygems-key", "key of RubyGems", "[0-9a-f]{48}", "rubygems_"),
            form("sendgrid-key", "key of SendGrid", "[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}", "SG."),
            form("sentry-token", "token of Sentry", "[0-9a-f]{64}|eyJ[0-9A-Za-z+/=_-]{60,}", "sntryu_", "sntrys_"),
            form("shopify-token", "token of Shopify", "[0-9a-fA-F]{32}", "shpat_", "shpca_", "shppa_", "shpss_"),
            form(
                    "slack-token",
                    "token of Slack",
                    "(?:[0-9]{9,}|1-A[0-9A-Z]{8,})-[0-9A-Za-z-]{10,}",
                    "xapp-",
                    "xoxb-",
                    "xoxp-",
                    "xoxa-",
                    "xoxr-",
                    "xoxs-"),
            form(
                    "slack-webhook",
                    "webhook of Slack",
                    "T[0-9A-Z]{8,}/B[0-9A-Z]{8,}/[0-9A-Za-z]{24}",
                    "hooks.slack.com/services/"),
            form("stripe-key", "secret key of Stripe", "[0-9A-Za-z]{24,}", "sk_live_", "rk_live_"),
            form("vault-token", "token of HashiCorp Vault", "[0-9A-Za-z_-]{90,}", "hvs.", "hvb."));

    /** All of them, for the table of rules. */
    static final List<Rule> RULES = FORMS.stream().map(Form::rule).toList();

    /** What the scanner looks for. */
    static final List<TextRule> TEXTS = FORMS.stream().flatMap(Form::texts).toList();

    private TokenForms() {}

    private static Form form(String id, String what, String value, String... prefixes) {
        return new Form(id, what, value, List.of(prefixes));
    }

    /**
     * A kind of token.
     *
     * @param id the rule's
     * @param what what it is and whose
     * @param value what follows the prefix
     * @param prefixes what it begins with
     */
    private record Form(String id, String what, String value, List<String> prefixes) {

        Rule rule() {
            String shown = String.join(
                    ", ", prefixes.stream().map(prefix -> "`" + prefix + "…`").toList());
            return Rule.error(
                    id,
                    "a " + what + ": " + shown,
                    "which has a " + what,
                    "revoke it, and take it out of the file or leave the file out (" + Rule.EXCLUDE + ")");
        }

        Stream<TextRule> texts() {
            Rule rule = rule();
            return prefixes.stream()
                    .map(prefix -> TextRule.of(
                                    rule, prefix, before(prefix) + Pattern.quote(prefix) + "(" + value + ")" + END)
                            .meaning(match -> !Placeholders.isOne(match.group(1))
                                    && !match.group(1).equals(EMULATOR_KEY)));
        }

        /** Azure DevOps has its mark near the end of a token. */
        private static String before(String prefix) {
            return prefix.equals("AZDO") ? "(?<=" + START + "[0-9A-Za-z]{76})" : START;
        }
    }
}
